import { useEffect, useRef, useState } from 'react';
import { Slot } from '../../parts/Slot.tsx';

interface Place {
  /** what the slot asks for, for those who listen */
  label: string;
  /** what stands there; null asks in the accent colour */
  words: string | null;
  asks: string;
  readOnly?: boolean;
}

/** Opens with Enter or a click; Escape and leaving it close it again, and the focus stays where it was. */
function useOpen() {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const close = (back: boolean) => {
    setOpen(false);
    if (back) requestAnimationFrame(() => place.current?.querySelector('button')?.focus());
  };
  return { open, setOpen, place, close };
}

function Shut(props: Place & { onOpen: () => void }) {
  if (props.readOnly) return <span className="slot design-fixed">{props.words ?? props.asks}</span>;
  return (
    <Slot empty={props.words === null} onOpen={props.onOpen}>
      <span className="unseen">{props.label}: </span>
      {props.words ?? props.asks}
    </Slot>
  );
}

/** A list that opens in the sentence. */
export function ListSlot(
  props: Place & {
    options: readonly { value: string; words: string }[];
    chosen: string | null;
    onChoose: (value: string) => void;
  },
) {
  const { open, setOpen, place, close } = useOpen();
  const field = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (open) field.current?.focus();
  }, [open]);
  return (
    <span ref={place}>
      {open ? (
        <select
          ref={field}
          className="design-field"
          aria-label={props.label}
          value={props.chosen ?? ''}
          onChange={(event) => {
            props.onChoose(event.currentTarget.value);
            close(true);
          }}
          onBlur={() => close(false)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' || event.key === 'Enter') close(true);
          }}
        >
          {props.chosen === null ? <option value="">{props.asks}</option> : null}
          {props.options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.words}
            </option>
          ))}
        </select>
      ) : (
        <Shut {...props} onOpen={() => setOpen(true)} />
      )}
    </span>
  );
}

/** A number or a few words typed in the sentence; a number counts while it is typed. */
export function TypedSlot(
  props: Place & {
    value: string;
    /** of a number: what one arrow key adds */
    step?: number;
    unit?: string;
    onType: (value: string) => void;
  },
) {
  const { open, setOpen, place, close } = useOpen();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(props.value);
  const isNumber = props.step !== undefined;
  useEffect(() => {
    if (open) field.current?.select();
  }, [open]);
  const take = (given: string) => {
    setText(given);
    if (isNumber && given !== '' && Number.isFinite(Number(given))) props.onType(given);
  };
  const done = (back: boolean) => {
    if (!isNumber && text.trim() !== '' && text !== props.value) props.onType(text.trim());
    close(back);
  };
  return (
    <span ref={place} {...(isNumber ? { className: 'nowrap' } : {})}>
      {open ? (
        <>
          <input
            ref={field}
            className="design-field"
            aria-label={props.unit ? `${props.label}, ${props.unit}` : props.label}
            type={isNumber ? 'number' : 'text'}
            step="any"
            value={text}
            size={isNumber ? 8 : Math.max(18, text.length)}
            maxLength={200}
            onChange={(event) => take(event.currentTarget.value)}
            onBlur={() => done(false)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') done(true);
              if (event.key === 'Escape') close(true);
              if (!isNumber || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
              event.preventDefault();
              const size = (props.step ?? 1) * (event.shiftKey ? 10 : 1);
              const next = Number(text) + (event.key === 'ArrowUp' ? size : -size);
              take(String(Number(next.toPrecision(12))));
            }}
          />
          {props.unit ? <span className="design-unit"> {props.unit}</span> : null}
        </>
      ) : (
        <Shut
          {...props}
          onOpen={() => {
            setText(props.value);
            setOpen(true);
          }}
        />
      )}
    </span>
  );
}
