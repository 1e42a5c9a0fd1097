import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { request } from '../data/request.ts';
import { wordsOf } from '../data/refusal.ts';
import { Failure } from '../parts/states.tsx';
import { TEXTS } from './texts.ts';

/** The one button that removes the demo, asked once more because nothing of it can be brought back. */
export function RemoveDemo(props: { opened: boolean; onClose: () => void; onRemoved: () => void }) {
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await request('POST', '/api/v1/access/demo/remove', { body: {} });
      props.onRemoved();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={TEXTS.removeDemo}
      closeButtonProps={{ 'aria-label': TEXTS.close }}
      centered
    >
      <p className="quiet">{TEXTS.removeDemoWhat}</p>
      {failure === null ? null : <Failure {...wordsOf(failure)} />}
      <div className="line-up" style={{ marginTop: 16 }}>
        <Button variant="filled" onClick={() => void remove()} disabled={busy}>
          {TEXTS.removeDemoDo}
        </Button>
        <Button onClick={props.onClose}>{TEXTS.keepDemo}</Button>
      </div>
    </Modal>
  );
}
