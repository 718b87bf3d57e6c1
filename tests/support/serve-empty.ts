import { disconnectDatabase } from "#lib/platform/db/disconnect.ts";
import { bringUpToDate } from "#scripts/bring-up-to-date.ts";
import { openInstallation } from "#scripts/installation.ts";
import { portFromEnvironment, supervise } from "#scripts/supervisor.ts";

// A Wardbook in which nobody has founded a clinic yet, as whoever installs one finds it.
const port = portFromEnvironment();
const installation = await openInstallation({ port });
await bringUpToDate({ ownerUrl: process.env.DATABASE_OWNER_URL ?? "", appUrl: process.env.DATABASE_URL });
await disconnectDatabase();
const code = await supervise(port, "127.0.0.1");
await installation.close();
process.exit(code);
