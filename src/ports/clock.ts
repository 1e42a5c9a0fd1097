/** Plant time. In a demo it may run faster than the machine's clock or be driven by data; sessions and TLS never use it. */
export interface Clock {
  nowMs(): number;
  /** calls back once when plant time has reached `atMs`; returns a cancel function */
  at(atMs: number, call: () => void): () => void;
}
