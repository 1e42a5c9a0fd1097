/** 1 now (this shift), 2 today, 3 this week, 4 next stop. Maintenance bands of the house, not console bands. */
export type Priority = 1 | 2 | 3 | 4;
export type PriorityWord = 'Now' | 'Today' | 'This week' | 'Next stop';

const WORDS: Record<Priority, PriorityWord> = { 1: 'Now', 2: 'Today', 3: 'This week', 4: 'Next stop' };

export function priorityWord(priority: Priority): PriorityWord {
  return WORDS[priority];
}
