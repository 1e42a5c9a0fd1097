/**
 * How a port fails. `retryable` failures are handled once, in the outbox or the pipeline; others need a person.
 * `what`, `why` and `mend` are sentences for that person.
 */
export class PortFailure extends Error {
  readonly code: string;
  readonly mend: string;
  readonly retryable: boolean;
  constructor(code: string, message: string, mend: string, retryable: boolean) {
    super(message);
    this.code = code;
    this.mend = mend;
    this.retryable = retryable;
  }
}
