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
  /** Removes name, address, free text, account and sessions; references in facts then resolve to nothing. */
  erase(personId: string): void;
}
