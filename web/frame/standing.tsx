import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { PlaceWord } from './places.ts';

interface Standing {
  word: PlaceWord | null;
  set: (word: PlaceWord | null) => void;
}

const StandingContext = createContext<Standing>({ word: null, set: () => {} });

export function StandingProvider(props: { children: ReactNode }) {
  const [word, set] = useState<PlaceWord | null>(null);
  const value = useMemo(() => ({ word, set }), [word]);
  return <StandingContext value={value}>{props.children}</StandingContext>;
}

/**
 * A screen says in which stage the thing on it now stands: a case that waits for its order stands in Work,
 * whatever its address says. The rail marks that stop until the screen is left.
 */
export function useStanding(word: PlaceWord | null): void {
  const { set } = useContext(StandingContext);
  useEffect(() => {
    set(word);
    return () => set(null);
  }, [word, set]);
}

export function useStandingWord(): PlaceWord | null {
  return useContext(StandingContext).word;
}
