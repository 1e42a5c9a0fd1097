import { Button, FileInput, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportsView, TableTold } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { type ProblemWords, wordsOf } from '../../data/refusal.ts';
import { usePlant } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { Empty, Failure, Progress } from '../../parts/states.tsx';
import { BringColumns } from './BringColumns.tsx';
import { BringResult } from './BringResult.tsx';
import { BroughtTables } from './BroughtTables.tsx';
import { sendTable, type Wish } from './bring-table.ts';
import { TEXTS } from './bring-texts.ts';
import './bring.css';

export const readImports = reading<ImportsView>('strategy', '/api/v1/strategy/imports', 'imports');
const LOOK_AGAIN_MS = 1_000;

/** Tables of other systems: sent, read, shown, and only then applied. */
export function BringScreen() {
  const imports = useQuery(readImports);
  return (
    <>
      <PageHead question={TEXTS.question} under={TEXTS.under} />
      <Answered query={imports} rows={8}>
        {(view) => <Body view={view} />}
      </Answered>
    </>
  );
}

function Body({ view }: { view: ImportsView }) {
  const { mayRun } = useRights();
  return (
    <div className="bring">
      {mayRun('strategy.import-history') ? (
        <Bringing view={view} />
      ) : (
        <Empty title={TEXTS.mayNot} because={TEXTS.mayNotBecause} />
      )}
      <BroughtTables view={view} />
    </div>
  );
}

function Bringing({ view }: { view: ImportsView }) {
  const { wish, set, told, isFresh, applied, busy, refusal, send } = useTable();
  const kind = view.kinds.find((one) => one.word === wish.kind);
  return (
    <>
      <TableForm
        view={view}
        wish={wish}
        set={set}
        read={told !== null}
        busy={busy}
        onRead={() => void send(true)}
      />
      {busy ? <Running /> : null}
      {refusal ? <Failure {...refusal} /> : null}
      {told && kind ? (
        <BringColumns
          kind={kind}
          told={told}
          wish={wish}
          set={set}
          busy={busy}
          onRead={() => void send(true)}
        />
      ) : null}
      {told && isFresh && !told.asks ? (
        <BringResult told={told} applied={applied} busy={busy} onApply={() => void send(false)} />
      ) : null}
    </>
  );
}

const NOTHING: Wish = {
  kind: 'work-orders',
  file: new Blob([]),
  mapping: null,
  dateOrder: '',
  decimal: '',
  currency: '',
};

/** The table in hand, what is said about it, and what the plant says to it. */
function useTable() {
  const queries = useQueryClient();
  const { currency } = usePlant();
  const [wish, setWish] = useState<Wish>({ ...NOTHING, currency });
  const [told, setTold] = useState<TableTold | null>(null);
  // only what was shown may be applied: another word about the table asks for another reading
  const [readAs, setReadAs] = useState<Wish | null>(null);
  const [applied, setApplied] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ProblemWords | null>(null);
  const set = (part: Partial<Wish>) => {
    const other = part.file !== undefined || part.kind !== undefined;
    // what was said about one table says nothing about the next
    setWish({ ...wish, ...(other ? { mapping: null, dateOrder: '', decimal: '' } : {}), ...part });
    if (other) {
      setTold(null);
      setApplied(false);
    }
  };
  const send = async (dryRun: boolean) => {
    setBusy(true);
    setRefusal(null);
    try {
      setTold(await sendTable(wish, dryRun, crypto.randomUUID()));
      setReadAs(wish);
      setApplied(!dryRun);
      if (!dryRun) await queries.invalidateQueries();
    } catch (thrown) {
      setRefusal(wordsOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return { wish, set, told, isFresh: readAs === wish, applied, busy, refusal, send };
}

/** Asked again each second while a table is read. */
function Running() {
  const { data } = useQuery({ ...readImports, refetchInterval: LOOK_AGAIN_MS });
  const running = data?.running;
  if (!running) return null;
  const { what, done, total } = running;
  return <Progress words={what} figures={`step ${done} of ${total}`} share={done / total} />;
}

function TableForm(props: {
  view: ImportsView;
  wish: Wish;
  set: (part: Partial<Wish>) => void;
  /** it was read: applying it comes next */
  read: boolean;
  busy: boolean;
  onRead: () => void;
}) {
  const { view, wish, set, read, busy, onRead } = props;
  const [from, setFrom] = useState<'upload' | 'paste'>('upload');
  return (
    <Panel title={TEXTS.fileTitle}>
      <div className="bring-form">
        <div className="bring-fields">
          <NativeSelect
            label={TEXTS.kind}
            value={wish.kind}
            data={view.kinds.map(({ word }) => ({ value: word, label: TEXTS.kinds[word] ?? word }))}
            onChange={(event) => set({ kind: event.currentTarget.value })}
          />
          <TextInput
            label={TEXTS.currency}
            value={wish.currency}
            maxLength={3}
            onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
          />
        </div>
        <Segments
          name={TEXTS.from}
          options={[
            { id: 'upload', words: TEXTS.upload },
            { id: 'paste', words: TEXTS.paste },
          ]}
          chosen={from}
          onChoose={(chosen) => {
            setFrom(chosen);
            set({ file: NOTHING.file });
          }}
        />
        {from === 'upload' ? (
          <FileInput
            className="bring-paste"
            label={TEXTS.file}
            placeholder={TEXTS.choose}
            description={TEXTS.fileHelp}
            accept=".csv,.txt,.tsv,.xlsx"
            value={wish.file instanceof File ? wish.file : null}
            onChange={(file) => set({ file: file ?? NOTHING.file })}
          />
        ) : (
          <Textarea
            className="bring-paste"
            label={TEXTS.pasted}
            description={TEXTS.pastedHelp}
            rows={8}
            onChange={(event) => set({ file: new Blob([event.currentTarget.value]) })}
          />
        )}
        <Button
          variant={read ? 'default' : 'filled'}
          data-main-action=""
          disabled={busy || wish.file.size === 0}
          onClick={onRead}
        >
          {busy ? TEXTS.reading : TEXTS.read}
        </Button>
      </div>
    </Panel>
  );
}
