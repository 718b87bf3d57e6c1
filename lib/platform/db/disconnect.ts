import { disconnectClients } from "#lib/platform/db/client.ts";

/** Closes every connection of this process, for a script that has done its work. */
export async function disconnectDatabase(): Promise<void> {
  await disconnectClients();
}
