import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import type { z } from "zod";
import { ROLES } from "#lib/domain/context.ts";
import { type Holder, PERMISSIONS, type Permission } from "#lib/domain/permissions.ts";
import { registeredDefinitions } from "#lib/domain/registry.ts";
import type { TestClinic } from "#tests/support/clinic.ts";

const domains = path.resolve(import.meta.dirname, "../../lib/domain");

export type Definition = ReturnType<typeof registeredDefinitions>[number];

/** Every command and query there is, by name. */
export async function allDefinitions(): Promise<readonly Definition[]> {
  for (const file of globSync(["**/commands/*.ts", "**/queries.ts"], { cwd: domains }))
    await import(path.join(domains, file));
  return registeredDefinitions();
}

/** The names that the source text gives to commands and queries, wherever they stand. */
export function namesInSource(): string[] {
  const sources = globSync("**/*.ts", { cwd: domains }).map((file) => readFileSync(path.join(domains, file), "utf8"));
  return sources.flatMap((text) =>
    [...text.matchAll(/= define(?:Command|Query)\(\s*"([^"]+)"/g)].map((match) => match[1] ?? ""),
  );
}

export const HOLDERS = [...ROLES, "system"] as const;

export function contextOf(clinic: TestClinic, holder: Holder) {
  return holder === "system" ? clinic.system : clinic.as[holder];
}

/** Somebody who may: a job where a job may, else the first role that is named. */
export function holderOf(permission: Permission): Holder {
  const holders: readonly Holder[] = PERMISSIONS[permission];
  const holder = holders.includes("system") ? "system" : holders[0];
  if (holder === undefined) throw new Error(`nobody holds ${permission}`);
  return holder;
}

/** Where an input names something by its id: `toolId`, `opened[].memberId`. */
export function idPaths(schema: z.ZodType, at = ""): string[] {
  const { def } = schema as unknown as { def: Def };
  const inner = [def.innerType, def.in, def.left, def.right].filter((part) => part !== undefined);
  return [
    ...(def.type === "string" && (isIdFormat(def) || /(^|\.)(id|\w+Id)(\[\])*$/.test(at)) ? [at] : []),
    ...Object.entries(def.shape ?? {}).flatMap(([name, field]) => idPaths(field, at === "" ? name : `${at}.${name}`)),
    ...(def.element === undefined ? [] : idPaths(def.element, `${at}[]`)),
    ...[...inner, ...(def.options ?? [])].flatMap((part) => idPaths(part, at)),
  ];
}

type Def = {
  type: string;
  format?: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  in?: z.ZodType;
  left?: z.ZodType;
  right?: z.ZodType;
  options?: z.ZodType[];
};

function isIdFormat(def: Def): boolean {
  return ["uuid", "guid", "cuid", "cuid2", "nanoid", "ulid", "ksuid"].includes(def.format ?? "");
}

/** The same places in an input that somebody wrote. */
export function pathsOf(input: unknown, at = ""): string[] {
  if (Array.isArray(input)) return input.flatMap((item) => pathsOf(item, `${at}[]`));
  if (typeof input !== "object" || input === null || input instanceof Date || input instanceof Uint8Array) return [at];
  return Object.entries(input).flatMap(([name, value]) => pathsOf(value, at === "" ? name : `${at}.${name}`));
}
