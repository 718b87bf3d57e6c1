import type { z } from "zod";
import type { ClinicContext } from "#lib/domain/context.ts";
import type { Permission } from "#lib/domain/permissions.ts";

type Registered = {
  readonly kind: "command" | "query";
  readonly name: string;
  readonly permission: Permission;
  readonly schema: z.ZodType;
  // biome-ignore lint/suspicious/noExplicitAny: only the matrices call through the registry, with input of their own
  readonly run: (ctx: ClinicContext, raw: any) => Promise<unknown>;
};

const registered = new Map<string, Registered>();

/** Names are unique; the generated matrices of the tests walk over everything that registered. */
export function register<R extends Registered>(definition: R): R["run"] {
  const known = registered.get(definition.name);
  // A development server loads a changed module anew under the same name.
  if (known !== undefined && process.env.NODE_ENV !== "development") {
    throw new Error(`two commands or queries are called ${definition.name}`);
  }
  registered.set(definition.name, definition);
  return definition.run;
}

export function registeredDefinitions(): readonly Registered[] {
  return [...registered.values()].sort((a, b) => a.name.localeCompare(b.name));
}
