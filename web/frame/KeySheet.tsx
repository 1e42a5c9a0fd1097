import { Modal } from '@mantine/core';
import { useSingleKeys } from './keys.ts';
import { PLACES } from './places.ts';
import { TEXTS } from './texts.ts';
import './key-sheet.css';

const SINGLE: readonly [string[], string][] = [
  [['?'], 'this list'],
  [['j'], 'next row'],
  [['k'], 'row before'],
  [['Enter'], 'open the row'],
  [['e'], 'main action of the page'],
  [['t'], 'a chart as a table'],
];

/** Every key there is, and the switch for those who talk to their machine or rest a hand on it. */
export function KeySheet(props: { open: boolean; onClose: () => void }) {
  const [on, set] = useSingleKeys();
  return (
    <Modal
      opened={props.open}
      onClose={props.onClose}
      title={TEXTS.keys}
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="keys">
        <ul>
          <KeyLine keys={['Ctrl', 'K']} words="find or do anything" />
          {SINGLE.map(([keys, words]) => (
            <KeyLine key={words} keys={keys} words={words} />
          ))}
        </ul>
        <ul>
          {PLACES.filter((place) => place.letter).map((place) => (
            <KeyLine key={place.word} keys={['g', place.letter ?? '']} words={place.title} />
          ))}
        </ul>
      </div>
      <label className="keys-switch">
        <input type="checkbox" checked={on} onChange={(event) => set(event.currentTarget.checked)} />
        {TEXTS.keysSingle}
        <span className="mute small">{TEXTS.keysSingleHint}</span>
      </label>
    </Modal>
  );
}

function KeyLine(props: { keys: readonly string[]; words: string }) {
  return (
    <li>
      <span>
        {props.keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </span>
      {props.words}
    </li>
  );
}
