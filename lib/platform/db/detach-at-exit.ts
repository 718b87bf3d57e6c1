// Run by open-database.ts when its process ends without having closed: an exit handler cannot wait, another process can.
import { locateEmbedded } from "./embedded.ts";
import { detachFor, requirePasswords } from "./embedded-server.ts";

const [dataFolder = "", backendPid] = process.argv.slice(2);
const embedded = await locateEmbedded(dataFolder);
await detachFor(embedded, await requirePasswords(embedded, dataFolder), Number(backendPid));
