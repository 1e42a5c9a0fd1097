/** Names, addresses and free text live here, outside the journal, and can be erased. */
export interface PersonRecord {
  personId: string;
  name: string;
  email: string | null;
  simulated: boolean;
  erased: boolean;
}

export interface PeopleStore {
  person(personId: string): PersonRecord | null;
  people(): PersonRecord[];
  put(person: PersonRecord): void;
  /** Keeps a person's free text and returns its reference for a fact: salted SHA-256 of the text, hex. */
  keepText(personId: string, text: string): string;
  text(ref: string): string | null;
  /** A fact names this text now, so it stays. */
  confirmText(ref: string): void;
  /** Removes a text that no fact will name. */
  dropText(ref: string): void;
  /**
   * References of texts that nobody confirmed: their command was refused, or the process ended in between.
   * @param beforeMs machine time; younger ones may still be on their way
   */
  unconfirmedTexts(beforeMs: number, limit: number): string[];
  /** The person who sits on a seat of the plan file; null when nobody was given it yet. */
  seat(seat: string): string | null;
  putSeat(seat: string, personId: string): void;
  /** Removes name, address, seat and free text; references in facts then resolve to nothing. */
  erase(personId: string): void;
}
