import { z } from "zod";
import { searchLine } from "#lib/domain/text.ts";
import type { StandingWithReasons } from "#lib/domain/tools/schema.ts";

/** Long enough for a whole address out of a browser; what is typed beyond it is not looked at. */
export const LOOK_UP_LENGTH_MAX = 500;
export const MayIUseIt = z.object({ q: searchLine(LOOK_UP_LENGTH_MAX) });

/** One answer to "May I use it?". `why` is in the reader's language. */
export type LookUpResult = {
  readonly toolId: string | null;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly standing: StandingWithReasons;
  readonly conditions: readonly string[];
  readonly why: string;
};
