import { type ReactNode, useMemo, useState } from 'react';
import { usePlant } from '../format/plant.tsx';
import { Mark, Rail } from './Rail.tsx';
import { FrameContext } from './frame-context.ts';
import { KeySheet } from './KeySheet.tsx';
import { useKeys } from './keys.ts';
import { useOwnLinks } from './links.ts';
import { type Found, Palette, type Search } from './Palette.tsx';
import { type MenuChoice, PersonMenu, type SignedIn } from './PersonMenu.tsx';
import { PhoneBar } from './PhoneBar.tsx';
import { type Counts, placeOf } from './places.ts';
import { useStandingWord } from './standing.tsx';
import { TEXTS } from './texts.ts';
import './frame.css';

export interface FrameProps {
  path: string;
  go: (path: string) => void;
  person: SignedIn | null;
  counts: Counts;
  /** The strip that says what is wrong with the connection; nothing when all is well. */
  strip?: ReactNode;
  search?: Search;
  actions?: readonly Found[];
  menu?: readonly MenuChoice[];
  onSignOut?: () => void;
  /** only in a demo */
  onRemoveDemo?: () => void;
  children: ReactNode;
}

/** Rail, phone bar, keys, palette and the place for a screen. */
export function Frame(props: FrameProps) {
  const [finding, setFinding] = useState(false);
  const [listing, setListing] = useState(false);
  const { go } = props;
  const standing = useStandingWord();
  const keyActions = useMemo(
    () => ({ go, find: () => setFinding(true), list: () => setListing(true) }),
    [go],
  );
  useKeys(keyActions);
  useOwnLinks(go);
  const handle = useMemo(() => ({ openFind: () => setFinding(true) }), []);
  const menu = (compact: boolean) =>
    props.person ? (
      <PersonMenu
        person={props.person}
        compact={compact}
        onKeys={() => setListing(true)}
        {...(props.menu ? { more: props.menu } : {})}
        {...(props.onSignOut ? { onSignOut: props.onSignOut } : {})}
        {...(props.onRemoveDemo ? { onRemoveDemo: props.onRemoveDemo } : {})}
      />
    ) : (
      <a className="link who" href="/sign-in">
        {TEXTS.signIn}
      </a>
    );
  return (
    <FrameContext value={handle}>
      <a className="skip" href="#content">
        {TEXTS.skip}
      </a>
      <div className="frame">
        <Rail at={standing ?? placeOf(props.path)} counts={props.counts} foot={menu(false)} />
        <div className="frame-main">
          <PhoneHead>{menu(true)}</PhoneHead>
          {props.strip ? <div className="frame-strip">{props.strip}</div> : null}
          <main id="content" tabIndex={-1}>
            {props.children}
          </main>
        </div>
      </div>
      <PhoneBar path={props.path} />
      <KeySheet open={listing} onClose={() => setListing(false)} />
      <Palette
        open={finding}
        onClose={() => setFinding(false)}
        onGo={go}
        {...(props.search ? { search: props.search } : {})}
        {...(props.actions ? { actions: props.actions } : {})}
      />
    </FrameContext>
  );
}

/** On a phone the plant and the person stand on top, because the rail is gone. */
function PhoneHead(props: { children: ReactNode }) {
  const plant = usePlant();
  return (
    <header className="phone-head">
      <Mark />
      <b>{plant.name}</b>
      {plant.simulated ? <span className="simulated">{TEXTS.simulated}</span> : null}
      {props.children}
    </header>
  );
}
