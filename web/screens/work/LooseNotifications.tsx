import { Button } from '@mantine/core';
import { useState } from 'react';
import type { NotificationRow } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { shortId } from '../../format/id.ts';
import { useWriter } from '../../format/plant.tsx';
import { useNames, useRights } from '../../frame/people.ts';
import { Empty, Failure } from '../../parts/states.tsx';
import { ReasonForm } from './DecisionForms.tsx';
import { TEXTS } from './texts.ts';
import './matching.css';

/** Open notifications that no case has taken: what people reported, and what was copied from the CMMS. */
export function LooseNotifications({ rows }: { rows: readonly NotificationRow[] }) {
  if (rows.length === 0) return <Empty title={TEXTS.noLoose} because={TEXTS.noLooseBecause} />;
  return (
    <ul className="matching-list matching-loose">
      {rows.map((row) => (
        <Loose key={row.notificationId} row={row} />
      ))}
    </ul>
  );
}

function Loose({ row }: { row: NotificationRow }) {
  const nameOf = useNames();
  const { dateTime } = useWriter();
  const { mayRun } = useRights();
  const command = useCommand();
  const [closing, setClosing] = useState(false);
  const place = row.position ? `, ${row.position}` : '';
  const how = row.origin === 'cmms' ? TEXTS.copiedBy : TEXTS.reportedBy;
  const path = `/api/v1/work/notification/${encodeURIComponent(row.notificationId)}/close`;
  return (
    <li>
      <span className="matching-one">
        <span>
          <b>{row.name}</b> {`${row.assetName} ${shortId(row.assetId)}${place}`}
        </span>
        <span className="matching-words">{row.words}</span>
        <span className="small mute">
          {`${row.reportedBy ? how(nameOf(row.reportedBy)) : ''}, ${dateTime(row.reportedAtMs)}`}
        </span>
        {closing ? (
          <ReasonForm
            words={TEXTS.closeIt}
            label={TEXTS.reason}
            busy={command.busy}
            onSend={(reason) => void command.run(path, { reason })}
            onCancel={() => setClosing(false)}
          />
        ) : null}
        {command.refusal ? <Failure {...command.refusal} /> : null}
      </span>
      {mayRun('work.close-notification') && !closing ? (
        <Button
          variant="default"
          size="sm"
          onClick={() => setClosing(true)}
          aria-label={`${TEXTS.closeIt}: ${row.name}`}
        >
          {TEXTS.closeIt}
        </Button>
      ) : null}
    </li>
  );
}
