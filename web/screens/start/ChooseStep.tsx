import { Button } from '@mantine/core';
import type { StartMachine } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { useWriter } from '../../format/plant.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { TEXTS } from './texts.ts';

/** Machines worst first; the worst that nothing watches has the filled button. */
export function ChooseStep(props: {
  machines: readonly StartMachine[];
  onBegin: (assetId: string) => void;
  onMore: () => void;
}) {
  const first = props.machines.find((machine) => machine.monitors.length === 0);
  return (
    <Panel title={TEXTS.chooseTitle}>
      <p className="quiet start-help">{TEXTS.chooseHelp}</p>
      <ul className="start-choice">
        {props.machines.map((machine) => (
          <li key={machine.assetId}>
            <span>
              <b>{machine.name}</b>
              <span className="small mute">{lossWords(machine)}</span>
            </span>
            <Loss machine={machine} />
            {machine.monitors.length > 0 ? (
              <span className="small">
                {TEXTS.watched}{' '}
                {machine.monitors.map((monitor) => (
                  <a className="link" key={monitor.monitorId} href={`/monitor/${monitor.monitorId}`}>
                    {shortId(monitor.monitorId)}
                  </a>
                ))}
              </span>
            ) : (
              <Button
                variant={machine === first ? 'filled' : 'default'}
                {...(machine === first ? { 'data-main-action': '' } : {})}
                onClick={() => props.onBegin(machine.assetId)}
              >
                {TEXTS.begin}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className="start-acts">
        <Button variant="subtle" onClick={props.onMore}>
          {TEXTS.addMachines}
        </Button>
      </p>
    </Panel>
  );
}

function lossWords({ loss, equipmentClass }: StartMachine): string {
  const hours = loss?.hoursPerYear?.value;
  return hours === undefined || hours === 0 ? equipmentClass : `${equipmentClass}, ${TEXTS.hours(hours)}`;
}

function Loss({ machine }: { machine: StartMachine }) {
  const { money } = useWriter();
  return (
    <span className="start-loss">
      {machine.lossMinorPerYear === null ? (
        <span className="small mute">{TEXTS.lossUnknown}</span>
      ) : (
        TEXTS.loss(money(machine.lossMinorPerYear))
      )}
    </span>
  );
}
