import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MonitorView, VersionView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { useNames, useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Person } from '../../parts/Person.tsx';
import { Failure } from '../../parts/states.tsx';
import { AGREE } from './agree-texts.ts';
import { TEXTS } from './texts.ts';
import './agree.css';

/** What a standing rule asks of the owner; absent while nothing is asked. */
export function AdvicePanel({ view }: { view: MonitorView }) {
  const { dateTime, longDay } = useWriter();
  if (view.advice.length === 0 && view.asleepSinceMs === null && view.emergencyUntilMs === null) return null;
  const others = view.emergencyUntilMs === null ? AGREE.longStop : AGREE.forATime;
  return (
    <Panel title={view.advice.length > 0 ? AGREE.advice : others}>
      {view.asleepSinceMs !== null ? <p>{AGREE.asleep(longDay(view.asleepSinceMs))}</p> : null}
      {view.emergencyUntilMs !== null ? (
        <p className="agree-warn">{AGREE.emergency(dateTime(view.emergencyUntilMs))}</p>
      ) : null}
      {view.advice.map((one) => (
        <Advice key={one.what} view={view} advice={one} />
      ))}
    </Panel>
  );
}

function Advice({ view, advice }: { view: MonitorView; advice: MonitorView['advice'][number] }) {
  const { me, mayRun } = useRights();
  const { longDay } = useWriter();
  const { run, busy, refusal } = useCommand();
  const [reason, setReason] = useState('');
  const asked = mayRun('monitor.answer-advice') && me?.personId === view.owner;
  const answer = (word: 'follow' | 'keep') =>
    void run(`/api/v1/monitor/${encodeURIComponent(view.monitorId)}/answer-advice`, {
      what: advice.what,
      answer: word,
      reason,
    });
  return (
    <div className="agree-advice">
      <p>
        <b>{advice.what === 'tune' ? 'Move the limit?' : `${advice.what}?`}</b> {advice.because}
      </p>
      <p className="small mute">{AGREE.adviceDue(longDay(advice.dueMs), advice.unanswered)}</p>
      {asked ? (
        <>
          <TextInput
            label={TEXTS.reason}
            value={reason}
            maxLength={300}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <span className="line-up">
            <Button
              variant="default"
              disabled={busy || reason.trim() === ''}
              onClick={() => answer('follow')}
            >
              {AGREE.follow}
            </Button>
            <Button variant="default" disabled={busy || reason.trim() === ''} onClick={() => answer('keep')}>
              {AGREE.keep}
            </Button>
          </span>
        </>
      ) : null}
      {refusal ? <Failure {...refusal} /> : null}
    </div>
  );
}

/** Every version with what it changed against the one it replaced. */
export function VersionsPanel({ view }: { view: MonitorView }) {
  const path = `/api/v1/monitor/${encodeURIComponent(view.monitorId)}/versions`;
  const versions = useQuery(reading<VersionView[]>('monitor', path, view.monitorId, 'versions'));
  return (
    <Panel title={AGREE.versions}>
      <Answered query={versions} rows={3}>
        {(all) => (
          <ol className="versions">
            {all.map((one) => (
              <Version key={one.version} version={one} />
            ))}
          </ol>
        )}
      </Answered>
    </Panel>
  );
}

function Version({ version }: { version: VersionView }) {
  const name = useNames();
  const { longDay } = useWriter();
  const state = version.inEffect ? AGREE.inEffect : version.inWork ? AGREE.waits : null;
  return (
    <li>
      <p className="versions-head">
        <b>{AGREE.version(version.version)}</b>
        {state ? <span className="versions-state small">{state}</span> : null}
        <span className="small mute">{longDay(version.draftedAtMs)}</span>
        <Person name={name(version.by)} />
      </p>
      <p className="small quiet">{version.reason}</p>
      {version.differences.length > 0 ? (
        <table className="versions-table small">
          <thead className="unseen">
            <tr>
              <th>{AGREE.field}</th>
              <th>{AGREE.was}</th>
              <th>{AGREE.becomes}</th>
            </tr>
          </thead>
          <tbody>
            {version.differences.map((one) => (
              <tr key={one.field}>
                <th scope="row">{one.field}</th>
                <td>
                  <del>{named(one.before, name)}</del>
                </td>
                <td>
                  <ins>{named(one.after, name)}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="small mute">{version.against === null ? AGREE.first : AGREE.nothingDiffers}</p>
      )}
    </li>
  );
}

function named(text: string, name: (personId: string) => string): string {
  return text.startsWith('person:') ? name(text.slice('person:'.length)) : text;
}
