import { z } from "zod";
import { searchLine } from "#lib/domain/text.ts";
import { type Answer, GOES_IN, type GoesIn } from "#lib/domain/tools/requests/schema.ts";
import type { Said, Standing, StandingWithReasons, ToolSaid } from "#lib/domain/tools/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// An answer is computed at the moment of asking, from the standing of a tool and from what would go into it. Nothing of a
// look-up is kept: docs/decisions/015-recent-look-ups-stay-in-the-browser.md.

export type Verdict = "yes" | "ask" | "no";

/** Long enough for a whole address out of a browser; what is typed beyond it is not looked at. */
export const LOOK_UP_LENGTH_MAX = 500;

export const MayIUseIt = z.object({
  q: searchLine(LOOK_UP_LENGTH_MAX),
  /** What would go in; null while nobody has said, and then all three are answered. */
  goesIn: z.enum(GOES_IN).nullable().default(null),
  /** One tool of the register, where a link names it. */
  toolId: z.uuid().nullable().default(null),
});

/** Which sentence says an answer: `never` where nothing may go in, `all` where nobody has said what goes in. */
export type Sentence = `${"yes" | "ask" | "never"}.${GoesIn}` | "no.phi" | `all.${Standing}`;

/** What one tool may be used for. */
export type LookUpResult = ToolSaid & {
  readonly toolId: string | null;
  /** Of the catalogue, where the register has no such tool. */
  readonly catalogueKey: string | null;
  readonly standing: StandingWithReasons;
  readonly verdicts: Readonly<Record<GoesIn, Verdict>>;
  readonly sentence: Sentence;
  /** What the decision asks for, but for what it says of the account. */
  readonly conditions: readonly Said[];
  /** Which account or workspace, as far as the conditions say. */
  readonly accounts: readonly Said[];
  /** The last day of the reader's exception, where the answer rests on one. */
  readonly exceptionUntil: CalendarDate | null;
  readonly why: Said | null;
  /** Whether asking for it could get the reader further: not where the clinic said no to that already, or named another. */
  readonly mayAskFor: boolean;
};

/** A tool that may be used where the one asked about may not. */
export type Instead = ToolSaid & { readonly toolId: string; readonly standing: Standing };

/** A tool that only the catalogue knows. */
export type Undecided = ToolSaid & { readonly catalogueKey: string };

/** One that was looked up, with what a request for it was answered, where that stands. */
export type FoundInCatalogue = Undecided & { readonly answered: Answer | null };
