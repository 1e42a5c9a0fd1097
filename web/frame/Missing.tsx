import type { ErrorComponentProps } from '@tanstack/react-router';
import { wordsOf } from '../data/refusal.ts';
import { Failure } from '../parts/states.tsx';
import { PageHead } from './PageHead.tsx';
import { TEXTS } from './texts.ts';

export function Missing() {
  return (
    <>
      <PageHead question={TEXTS.missingTitle} />
      <Failure title={TEXTS.missingDetail} mend={TEXTS.missingMend} code="E-WEB-404" />
    </>
  );
}

export function Broken(props: ErrorComponentProps) {
  const words = wordsOf(props.error);
  return (
    <>
      <PageHead question={TEXTS.brokenTitle} />
      <Failure {...words} actions={[{ words: 'Load again', onChoose: () => window.location.reload() }]} />
    </>
  );
}
