import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { CharterView, PilotListView, StartView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { usePlant, usePlantNow } from '../../format/plant.tsx';
import { DAY_MS } from '../../format/time.ts';
import { Answered } from '../../frame/Answered.tsx';
import { readPeople } from '../../frame/session.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { readStart } from '../start/StartScreen.tsx';
import { readPilots } from './PilotScreen.tsx';
import { TEXTS } from './pilot-texts.ts';

/** Ninety days carry a cleaning, a restart and a product change in most plants. */
const PILOT_DAYS = 90;
const MINOR = 100;
/** A range that people would bet on, before they think about it. */
const LOW_SHARE = 0.5;
const HIGH_SHARE = 2;

type Measure = CharterView['charter']['goNumbers'][number];
const FIRST_NUMBERS: Measure[] = [
  { measure: 'confirmed findings', bound: 'at least', value: 2 },
  { measure: 'verified precision', bound: 'at least', value: 0.5 },
  { measure: 'wasted hours a week', bound: 'at most', value: 1 },
];

export function CharterForm({ failureModeId }: { failureModeId: string }) {
  const pilots = useQuery(readPilots);
  const start = useQuery(readStart);
  return (
    <Answered query={pilots} rows={8}>
      {(list) => (
        <Answered query={start} rows={8}>
          {(view) => <Form failureModeId={failureModeId} list={list} view={view} />}
        </Answered>
      )}
    </Answered>
  );
}

function Form(props: { failureModeId: string; list: PilotListView; view: StartView }) {
  const { failureModeId, list, view } = props;
  const row = list.rows.find((one) => one.failureModeId === failureModeId);
  const router = useRouter();
  const { currency } = usePlant();
  const nowMs = usePlantNow(60_000);
  const people = useQuery({ ...readPeople, staleTime: 60_000 });
  const { run, busy, refusal } = useCommand();
  const likely = (row?.lossMinorPerYear ?? 0) / MINOR;
  const [loss, setLoss] = useState({
    low: Math.round(likely * LOW_SHARE),
    likely: Math.round(likely),
    high: Math.round(likely * HIGH_SHARE),
  });
  const [owner, setOwner] = useState('');
  const [hours, setHours] = useState<Readonly<Record<string, number>>>({});
  const [cost, setCost] = useState({ sensor: 0, upkeep: 0, centre: '' });
  const [numbers, setNumbers] = useState(FIRST_NUMBERS);
  const [off, setOff] = useState('');
  if (!row) {
    return <Failure title={TEXTS.missing} mend={TEXTS.missingMend} code="E-WEB-006" />;
  }
  const crews = view.crews.map(({ crewId }) => ({ crewId, hPerWeek: hours[crewId] ?? 0 }));
  const asked = crews.filter((crew) => crew.hPerWeek > 0);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const made = await run<{ charterId: string }>('/api/v1/strategy/charter', {
      failureModeId,
      owner,
      lossMinorPerYear: {
        low: loss.low * MINOR,
        likely: loss.likely * MINOR,
        high: loss.high * MINOR,
        grade: row.reachGrade ?? 'assumed',
      },
      crews: asked.length > 0 ? asked : crews.slice(0, 1),
      sensorMinor: Math.round(cost.sensor * MINOR),
      upkeepMinorPerYear: Math.round(cost.upkeep * MINOR),
      costCentre: cost.centre,
      goNumbers: numbers,
      decideOnMs: Math.round(nowMs + PILOT_DAYS * DAY_MS),
      switchedOffOnNo: off,
    });
    if (made) router.history.push(`/strategy/charter/${made.charterId}`);
  };
  const figure = (label: string, value: number, set: (value: number) => void) => (
    <NumberInput
      key={label}
      label={label}
      min={0}
      hideControls
      value={value}
      onChange={(typed) => set(Number(typed))}
    />
  );
  const owners = (people.data?.people ?? []).filter((person) => !person.left);
  return (
    <form className="charter" onSubmit={(event) => void send(event)}>
      <Panel title={`${row.assetName}: ${row.name}`} aside={TEXTS.lossYear}>
        <div className="charter-fields">
          {figure(TEXTS.lossLow(currency), loss.low, (low) => setLoss({ ...loss, low }))}
          {figure(TEXTS.lossLikely(currency), loss.likely, (typed) => setLoss({ ...loss, likely: typed }))}
          {figure(TEXTS.lossHigh(currency), loss.high, (high) => setLoss({ ...loss, high }))}
        </div>
        <div className="charter-fields">
          <NativeSelect
            label={TEXTS.owner}
            value={owner}
            required
            withAsterisk={false}
            data={[
              { value: '', label: '' },
              ...owners.map((person) => ({ value: person.personId, label: person.name })),
            ]}
            onChange={(event) => setOwner(event.currentTarget.value)}
          />
          {view.crews.map((crew) =>
            figure(TEXTS.hoursField(crew.name), hours[crew.crewId] ?? 0, (value) =>
              setHours({ ...hours, [crew.crewId]: value }),
            ),
          )}
          {figure(TEXTS.money(TEXTS.sensor, currency), cost.sensor, (sensor) => setCost({ ...cost, sensor }))}
          {figure(TEXTS.money(TEXTS.upkeep, currency), cost.upkeep, (upkeep) => setCost({ ...cost, upkeep }))}
          <TextInput
            label={TEXTS.costCentre}
            value={cost.centre}
            required
            withAsterisk={false}
            maxLength={200}
            onChange={(event) => setCost({ ...cost, centre: event.currentTarget.value })}
          />
        </div>
      </Panel>
      <Panel title={TEXTS.go} aside={`in ${PILOT_DAYS} days`}>
        <div className="charter-fields">
          {numbers.map((one, at) =>
            figure(`${one.measure}, ${TEXTS.bounds[one.bound]}`, one.value, (value) =>
              setNumbers(numbers.map((known, n) => (n === at ? { ...known, value } : known))),
            ),
          )}
        </div>
        <TextInput
          label={TEXTS.switchedOff}
          description={TEXTS.switchedOffHelp}
          value={off}
          required
          withAsterisk={false}
          maxLength={500}
          onChange={(event) => setOff(event.currentTarget.value)}
        />
        {refusal ? <Failure {...refusal} /> : null}
        <p className="line-up pilot-acts">
          <Button type="submit" variant="filled" data-main-action="" disabled={busy || owner === ''}>
            {busy ? 'Working' : TEXTS.keep}
          </Button>
        </p>
      </Panel>
    </form>
  );
}
