import { Client } from "pg";
import { applyMigrations } from "#lib/platform/db/migrate.ts";
import { ensureRoles } from "#lib/platform/db/roles.ts";
import { installJobQueue } from "#lib/platform/jobs/install.ts";

type Addresses = {
  readonly ownerUrl: string;
  /** Whoever migrates need not know the app's address; its role is then made without a password, for others to set. */
  readonly appUrl: string | undefined;
};

/** Roles of the server, for the first migration and for every later one. */
export async function ensureServerRoles({ ownerUrl, appUrl }: Addresses): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await ensureRoles(owner, { appPassword: appPasswordIn(appUrl) });
  } finally {
    await owner.end();
  }
}

/** Roles, migrations and the job queue, in this order; the names of the migrations that were missing. */
export async function bringUpToDate(addresses: Addresses): Promise<string[]> {
  await ensureServerRoles(addresses);
  const applied = await applyMigrations(addresses.ownerUrl);
  await installJobQueue(addresses.ownerUrl);
  return applied;
}

function appPasswordIn(appUrl: string | undefined): string | undefined {
  if (appUrl === undefined) return undefined;
  const { username, password } = new URL(appUrl);
  return username === "wardbook_app" ? decodeURIComponent(password) : undefined;
}
