import type { ReactNode } from 'react';
import type { Gap } from '../../src/api/contract.ts';
import { FindingShape } from './FindingMark.tsx';
import './gap-list.css';

/** What is missing, as questions that lead to the place where they are answered. */
export function GapList(props: { gaps: readonly Gap[]; empty: ReactNode }) {
  if (props.gaps.length === 0) return props.empty;
  return (
    <ul className="gap-list">
      {props.gaps.map((gap) => (
        <li key={`${gap.href}${gap.words}`}>
          <FindingShape finding="not-checked" size={16} />
          <span>
            <a href={gap.href}>{gap.words}</a>
            <span className="small mute">{gap.because}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
