import { createContext, useContext } from 'react';

export interface FrameHandle {
  openFind: () => void;
}

export const FrameContext = createContext<FrameHandle>({ openFind: () => {} });

export function useFrame(): FrameHandle {
  return useContext(FrameContext);
}
