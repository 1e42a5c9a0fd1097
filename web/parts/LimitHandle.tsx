import { useRef } from 'react';
import { number } from '../format/number.ts';
import { type TrendFrame, type TrendLimit, yOf } from './trend-shapes.ts';

const PAGE_STEPS = 10;

/** The limit as something to take hold of: drag, arrows one step, Shift ten, Home and End. Typing is the slot's part. */
export function LimitHandle(props: {
  limit: TrendLimit;
  adjust: NonNullable<TrendLimit['adjust']>;
  unit: string;
  frame: TrendFrame;
}) {
  const { limit, adjust, frame } = props;
  const held = useRef<{ y: number; value: number } | null>(null);
  const move = (value: number) => {
    const stepped = Math.round(value / adjust.step) * adjust.step;
    adjust.onMove(Number(Math.min(adjust.highest, Math.max(adjust.lowest, stepped)).toPrecision(12)));
  };
  const onKey = (event: React.KeyboardEvent) => {
    const size = adjust.step * (event.shiftKey ? PAGE_STEPS : 1);
    const target: Record<string, number> = {
      ArrowUp: limit.value + size,
      ArrowRight: limit.value + size,
      ArrowDown: limit.value - size,
      ArrowLeft: limit.value - size,
      PageUp: limit.value + adjust.step * PAGE_STEPS,
      PageDown: limit.value - adjust.step * PAGE_STEPS,
      Home: adjust.lowest,
      End: adjust.highest,
    };
    const value = target[event.key];
    if (value === undefined) return;
    event.preventDefault();
    move(value);
  };
  const words = `${number(limit.value, limit.decimals ?? 'free')} ${props.unit}`;
  return (
    <div
      className="limit-handle"
      role="slider"
      tabIndex={0}
      aria-label="Limit"
      aria-orientation="vertical"
      aria-valuemin={adjust.lowest}
      aria-valuemax={adjust.highest}
      aria-valuenow={limit.value}
      aria-valuetext={words}
      style={{ top: yOf(frame, limit.value) - 14, left: frame.left + frame.width - 14 }}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = { y: event.clientY, value: limit.value };
      }}
      onPointerMove={(event) => {
        if (!held.current) return;
        const perPixel = (frame.high - frame.low) / frame.height;
        move(held.current.value - (event.clientY - held.current.y) * perPixel);
      }}
      onPointerUp={() => {
        held.current = null;
      }}
      onPointerCancel={() => {
        held.current = null;
      }}
    >
      <svg width="8" height="12" viewBox="0 0 8 12" aria-hidden="true">
        <path d="M0 2h8M0 6h8M0 10h8" />
      </svg>
      {words}
    </div>
  );
}
