import "server-only";
import { InvalidInput, Refusal } from "#lib/kernel/errors.ts";

/** Runs `work`, and puts what it refuses beside the field of the form that `fieldOf` gives for the command's own. */
export async function beside<T>(fieldOf: (field: string) => string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InvalidInput) {
      throw new InvalidInput(error.issues.map((issue) => ({ ...issue, path: fieldOf(issue.path) })));
    }
    if (error instanceof Refusal && error.field !== undefined) {
      throw new Refusal(error.code, error.params, fieldOf(error.field));
    }
    throw error;
  }
}
