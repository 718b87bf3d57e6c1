import { Conflict, InvalidInput, NotFound, Refusal } from "#lib/kernel/errors.ts";
import { say } from "#lib/platform/i18n/say.ts";

/** An error as the person at the shell should read it: a sentence, not a stack. */
export function inWords(error: unknown): string {
  const words = say("en", "refusals");
  if (error instanceof Refusal) return words(error.code, error.params);
  if (error instanceof InvalidInput) {
    return error.issues.map(({ path, code, params }) => `${path}: ${words(`input.${code}`, { ...params })}`).join("\n");
  }
  if (error instanceof Conflict) return "That is taken, or somebody else changed it at the same moment.";
  if (error instanceof NotFound) return "There is nothing of that name or number.";
  return error instanceof Error ? error.message : String(error);
}
