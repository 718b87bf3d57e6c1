import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "@playwright/test";

/** A browser that asks nothing of the network by itself: CHROMIUM_PATH, the machine's own, or the packaged one. */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, args } = await findChromium();
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: [...args, ...QUIET, ...root] });
}

async function findChromium(): Promise<{ executablePath: string; args: string[] }> {
  const named = [process.env.CHROMIUM_PATH, "/usr/bin/chromium"].find((file) => file !== undefined && existsSync(file));
  if (named !== undefined) return { executablePath: named, args: [] };
  // The packaged browser unpacks itself below TMPDIR, and its libraries only where it takes itself for a cloud function.
  const folder = path.resolve(import.meta.dirname, "../.wardbook/tmp");
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  // Not its own arguments: they put all pages into one process, which a closed page takes down, and switch web security off.
  return { executablePath: await packaged.executablePath(), args: ["--no-sandbox", "--no-zygote", "--disable-gpu"] };
}

const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];
