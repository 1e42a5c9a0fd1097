import type { PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { Finding } from '#work/events.ts';

/** What needs me? One row per thing that waits for the person asking, soonest first. */
export interface TodayItem {
  id: string;
  /** what kind of answer is asked */
  act:
    | 'decide'
    | 'accept'
    | 'release'
    | 'start'
    | 'finding'
    | 'finish'
    | 'sign off'
    | 'money'
    | 'sensor'
    | 'trial';
  /** priority shape instead of an icon when it hangs on an open case */
  priority: Priority | null;
  unacknowledged: boolean;
  title: string;
  detail: string;
  /** how bad: the last readings with the limit, or a person, or findings */
  bad:
    | {
        kind: 'trend';
        signalId: string;
        value: number | null;
        limit: number;
        unit: string;
        direction: 'high' | 'low';
      }
    | { kind: 'person'; personId: PersonId; words: string }
    | { kind: 'findings'; counts: { finding: Finding; n: number }[] }
    | null;
  atRiskMinor: number | null;
  actByMs: number | null;
  /** who is asked when nobody answers, or how late it is */
  otherwise: { words: string; personId: PersonId | null } | null;
  action: string;
  href: string;
}

export interface TodayOther {
  caseId: string;
  priority: Priority | null;
  title: string;
  detail: string;
  reading: { value: number | null; unit: string; limit: number } | null;
  href: string;
}

export interface BreakRow {
  label: string;
  stage: string;
  href: string;
}

export interface TodayView {
  nowMs: number;
  counts: { priority: Priority; n: number }[];
  noSignal: number;
  signals: number;
  newestReadingMs: number | null;
  openCases: number;
  monitorsInside: number;
  assetsWatched: number;
  items: TodayItem[];
  others: TodayOther[];
  breaks: BreakRow[];
  done: {
    sinceMs: number;
    readingsJudged: number;
    alertsRaised: number;
    alertsJoined: number;
    notificationsDrafted: number;
    lostOrTwice: number;
  };
  noise: { crewId: string; crewName: string; usedH: number; budgetH: number }[];
  /** counts for the rail, only where something waits for this person */
  waiting: Record<string, number>;
}
