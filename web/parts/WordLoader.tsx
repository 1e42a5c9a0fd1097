import { forwardRef, type HTMLAttributes } from 'react';

/** A word in place of a turning ring: it says what is going on and does not move. */
export const WordLoader = forwardRef<HTMLSpanElement, HTMLAttributes<HTMLSpanElement>>((props, ref) => (
  <span ref={ref} className={props.className}>
    Working
  </span>
));
WordLoader.displayName = 'WordLoader';
