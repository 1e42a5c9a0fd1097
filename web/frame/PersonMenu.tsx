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
  more?: readonly { words: string; chosen?: boolean; onChoose: () => void }[];
  compact?: boolean;
}) {
  const [scheme, setScheme] = useScheme();
  const [keysOn, setKeysOn] = useSingleKeys();
  const check = (on: boolean) => <span className="menu-check">{on ? <Icon name="tick" /> : null}</span>;
  return (
    <Menu
      position={props.compact ? 'bottom-end' : 'top-start'}
      width={224}
      transitionProps={{ duration: 120 }}
    >
      <Menu.Target>
        <button
          type="button"
          className={props.compact ? 'who who-compact' : 'who'}
          aria-label={`${TEXTS.menuOf} ${props.person.name}, ${props.person.role}`}
        >
          <Face name={props.person.name} large />
          <span className="who-words">
            <b>{props.person.name}</b>
            <span>{props.person.role}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{TEXTS.appearance}</Menu.Label>
        {SCHEMES.map((one) => (
          <Menu.Item
            key={one.wish}
            role="menuitemradio"
            aria-checked={scheme === one.wish}
            leftSection={check(scheme === one.wish)}
            onClick={() => setScheme(one.wish)}
          >
            {one.words}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={keysOn}
          leftSection={check(keysOn)}
          onClick={() => setKeysOn(!keysOn)}
        >
          {TEXTS.keysSingle}
        </Menu.Item>
        <Menu.Item leftSection={check(false)} rightSection={<kbd>?</kbd>} onClick={props.onKeys}>
          {TEXTS.keys}
        </Menu.Item>
        {props.more?.length ? <Menu.Divider /> : null}
        {props.more?.map((one) => (
          <Menu.Item key={one.words} leftSection={check(one.chosen ?? false)} onClick={one.onChoose}>
            {one.words}
          </Menu.Item>
        ))}
        {props.onSignOut ? (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={check(false)} onClick={props.onSignOut}>
              {TEXTS.signOut}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
