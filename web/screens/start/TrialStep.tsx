import { Button } from '@mantine/core';
import type { StartMachine } from '../../../src/api/contract.ts';
import { Panel } from '../../parts/Panel.tsx';
import { TEXTS } from './texts.ts';

const TRIAL_WEEKS = 4;

/** What follows the ten answers: label, first reading, and the monitor itself. */
export function TrialStep({ machine, onOther }: { machine: StartMachine; onOther: () => void }) {
  const monitor = machine.monitors.at(-1);
  const hand = machine.signals.find((signal) => signal.hand);
  return (
    <Panel title={TEXTS.trialTitle} aside={monitor?.name}>
      <p className="quiet start-help">{TEXTS.trialHelp(TRIAL_WEEKS)}</p>
      <p className="start-acts">
        {hand ? (
          <Button component="a" href={`/reading/${hand.signalId}`} variant="filled" data-main-action="">
            {TEXTS.readLink}
          </Button>
        ) : null}
        <Button component="a" href={`/label/${machine.assetId}`}>
          {TEXTS.labelLink}
        </Button>
        {monitor ? (
          <Button component="a" href={`/monitor/${monitor.monitorId}`}>
            {TEXTS.openMonitor}
          </Button>
        ) : null}
      </p>
      <p className="start-acts">
        <a className="link" href="/strategy/pilot">
          {TEXTS.pilotLink}
        </a>
        <button type="button" className="link" onClick={onOther}>
          {TEXTS.otherMachine}
        </button>
      </p>
    </Panel>
  );
}
