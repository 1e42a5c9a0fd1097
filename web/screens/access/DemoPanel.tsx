import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../data/command.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';

/** One button removes the demo; a plant of one's own starts in its place. */
export function DemoPanel() {
  const command = useCommand();
  const [asking, setAsking] = useState(false);
  const [removed, setRemoved] = useState(false);
  const remove = async () => {
    setAsking(false);
    if ((await command.run('/api/v1/access/demo/remove')) !== null) setRemoved(true);
  };
  return (
    <Panel title={TEXTS.demo}>
      <div className="demo-end">
        <p className="quiet">{removed ? TEXTS.demoRemoved : TEXTS.demoHelp}</p>
        {removed ? null : <Button onClick={() => setAsking(true)}>{TEXTS.demoRemove}</Button>}
      </div>
      {command.refusal ? <Failure {...command.refusal} /> : null}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={TEXTS.demoAsk}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <p className="quiet person-warn">{TEXTS.demoWarn}</p>
        <span className="line-up">
          <Button variant="filled" disabled={command.busy} onClick={() => void remove()}>
            {TEXTS.demoRemove}
          </Button>
          <Button onClick={() => setAsking(false)}>{TEXTS.cancel}</Button>
        </span>
      </Modal>
    </Panel>
  );
}
