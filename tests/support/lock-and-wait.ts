// A process for the tests to end: it takes the signer's lock, says so, and waits.
import { lockSigner } from "#lib/platform/signer.ts";

lockSigner();
process.stdout.write("locked");
setInterval(() => {}, 60_000);
