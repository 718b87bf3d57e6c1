import "server-only";
import { Resolver } from "node:dns/promises";
import { env } from "#lib/platform/env.ts";

const SECONDS = 3;
const TRIES = 2;

/** The texts that the DNS has under a name; none where it has none, null where nobody could be asked. */
export async function textRecordsOf(name: string): Promise<string[] | null> {
  const resolver = new Resolver({ timeout: SECONDS * 1000, tries: TRIES });
  const servers = env().WARDBOOK_DNS;
  if (servers !== undefined) resolver.setServers(servers);
  try {
    // A text longer than 255 bytes comes in pieces.
    return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(""));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ENOTFOUND" || code === "ENODATA" ? [] : null;
  }
}
