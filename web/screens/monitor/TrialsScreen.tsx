import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TrialAlert, TrialRow } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { number } from '../../format/number.ts';
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

const readTrials = reading<TrialRow[]>('monitor', '/api/v1/monitor/trials');

/** One list a week: what a trial would have asked for, and whether somebody would have gone. */
export function TrialsScreen() {
  const trials = useQuery(readTrials);
  return (
    <>
      <PageHead
        question={AGREE.trialsQuestion}
        under={trials.data ? AGREE.trialsUnder(trials.data.length) : null}
        tools={<AgreeTabs here="trials" />}
      />
      <Answered query={trials} rows={6}>
        {(rows) =>
          rows.length === 0 ? (
            <Panel>
              <Empty title={AGREE.trialsNone} because={AGREE.trialsNoneBecause} />
            </Panel>
          ) : (
            <div className="agree-list">
              {rows.map((row) => (
                <Trial key={row.monitorId} row={row} />
              ))}
            </div>
          )
        }
      </Answered>
    </>
  );
}

function Trial({ row }: { row: TrialRow }) {
  const name = useNames();
  const { shortDay } = useWriter();
  const open = row.alerts - row.wouldGo - row.wouldNot;
  return (
    <Panel
      title={<a href={`/monitor/${row.monitorId}`}>{row.name}</a>}
      aside={`${row.assetName}, ${AGREE.trialEnds(shortDay(row.endsAtMs))}`}
    >
      <div className="trials-head">
        <Person name={name(row.proposer)} />
        {row.alerts > 0 ? (
          <span className="small quiet">{AGREE.tally(row.wouldGo, row.wouldNot, open)}</span>
        ) : null}
      </div>
      {row.sentBackBecause ? (
        <p className="small">
          <b>{AGREE.sentBack}</b> {row.sentBackBecause}
        </p>
      ) : null}
      {row.week.length === 0 ? (
        <p className="small mute">{AGREE.quietWeek}</p>
      ) : (
        <ul className="trials-week">
          {row.week.map((one) => (
            <Asked key={one.alertId} alert={one} unit={row.unit} />
          ))}
        </ul>
      )}
      <Renewal row={row} />
    </Panel>
  );
}

function Asked({ alert, unit }: { alert: TrialAlert; unit: string }) {
  const { mayRun } = useRights();
  const { dateTime } = useWriter();
  const { run, busy, refusal } = useCommand();
  const answer = (wouldGo: boolean) =>
    void run(`/api/v1/alert/${encodeURIComponent(alert.alertId)}/answer-trial`, { wouldGo });
  return (
    <li>
      <a href={`/alert/${alert.alertId}`}>{dateTime(alert.raisedAtMs)}</a>
      <span className="nowrap">
        {number(alert.extreme)} {unit}
      </span>
      {mayRun('alert.answer-trial') ? (
        <span className="trials-answers">
          <Button
            variant={alert.mine === true ? 'filled' : 'default'}
            size="xs"
            aria-pressed={alert.mine === true}
            disabled={busy}
            onClick={() => answer(true)}
          >
            {AGREE.go}
          </Button>
          <Button
            variant={alert.mine === false ? 'filled' : 'default'}
            size="xs"
            aria-pressed={alert.mine === false}
            disabled={busy}
            onClick={() => answer(false)}
          >
            {AGREE.stay}
          </Button>
        </span>
      ) : (
        <span className="small mute">{AGREE.tally(alert.wouldGo, alert.wouldNot, 0)}</span>
      )}
      {refusal ? <Failure {...refusal} /> : null}
    </li>
  );
}

function Renewal({ row }: { row: TrialRow }) {
  const { mayRun } = useRights();
  const { shortDay } = useWriter();
  const { run, busy, refusal } = useCommand();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const path = `/api/v1/monitor/${encodeURIComponent(row.monitorId)}/renew-claim`;
  return (
    <div className="trials-claim small mute">
      <span>{AGREE.claimEnds(shortDay(row.claimEndsMs))}</span>
      {row.renewable && mayRun('monitor.renew-claim') && !asking ? (
        <Button variant="subtle" size="xs" onClick={() => setAsking(true)}>
          {AGREE.renew}
        </Button>
      ) : null}
      {asking ? (
        <form
          className="agree-comment"
          onSubmit={(event) => {
            event.preventDefault();
            void run(path, { reason }).then((sent) => sent && setAsking(false));
          }}
        >
          <TextInput
            label="Why"
            value={reason}
            required
            withAsterisk={false}
            maxLength={300}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" disabled={busy}>
            {AGREE.renew}
          </Button>
        </form>
      ) : null}
      {refusal ? <Failure {...refusal} /> : null}
    </div>
  );
}
