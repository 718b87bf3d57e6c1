import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "#lib/platform/env.ts";
import { PrismaClient } from "#lib/platform/generated/client.ts";

type Kept = { wardbookClients?: Map<string, PrismaClient> };

// A development server evaluates this module again with each change; the pools must not multiply.
const kept = globalThis as Kept;

function clientFor(connectionString: string): PrismaClient {
  kept.wardbookClients ??= new Map();
  const known = kept.wardbookClients.get(connectionString);
  if (known !== undefined) return known;
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 10 }) });
  kept.wardbookClients.set(connectionString, client);
  return client;
}

/** As wardbook_app. Leaves lib/platform/db only through the doors. */
export function appClient(): PrismaClient {
  return clientFor(env().DATABASE_URL);
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
