import { useEffect, useSyncExternalStore } from 'react';
import { PLACES } from './places.ts';

const STORE = 'throughline.keys';
const CHORD_MS = 1_200;
const listeners = new Set<() => void>();

function stored(): boolean {
  try {
    return localStorage.getItem(STORE) !== 'off';
  } catch {
    return true;
  }
}

/** Whether single keys act; Ctrl K always does. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore((changed) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, stored);
  const set = (wish: boolean) => {
    try {
      localStorage.setItem(STORE, wish ? 'on' : 'off');
    } catch {
      // Without storage the keys stay on for this visit.
    }
    for (const tell of listeners) tell();
  };
  return [on, set];
}

export interface KeyActions {
  go: (path: string) => void;
  find: () => void;
  list: () => void;
}

/**
 * Keys of the whole product. Screens take part by attributes alone: rows carry `data-row`, the link a row
 * opens is its first `a`, the one filled button carries `data-main-action`, a chart's table switch
 * `data-table-toggle`.
 */
export function useKeys(actions: KeyActions): void {
  useEffect(() => {
    let chordUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        actions.find();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || !stored() || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]')) return;
      const now = performance.now();
      if (now < chordUntil) {
        chordUntil = 0;
        const place = PLACES.find((one) => one.letter === event.key.toLowerCase());
        if (place) {
          event.preventDefault();
          actions.go(place.path);
        }
        return;
      }
      if (event.key === 'g') chordUntil = now + CHORD_MS;
      else if (single(event.key, actions)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [actions]);
}

function single(key: string, actions: KeyActions): boolean {
  switch (key) {
    case '?':
      actions.list();
      return true;
    case 'j':
      return moveRow(1);
    case 'k':
      return moveRow(-1);
    case 'Enter':
      return openRow();
    case 'e':
      return press('[data-main-action]');
    case 't':
    case 'T':
      return press('[data-table-toggle]');
    default:
      return false;
  }
}

function isTyping(target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement ? target : null;
  return Boolean(element?.closest('input, textarea, select, [contenteditable="true"], [role="slider"]'));
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main [data-row]')].filter(
    (row) => row.offsetParent !== null,
  );
}

function moveRow(step: 1 | -1): boolean {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[at === -1 ? (step === 1 ? 0 : all.length - 1) : at + step];
  next?.focus();
  return next !== undefined;
}

function openRow(): boolean {
  const row = document.activeElement;
  if (!(row instanceof HTMLElement) || !row.matches('[data-row]')) return false;
  const opener = row.querySelector<HTMLElement>('[data-open], a[href]');
  opener?.click();
  return opener !== null;
}

/** Presses the control in or nearest to where the person stands, else the first on the page. */
function press(selector: string): boolean {
  const near = document.activeElement?.closest('.panel, [data-row]')?.querySelector<HTMLElement>(selector);
  const target = near ?? document.querySelector<HTMLElement>(`main ${selector}`);
  target?.click();
  return Boolean(target);
}
