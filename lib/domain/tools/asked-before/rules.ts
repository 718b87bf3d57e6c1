import { foldForSearch } from "#lib/domain/text.ts";
import { isYes } from "#lib/domain/tools/look-up/rules.ts";
import { asksFor } from "#lib/domain/tools/requests/rules.ts";
import type { GoesIn } from "#lib/domain/tools/requests/schema.ts";
import type { StandingWithReasons } from "#lib/domain/tools/schema.ts";
import { type Asked, type Candidate, mayBeSame } from "#lib/domain/tools/similar/rules.ts";

/** A tool that somebody looks at: of the register, of the catalogue, or only typed, and then with no vendor or surface. */
export type Subject = Candidate & { readonly toolId: string | null };

/** Whether a request, open or answered, was about the same tool. */
export function isAbout(
  request: Asked & { readonly toolId: string | null; readonly nameKey: string },
  subject: Subject,
): boolean {
  if (request.toolId !== null && subject.toolId !== null) return request.toolId === subject.toolId;
  if (asksFor({ ...request, toolId: null }, { ...subject, id: subject.toolId })) return true;
  const [one, other] = [request.surface, subject.surface].map(foldForSearch);
  if (one !== "" && other !== "" && one !== other) return false;
  return mayBeSame(request, subject);
}

/** Whether a no of then says nothing any more: the tool may be used for this today, or was approved after it. */
export function isOvertaken(
  answer: { readonly answeredAt: Date; readonly goesIn: GoesIn | null },
  tool: { readonly standing: StandingWithReasons; readonly statusSince: Date },
): boolean {
  const { standing, reasons } = tool.standing;
  if (isYes(standing, answer.goesIn ?? "phi")) return true;
  return isYes(standing, "nothing") && (reasons.includes("exception") || tool.statusSince > answer.answeredAt);
}
