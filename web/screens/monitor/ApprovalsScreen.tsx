import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApprovalRow } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useNames, useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Person } from '../../parts/Person.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { AGREE } from './agree-texts.ts';
import { AgreeTabs } from './AgreeTabs.tsx';
import './agree.css';

const readApprovals = reading<ApprovalRow[]>('monitor', '/api/v1/monitor/approvals');

/** Versions that wait for a second person, each with what it changes and what it still lacks. */
export function ApprovalsScreen() {
  const approvals = useQuery(readApprovals);
  return (
    <>
      <PageHead
        question={AGREE.approvals}
        under={approvals.data ? AGREE.approvalsUnder(approvals.data.length) : null}
        tools={<AgreeTabs here="approvals" />}
      />
      <Answered query={approvals} rows={6}>
        {(rows) =>
          rows.length === 0 ? (
            <Panel>
              <Empty title={AGREE.approvalsNone} because={AGREE.approvalsNoneBecause} />
            </Panel>
          ) : (
            <div className="agree-list">
              {rows.map((row) => (
                <Approval key={`${row.monitorId}/${row.version}`} row={row} />
              ))}
            </div>
          )
        }
      </Answered>
    </>
  );
}

function Approval({ row }: { row: ApprovalRow }) {
  const name = useNames();
  const { dateTime } = useWriter();
  return (
    <Panel
      title={<a href={`/monitor/${row.monitorId}`}>{row.name}</a>}
      aside={`${shortId(row.monitorId)}, ${AGREE.version(row.version)}`}
    >
      <div className="agree-approval">
        <dl className="agree-facts">
          {row.conditionBefore ? (
            <div>
              <dt>{AGREE.was}</dt>
              <dd className="mute">{row.conditionBefore}</dd>
            </div>
          ) : null}
          <div>
            <dt>{AGREE.becomes}</dt>
            <dd>
              <b>{row.condition}</b>
            </dd>
          </div>
          <div>
            <dt>{AGREE.because}</dt>
            <dd>{row.reason}</dd>
          </div>
          <div>
            <dt>{AGREE.history}</dt>
            <dd>
              <Compared row={row} />
            </dd>
          </div>
        </dl>
        <div className="agree-side">
          {row.proposedBy ? <Person name={name(row.proposedBy)} note={AGREE.asked} /> : null}
          {row.emergencyUntilMs !== null ? (
            <p className="agree-warn small">{AGREE.emergency(dateTime(row.emergencyUntilMs))}</p>
          ) : null}
          {row.consentWaits ? <p className="agree-warn small">{AGREE.consentAsked}</p> : null}
          {row.effectiveMs !== null ? (
            <p className="small">{AGREE.effective(dateTime(row.effectiveMs))}</p>
          ) : null}
          <Lacks row={row} />
        </div>
      </div>
      {row.comments.length > 0 ? (
        <ul className="agree-comments">
          {row.comments.map((one) => (
            <li key={`${one.by}${one.atMs}`}>
              <Person name={name(one.by)} note={dateTime(one.atMs)} /> <span>{one.textRef}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <ApprovalSteps row={row} />
    </Panel>
  );
}

function Compared({ row }: { row: ApprovalRow }) {
  const { shortDay } = useWriter();
  const { comparison } = row;
  if (!comparison) return <span className="mute">{AGREE.noHistory}</span>;
  const { before, after, fromMs, toMs } = comparison;
  return (
    <>
      <b>{AGREE.alerts(before.alerts, after.alerts)}</b>,{' '}
      {after.events === null
        ? AGREE.noEvents
        : AGREE.caught(before.caught ?? 0, after.caught ?? 0, after.events)}
      <span className="small mute">
        {' '}
        ({shortDay(fromMs)} to {shortDay(toMs)})
      </span>
    </>
  );
}

function Lacks({ row }: { row: ApprovalRow }) {
  if (row.missing.length === 0 || row.missing.every((one) => one.code === 'E-GATE-216'))
    return <p className="small quiet">{AGREE.nothingLacks}</p>;
  return (
    <>
      <h3 className="small quiet">{AGREE.lacks}</h3>
      <ul className="agree-lacks small">
        {row.missing.map((one) => (
          <li key={one.code}>
            <b>{one.title}</b> <span className="mute">{one.who}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function ApprovalSteps({ row }: { row: ApprovalRow }) {
  const { mayRun } = useRights();
  const { run, busy, refusal } = useCommand();
  const [text, setText] = useState('');
  const path = (word: string) => `/api/v1/monitor/${encodeURIComponent(row.monitorId)}/${word}`;
  const version = { version: row.version };
  const judged = row.from === null || row.comparison !== null;
  return (
    <div className="agree-steps">
      {!judged && mayRun('monitor.compare-versions') ? (
        <Button disabled={busy} aria-busy={busy} onClick={() => void run(path('compare'), version)}>
          {AGREE.compare}
        </Button>
      ) : null}
      {row.may.approve && mayRun('monitor.approve-change') ? (
        <Button
          variant={judged ? 'filled' : 'default'}
          disabled={busy}
          aria-busy={busy}
          onClick={() => void run(path('approve-change'), version)}
        >
          {AGREE.approve}
        </Button>
      ) : null}
      {row.may.consent && mayRun('monitor.consent') ? (
        <Button variant="default" disabled={busy} onClick={() => void run(path('consent'), version)}>
          {AGREE.consent}
        </Button>
      ) : null}
      {row.may.review ? (
        <Button variant="default" component="a" href={`/monitor/${row.monitorId}/review`}>
          {AGREE.toReview}
        </Button>
      ) : null}
      {mayRun('monitor.comment') ? (
        <form
          className="agree-comment"
          onSubmit={(event) => {
            event.preventDefault();
            void run(path('comment'), { ...version, text }).then((sent) => sent && setText(''));
          }}
        >
          <TextInput
            label={AGREE.comment}
            placeholder={AGREE.commentHelp}
            value={text}
            required
            withAsterisk={false}
            maxLength={500}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={busy}>
            {AGREE.send}
          </Button>
        </form>
      ) : null}
      {refusal ? <Failure {...refusal} /> : null}
    </div>
  );
}
