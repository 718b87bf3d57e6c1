// A process for the tests to end: it opens the embedded database, says its owner's address, and waits.
import { openDatabase } from "#lib/platform/db/open-database.ts";

const database = await openDatabase({ dataFolder: process.argv[2] ?? "" });
process.stdout.write(database.ownerUrl);
setInterval(() => {}, 60_000);
