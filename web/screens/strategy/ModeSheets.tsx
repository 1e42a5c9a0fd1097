import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AssetSheetView, ModeSheet } from '../../../src/api/contract.ts';
import { percent } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { ModeForm } from './ModeForm.tsx';
import { Fact } from './PilotScreen.tsx';
import { TEXTS } from './sheet-texts.ts';

const NEW = 'new';

/** How an asset fails, what is known of it, and whether watching it can end in planned work. */
export function ModeSheets({ view }: { view: AssetSheetView }) {
  const { mayRun } = useRights();
  const [editing, setEditing] = useState<string | null>(null);
  const may = mayRun('strategy.describe-failure-mode');
  return (
    <Panel title={TEXTS.modes}>
      {view.modes.length === 0 ? <Empty title={TEXTS.noModes} because={TEXTS.noModesBecause} /> : null}
      <ul className="modes">
        {view.modes.map((sheet) => (
          <li key={sheet.mode.failureModeId} id={sheet.mode.failureModeId}>
            <header className="sheet-head">
              <h3>{sheet.mode.name}</h3>
              {may ? (
                <button
                  type="button"
                  className="link"
                  onClick={() =>
                    setEditing(editing === sheet.mode.failureModeId ? null : sheet.mode.failureModeId)
                  }
                >
                  {editing === sheet.mode.failureModeId ? TEXTS.close : TEXTS.edit}
                </button>
              ) : null}
            </header>
            {editing === sheet.mode.failureModeId ? (
              <ModeForm view={view} sheet={sheet} onDone={() => setEditing(null)} />
            ) : (
              <Sheet view={view} sheet={sheet} />
            )}
          </li>
        ))}
      </ul>
      {editing === NEW ? <ModeForm view={view} sheet={null} onDone={() => setEditing(null)} /> : null}
      {may && editing !== NEW ? (
        <p className="sheet-acts line-up">
          <Button onClick={() => setEditing(NEW)}>{TEXTS.addMode}</Button>
          <a className="link" href={`/start?asset=${encodeURIComponent(view.assetId)}`}>
            {TEXTS.begin}
          </a>
          <a className="link" href={`/label/${view.assetId}`}>
            {TEXTS.labels}
          </a>
        </p>
      ) : null}
    </Panel>
  );
}

function Sheet({ view, sheet }: { view: AssetSheetView; sheet: ModeSheet }) {
  const { span, money } = useWriter();
  const { mode, feasibility } = sheet;
  const { consequence, currentControl, pfMinMs, pfOnClock } = mode;
  const stop = consequence?.stopH?.value ?? null;
  const repair = consequence?.repairMinor?.value ?? null;
  return (
    <dl className="sheet-facts">
      <Fact word={TEXTS.seen}>
        <span>
          {mode.iso14224} <span className="small mute">{sheet.seenAs}</span>
        </span>
      </Fact>
      <Fact word={TEXTS.where}>{mode.position || TEXTS.notKnown}</Fact>
      <Fact word={TEXTS.mechanism}>{sheet.mechanism ?? <span className="mute">{TEXTS.notKnown}</span>}</Fact>
      <Fact word={TEXTS.cause}>{mode.cause ?? <span className="mute">{TEXTS.notKnown}</span>}</Fact>
      <Fact word={TEXTS.pf}>
        {pfMinMs ? (
          <span>
            <b>{span(pfMinMs.value)}</b>{' '}
            <span className="small mute">
              {pfOnClock ? `${pfOnClock.value} ${pfOnClock.clock}, ` : ''}
              {pfMinMs.grade}
            </span>
          </span>
        ) : (
          <b>{TEXTS.notKnown}</b>
        )}
      </Fact>
      <Fact word={TEXTS.consequence}>
        {consequence ? (
          <span>
            {consequence.kind}
            <span className="small mute">
              {stop === null ? '' : `, ${stop} h of stop`}
              {repair === null ? '' : `, repair ${money(repair)}`}
            </span>
          </span>
        ) : (
          <b>{TEXTS.notKnown}</b>
        )}
      </Fact>
      <Fact word={TEXTS.control}>
        {currentControl
          ? TEXTS.controlOf(currentControl.what, span(currentControl.intervalMs), percent(sheet.caught))
          : TEXTS.nobodyLooks}
      </Fact>
      <Fact word={TEXTS.watchedBy}>
        {sheet.monitors.map((monitor) => (
          <a key={monitor.monitorId} className="link" href={`/monitor/${monitor.monitorId}`}>
            {monitor.name}, {monitor.lifecycle}
          </a>
        ))}
        {mode.runToFailure ? <span>{TEXTS.runToFailure}</span> : null}
        {sheet.monitors.length === 0 && !mode.runToFailure ? (
          <a className="link" href={`/start?asset=${encodeURIComponent(view.assetId)}`}>
            {TEXTS.noMonitor}
          </a>
        ) : null}
      </Fact>
      <div className="sheet-wide">
        <dt>{TEXTS.time}</dt>
        <dd>
          <b>{feasibility.answer}</b> <span className="quiet">{feasibility.words}</span>
        </dd>
      </div>
    </dl>
  );
}
