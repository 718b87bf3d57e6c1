import { env } from "#lib/platform/env.ts";

/** Ends the process with one list of what is missing or unsafe; Next alone would stay and answer every request with an error. */
export function refuseToStartUnlessSafe(): void {
  try {
    env();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
