import type { z } from "zod";
import { InvalidInput, type RefusalParams } from "#lib/kernel/errors.ts";

/** Parses a command's or query's input; throws InvalidInput with a message code for each field that is wrong. */
export function parseInput<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw new InvalidInput(
    result.error.issues.map((issue) => ({ path: issue.path.join("."), code: codeOf(issue), params: paramsOf(issue) })),
  );
}

const CODE = /^[a-z][a-z0-9_]*$/;

// A schema of ours gives a code as its message; zod's own English sentences become the code of their kind.
function codeOf(issue: z.core.$ZodIssue): string {
  if (CODE.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "too_small":
      return "too_small";
    case "too_big":
      return "too_big";
    case "invalid_type":
      return issue.input === undefined ? "required" : "not_understood";
    case "invalid_value":
      return "not_a_choice";
    default:
      return "not_understood";
  }
}

function paramsOf(issue: z.core.$ZodIssue): RefusalParams {
  if (issue.code === "custom") return (issue.params ?? {}) as RefusalParams;
  if (issue.code === "too_small") return { min: Number(issue.minimum) };
  if (issue.code === "too_big") return { max: Number(issue.maximum) };
  if (issue.code === "invalid_value") return { choices: issue.values.map(String).join(", ") };
  return {};
}
