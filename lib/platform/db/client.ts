import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "#lib/platform/env.ts";
import { PrismaClient } from "#lib/platform/generated/client.ts";

type Kept = { wardbookClients?: Map<string, PrismaClient> };

// A development server evaluates this module again with each change; the pools must not multiply.
const kept = globalThis as Kept;

function clientFor(connectionString: string, use = "work", connectionsMax = 10): PrismaClient {
  kept.wardbookClients ??= new Map();
  const name = `${use} ${connectionString}`;
  const known = kept.wardbookClients.get(name);
  if (known !== undefined) return known;
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString, max: connectionsMax }) });
  kept.wardbookClients.set(name, client);
  return client;
}

/** As wardbook_app. Leaves lib/platform/db only through the doors. */
export function appClient(): PrismaClient {
  return clientFor(env().DATABASE_URL);
}

/** As wardbook_app, apart: who holds a lock here still finds a connection for the work that the lock is for. */
export function lockClient(): PrismaClient {
  return clientFor(env().DATABASE_URL, "locks", 4);
}

/** The owner's connection in the role wardbook_worker, which may list clinics and beat the heart. */
export function workerClient(): PrismaClient {
  return clientFor(withRole(requireOwnerUrl(), "wardbook_worker"));
}

export function requireOwnerUrl(): string {
  const url = env().DATABASE_OWNER_URL;
  if (url === undefined)
    throw new Error("DATABASE_OWNER_URL is missing: migrations and the worker need the owner's address");
  return url;
}

export function withRole(url: string, role: string): string {
  const address = new URL(url);
  address.searchParams.set("options", `-c role=${role}`);
  return address.toString();
}

export async function disconnectClients(): Promise<void> {
  const clients = [...(kept.wardbookClients?.values() ?? [])];
  kept.wardbookClients?.clear();
  await Promise.all(clients.map((client) => client.$disconnect()));
}
