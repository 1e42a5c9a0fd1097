import { Button } from '@mantine/core';
import { useState } from 'react';
import './ask-twice.css';

interface AskTwiceProps {
  /** what the button says first, then to be sure, and what leaves things as they are */
  words: string;
  sure: string;
  keep: string;
  busy: boolean;
  onSure: () => Promise<void>;
}

/** A step that takes something away: the same place asks once more before it is taken. */
export function AskTwice({ words, sure, keep, busy, onSure }: AskTwiceProps) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <Button variant="subtle" size="xs" onClick={() => setAsked(true)}>
        {words}
      </Button>
    );
  }
  return (
    <span className="line-up ask-twice">
      <Button
        variant="default"
        size="xs"
        disabled={busy}
        onClick={() => void onSure().then(() => setAsked(false))}
      >
        {sure}
      </Button>
      <Button variant="subtle" size="xs" onClick={() => setAsked(false)}>
        {keep}
      </Button>
    </span>
  );
}
