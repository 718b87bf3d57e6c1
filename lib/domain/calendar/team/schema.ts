import type { CalendarDate } from "#lib/kernel/dates.ts";

/** How many people the page names for each policy before it counts the rest. */
export const TEAM_SHOWN_MAX = 20;

export type TeamMember = {
  readonly name: string;
  readonly since: CalendarDate;
  readonly dueOn: CalendarDate;
};

/** What the people of a manager's own location still have to sign: names and dates, and nothing else of them. */
export type Team = {
  /** Null where the manager has no location of their own: then it is everybody. */
  readonly location: string | null;
  /** How many there are beside the manager. */
  readonly people: number;
  readonly policies: ReadonlyArray<{
    readonly code: string;
    readonly number: number;
    readonly title: string;
    readonly open: number;
    readonly overdue: number;
    readonly shown: readonly TeamMember[];
  }>;
};
