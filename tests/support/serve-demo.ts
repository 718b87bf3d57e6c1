import { readFileSync } from "node:fs";
import path from "node:path";
import { serveDemo } from "#scripts/serve-demo.ts";

/** One demo for all journeys; its address and people go into the environment. */
export default async function setUp(): Promise<() => Promise<void>> {
  const demo = await serveDemo("e2e");
  process.env.WARDBOOK_E2E_URL = demo.address;
  process.env.WARDBOOK_E2E_PEOPLE = readFileSync(path.join(demo.dataFolder, "demo-people.json"), "utf8");
  return () => demo.stop();
}
