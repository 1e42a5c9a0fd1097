import { Button } from '@mantine/core';
import { useConnection, useData, useWaiting } from '../../data/provider.tsx';
import type { WaitingChange } from '../../data/waiting.ts';
import { useWriter } from '../../format/plant.tsx';
import { counted } from '../../format/number.ts';
import { PageHead } from '../../frame/PageHead.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import './waiting.css';

/** What still waits on this device, and what the server refused. Nothing is ever dropped without a word. */
export function WaitingScreen() {
  const { changes, lastSentMs, sentToday } = useWaiting();
  const connection = useConnection();
  const { waiting } = useData();
  const { clock } = useWriter();
  const lost = connection.state === 'lost';
  return (
    <>
      <PageHead
        question={
          changes.length === 0 ? 'Nothing waits' : counted(changes.length, 'change waits', 'changes wait')
        }
        under={
          lost
            ? `Offline since ${clock(connection.sinceMs)}. All is kept here.`
            : 'Kept here until the server has it.'
        }
        tools={
          changes.length > 0 ? (
            <Button variant="filled" data-main-action onClick={() => void waiting.flush()}>
              Send now
            </Button>
          ) : null
        }
      />
      {changes.length === 0 ? (
        <Empty
          title="All your changes reached the plant."
          because={
            lastSentMs === null
              ? 'This device has sent nothing today.'
              : `The last went at ${clock(lastSentMs)}.`
          }
        >
          <a className="link" href="/">
            What needs me
          </a>
        </Empty>
      ) : (
        <Panel>
          <ul className="waiting">
            {changes.map((change) => (
              <Change key={change.idempotencyKey} change={change} />
            ))}
          </ul>
        </Panel>
      )}
      <p className="small quiet waiting-sum">Sent today: {sentToday}.</p>
    </>
  );
}

function Change({ change }: { change: WaitingChange }) {
  const { waiting } = useData();
  const { clock } = useWriter();
  return (
    <li data-row="" tabIndex={-1}>
      <Icon name="clock" size={18} />
      <div>
        <b>{change.title}</b>
        <p className="small quiet">{change.detail}</p>
        {change.refused ? (
          <Failure
            {...change.refused}
            actions={[
              { words: 'Try again', onChoose: () => void waiting.again(change.idempotencyKey) },
              { words: 'Take it back', onChoose: () => void waiting.drop(change.idempotencyKey) },
            ]}
          />
        ) : null}
      </div>
      <time className="small mute" dateTime={new Date(change.madeAtMs).toISOString()}>
        {clock(change.madeAtMs)}
      </time>
    </li>
  );
}
