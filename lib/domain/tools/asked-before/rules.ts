import { foldForSearch } from "#lib/domain/text.ts";
import { isYes } from "#lib/domain/tools/look-up/rules.ts";
import { asksFor } from "#lib/domain/tools/requests/rules.ts";
import type { GoesIn } from "#lib/domain/tools/requests/schema.ts";
import { namingWords } from "#lib/domain/tools/rules.ts";
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

type Granted = Pick<Asked, "product" | "surface"> & {
  readonly toolId: string | null;
  readonly answerToolId: string | null;
};

/**
 * Whether what was granted is this very tool: by its place in the register, or by the name that was asked for, to the word.
 * What is only alike may be another plan of it, which nobody allowed.
 */
export function isGrantOf({ product, surface, toolId, answerToolId }: Granted, subject: Subject): boolean {
  if (subject.toolId !== null) return subject.toolId === toolId || subject.toolId === answerToolId;
  const wordsOf = (text: string) => namingWords(text).join(" ");
  return wordsOf(product) === wordsOf(subject.product) && wordsOf(surface) === wordsOf(subject.surface);
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
