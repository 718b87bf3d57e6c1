import "server-only";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { env } from "#lib/platform/env.ts";

const DemoFile = z.object({
  password: z.string().min(1),
  people: z.array(
    z.object({
      email: z.string().min(1),
      name: z.string().min(1),
      role: z.string().min(1),
      clinicName: z.string().min(1),
      slug: z.string().min(1),
    }),
  ),
});

export type DemoPerson = z.output<typeof DemoFile>["people"][number];

/** Who can be tried out, with the one password of all; null wherever no demo runs. Read anew each time. */
export async function demoPeople(): Promise<z.output<typeof DemoFile> | null> {
  const file = env().WARDBOOK_DEMO;
  if (file === undefined) return null;
  const text = await readFile(file, "utf8").catch(noneYet);
  return text === null ? null : DemoFile.parse(JSON.parse(text));
}

/** Whether this is one of the demo's made-up people, of whom no clinic's rule asks a second factor. */
export async function isDemoPerson(email: string): Promise<boolean> {
  return (await demoPeople())?.people.some((person) => person.email === email) ?? false;
}

function noneYet(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
