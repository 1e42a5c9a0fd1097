import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { EntryView, LedgerView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { shortId } from '../../format/id.ts';
import { useWriter } from '../../format/plant.tsx';
import { useNames, useRights } from '../../frame/people.ts';
import { FindingShape } from '../../parts/FindingMark.tsx';
import { Amount, MoneyBar } from '../../parts/MoneyBar.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { MARK_OF } from '../work/findings.ts';
import { TEXTS } from './texts.ts';

/** One of the two ledgers: its sums, and every entry with who stands behind it and how it was reckoned. */
export function Ledger({ ledger, scaleMinor }: { ledger: LedgerView; scaleMinor: number }) {
  const avoidance = ledger.ledger === 'avoidance';
  const name = avoidance ? TEXTS.avoided : TEXTS.saved;
  return (
    <Panel title={name} aside={TEXTS.never}>
      <MoneyBar
        name={name}
        acceptedMinor={ledger.acceptedMinor}
        verifiedMinor={ledger.verifiedMinor}
        estimatedMinor={ledger.estimatedMinor}
        scaleMinor={scaleMinor}
      />
      <p className="small mute ledger-note">{avoidance ? TEXTS.avoidedNote : TEXTS.savedNote}</p>
      {ledger.entries.length === 0 ? (
        <Empty title={TEXTS.noEntries} because={TEXTS.noEntriesBecause} />
      ) : (
        <ul className="entries">
          {ledger.entries.map((entry) => (
            <Entry key={entry.entryId} entry={entry} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Entry({ entry }: { entry: EntryView }) {
  const nameOf = useNames();
  const standing = entry.statusBy ? `${entry.status}, ${nameOf(entry.statusBy)}` : TEXTS.unverified;
  return (
    <li id={entry.entryId} data-row="" tabIndex={-1}>
      <span className="small mute">{shortId(entry.entryId)}</span>
      <span className="entry-what">
        <a className="entry-title" href={`/work/case/${entry.caseId}`} data-open="">
          {entry.title}
        </a>
        <span className="small quiet entry-finding">
          <FindingShape finding={MARK_OF[entry.finding]} />
          {`${entry.finding}; evidence ${entry.evidence}, figures ${entry.grade}`}
        </span>
        <details className="small">
          <summary>How it was reckoned</summary>
          <Reckoned entry={entry} />
        </details>
        {entry.reason ? <span className="small quiet">{entry.reason}</span> : null}
        <EntryActs entry={entry} />
      </span>
      <span className="small quiet">{standing}</span>
      <b className="right">
        <Amount minor={entry.amountMinor} />
      </b>
    </li>
  );
}

function Reckoned({ entry: { calculation: sum } }: { entry: EntryView }) {
  const { money } = useWriter();
  const avoided = sum.formula === 'avoided-v1';
  return (
    <p className="quiet">
      {avoided
        ? `Likely without us ${sum.pLate}, caught anyway ${sum.pCaught}, share of the monitor ${sum.share}. Unplanned ${money(sum.unplannedMinor)}, planned ${money(sum.plannedMinor)}.`
        : `${sum.hours} h at ${money(sum.rateMinorPerH)} an hour, parts ${money(sum.partsMinor)}, line stopped ${sum.downtimeH} h at ${money(sum.stopHourMinor)}.`}
      {sum.capped ? ' Cut to what this failure lost in a year before.' : ''}
    </p>
  );
}

function EntryActs({ entry }: { entry: EntryView }) {
  const command = useCommand();
  const { mayRun } = useRights();
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const send = async (act: string, body?: unknown) => {
    const path = `/api/v1/outcome/entry/${encodeURIComponent(entry.entryId)}/${act}`;
    if (await command.run(path, body)) setRejecting(false);
  };
  const reject = (event: FormEvent) => {
    event.preventDefault();
    void send('reject', { reason });
  };
  const open = entry.status === 'estimated' || entry.status === 'verified';
  const mayVerify = entry.mayVerify && mayRun('outcome.verify-entry');
  const mayAccept = entry.mayAccept && mayRun('outcome.accept-entry');
  const mayReject = open && mayRun('outcome.reject-entry');
  if (!mayVerify && !mayAccept && !mayReject && !command.refusal) return null;
  return (
    <span className="entry-acts">
      <span className="line-up">
        {mayVerify ? (
          <Button disabled={command.busy} onClick={() => void send('verify')}>
            {TEXTS.verify}
          </Button>
        ) : null}
        {mayAccept ? (
          <Button disabled={command.busy} onClick={() => void send('accept')}>
            {TEXTS.accept}
          </Button>
        ) : null}
        {mayReject && !rejecting ? (
          <Button variant="subtle" disabled={command.busy} onClick={() => setRejecting(true)}>
            {TEXTS.reject}
          </Button>
        ) : null}
      </span>
      {rejecting ? (
        <form className="entry-reject" onSubmit={reject}>
          <TextInput
            label={TEXTS.reason}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            withAsterisk={false}
            maxLength={300}
          />
          <span className="line-up">
            <Button type="submit" disabled={command.busy}>
              {TEXTS.reject}
            </Button>
            <Button variant="subtle" onClick={() => setRejecting(false)}>
              Cancel
            </Button>
          </span>
        </form>
      ) : null}
      {command.refusal ? <Failure {...command.refusal} /> : null}
    </span>
  );
}
