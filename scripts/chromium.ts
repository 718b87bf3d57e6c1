import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "@playwright/test";

const project = path.resolve(import.meta.dirname, "..");
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

const INSTALLED = "/usr/bin/chromium";

/**
 * A browser that asks nothing of the network by itself: CHROMIUM_PATH, else the packaged one, the same on every machine and
 * without a window to draw, else the machine's own.
 */
export async function launchChromium(): Promise<Browser> {
  if (process.env.CHROMIUM_PATH !== undefined) return launchInstalled(process.env.CHROMIUM_PATH);
  return launchPackaged().catch((error: unknown) => {
    if (!existsSync(INSTALLED)) throw error;
    return launchInstalled(INSTALLED);
  });
}

/**
 * Unpacks the browser and shows a page once, so that two who start it at the same moment find it ready. Where the packaged
 * one can't show a page, the machine's own is named in CHROMIUM_PATH.
 */
export async function readyChromium(): Promise<void> {
  try {
    const browser = await launchChromium();
    await (await browser.newPage()).setContent("<p>Wardbook</p>");
    await browser.close();
  } catch (error) {
    if (!existsSync(INSTALLED)) throw error;
    process.env.CHROMIUM_PATH = INSTALLED;
  }
}

function launchInstalled(executablePath: string): Promise<Browser> {
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: [...QUIET, ...root] });
}

// The packaged browser unpacks itself below TMPDIR, and its libraries only where it takes itself for a cloud function. Not
// its own arguments: they put all pages into one process, which a closed page takes down, and switch web security off.
async function launchPackaged(): Promise<Browser> {
  const folder = path.join(project, ".wardbook", "tmp");
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    args: [...QUIET, "--no-sandbox", "--no-zygote", "--disable-gpu"],
    env: { ...process.env, FONTCONFIG_FILE: writeFontSettings(folder) },
  });
}

// It can't look for a glyph in a second font and ends instead, so its only fonts are ones that have what our pages say.
function writeFontSettings(folder: string): string {
  const fonts = ["noto-sans", "noto-sans-mono"].map((name) =>
    path.join(project, "node_modules", "@expo-google-fonts", name),
  );
  const prefer = (family: string, font: string) =>
    `<alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  const file = path.join(folder, "fonts.conf");
  const settings = [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    ...fonts.map((font) => `<dir>${font}</dir>`),
    `<cachedir>${path.join(folder, "font-cache")}</cachedir>`,
    prefer("sans-serif", "Noto Sans"),
    prefer("system-ui", "Noto Sans"),
    prefer("monospace", "Noto Sans Mono"),
    "</fontconfig>",
  ].join("\n");
  // Another browser may be reading it.
  if (!existsSync(file) || readFileSync(file, "utf8") !== settings) writeFileSync(file, settings);
  return file;
}
