import type { Command } from '#vocabulary/command.ts';
import type { EntryId } from '#vocabulary/ids.ts';

export type VerifyEntry = Command<'outcome.verify-entry', { entryId: EntryId }>;
export type AcceptEntry = Command<'outcome.accept-entry', { entryId: EntryId }>;
export type RejectEntry = Command<'outcome.reject-entry', { entryId: EntryId; reason: string }>;

export type OutcomeCommand = VerifyEntry | AcceptEntry | RejectEntry;
