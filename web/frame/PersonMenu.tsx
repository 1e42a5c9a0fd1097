import { Menu } from '@mantine/core';
import { Face } from '../parts/Person.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useSingleKeys } from './keys.ts';
import { type SchemeWish, useScheme } from './scheme.ts';
import { TEXTS } from './texts.ts';
import './person-menu.css';

export interface SignedIn {
  id: string;
  name: string;
  role: string;
}

/** One of several, in the person's menu. */
export interface MenuChoice {
  words: string;
  chosen?: boolean;
  onChoose: () => void;
}

const SCHEMES: readonly { wish: SchemeWish; words: string }[] = [
  { wish: 'light', words: TEXTS.light },
  { wish: 'dark', words: TEXTS.dark },
  { wish: 'auto', words: TEXTS.system },
];

/** Who is signed in, with appearance, keys and leaving. `more` adds entries, such as another role's eyes in the demo. */
export function PersonMenu(props: {
  person: SignedIn;
  onKeys: () => void;
  onSignOut?: () => void;
  /** only in a demo */
  onRemoveDemo?: () => void;
  more?: readonly MenuChoice[];
  compact?: boolean;
}) {
  const [scheme, setScheme] = useScheme();
  const [keysOn, setKeysOn] = useSingleKeys();
  return (
    <Menu
      position={props.compact ? 'bottom-end' : 'top-start'}
      width={240}
      transitionProps={{ duration: 120 }}
      withinPortal={false}
      floatingStrategy="fixed"
      withInitialFocusPlaceholder={false}
      checkIcon={<Icon name="tick" />}
      alignItemsLabels="all"
    >
      <Menu.Target>
        <button type="button" className={props.compact ? 'who who-compact' : 'who'}>
          <Face name={props.person.name} large />
          <span className="who-words">
            <b>{props.person.name}</b>
            <span>{props.person.role}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{TEXTS.appearance}</Menu.Label>
        <Menu.RadioGroup value={scheme} onChange={(wish) => setScheme(wish as SchemeWish)}>
          {SCHEMES.map((one) => (
            <Menu.RadioItem key={one.wish} value={one.wish}>
              {one.words}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.CheckboxItem checked={keysOn} onChange={setKeysOn}>
          {TEXTS.keysSingle}
        </Menu.CheckboxItem>
        <Menu.Item rightSection={<kbd>?</kbd>} onClick={props.onKeys}>
          {TEXTS.keys}
        </Menu.Item>
        {props.more?.length ? <Eyes choices={props.more} /> : null}
        {props.onRemoveDemo ? (
          <>
            <Menu.Divider />
            <Menu.Item onClick={props.onRemoveDemo}>{TEXTS.removeDemo}</Menu.Item>
          </>
        ) : null}
        {props.onSignOut ? (
          <>
            <Menu.Divider />
            <Menu.Item onClick={props.onSignOut}>{TEXTS.signOut}</Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

function Eyes(props: { choices: readonly MenuChoice[] }) {
  const chosen = props.choices.find((one) => one.chosen)?.words ?? null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{TEXTS.eyes}</Menu.Label>
      <Menu.RadioGroup
        value={chosen}
        onChange={(words) => props.choices.find((one) => one.words === words)?.onChoose()}
      >
        {props.choices.map((one) => (
          <Menu.RadioItem key={one.words} value={one.words} closeMenuOnClick>
            {one.words}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
