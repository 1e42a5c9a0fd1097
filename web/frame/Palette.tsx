import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { PLACES } from './places.ts';
import { TEXTS } from './texts.ts';
import './palette.css';

export interface Found {
  id: string;
  kind: 'page' | 'action' | 'asset' | 'monitor' | 'case' | 'order' | 'person';
  title: string;
  detail?: string;
  href: string;
}

/** Asks the plant for what is called so; answers at most twenty, best first. */
export type Search = (words: string, signal: AbortSignal) => Promise<readonly Found[]>;

const SHOWN = 20;

const PAGES: readonly Found[] = PLACES.map((place) => ({
  id: `page-${place.word}`,
  kind: 'page',
  title: place.title,
  href: place.path,
}));

/** Ctrl K: one field for every page, asset, case, order, person and action. */
export function Palette(props: {
  open: boolean;
  onClose: () => void;
  onGo: (path: string) => void;
  search?: Search;
  actions?: readonly Found[];
}) {
  return (
    <Modal.Root
      opened={props.open}
      onClose={props.onClose}
      size={600}
      yOffset="12vh"
      transitionProps={{ duration: 120 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={TEXTS.findLong} radius="lg">
        <Finder {...props} />
      </Modal.Content>
    </Modal.Root>
  );
}

function Finder(props: Parameters<typeof Palette>[0]) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const asked = useDeferredValue(words.trim());
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const answer = useQuery({
    queryKey: ['find', asked],
    queryFn: ({ signal }) => props.search?.(asked, signal) ?? [],
    enabled: asked.length > 0 && props.search !== undefined,
    staleTime: 10_000,
    placeholderData: (before) => before,
  });
  const own = [...(props.actions ?? []), ...PAGES].filter((one) => matches(one, asked));
  const found = [...own.slice(0, asked ? 6 : SHOWN), ...(asked ? (answer.data ?? []) : [])].slice(0, SHOWN);
  const chosen = Math.min(at, found.length - 1);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const open = (one: Found | undefined) => {
    if (!one) return;
    props.onClose();
    props.onGo(one.href);
  };
  const onKey = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter') open(found[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <div className="palette">
      <div className="palette-field">
        <Icon name="find" />
        <input
          data-autofocus
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[chosen] ? `${id}-${found[chosen].id}` : undefined}
          aria-label={TEXTS.findLong}
          placeholder={TEXTS.findLong}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
        <kbd>Esc</kbd>
      </div>
      <div id={`${id}-list`} ref={list} role="listbox" aria-label={TEXTS.find} className="palette-list">
        {found.map((one, place) => (
          <div
            key={one.id}
            id={`${id}-${one.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === chosen}
            onMouseMove={() => setAt(place)}
            onClick={() => open(one)}
            onKeyDown={onKey}
          >
            <span className="palette-title">{one.title}</span>
            {one.detail ? <span className="mute small">{one.detail}</span> : null}
            <span className="mute small palette-kind">{one.kind}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && !answer.isFetching ? <p className="palette-none">{TEXTS.findNothing}</p> : null}
    </div>
  );
}

function matches(one: Found, asked: string): boolean {
  return one.title.toLowerCase().includes(asked.toLowerCase());
}
