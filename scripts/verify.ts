import { Buffer } from "node:buffer";
import { lstat, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { readZip, UnsafeZip } from "#lib/platform/zip/read-zip.ts";
import type { Check } from "#lib/proof/check.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { bagInFolder } from "#lib/proof/pack.ts";
import { decodeUtf8 } from "#lib/proof/text.ts";
import { trustedFingerprints } from "#lib/proof/trust.ts";
import { type Verdict, type Verification, verifyPack } from "#lib/proof/verify-pack.ts";

const USAGE = "usage: npm run verify -- FILE.zip|FOLDER [--key FINGERPRINT|FILE]... [--checkpoint FILE]...";

const VERDICTS: Record<Verdict, { exitCode: number; sentence: string }> = {
  valid: { exitCode: 0, sentence: "valid: unchanged, and signed by a key you trust" },
  consistent_signer_unknown: {
    exitCode: 2,
    sentence:
      "consistent, signer unknown: the pack agrees with itself, but anyone can make such a pack with keys of their own; " +
      "compare a fingerprint got elsewhere, with --key",
  },
  invalid: { exitCode: 1, sentence: "INVALID: see the checks marked FAILED" },
};

/** Something is wrong with what was typed or with a file on this disk; the message is the whole explanation. */
class CannotRead extends Error {}

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { pack, keys, checkpoints } = readArguments(args);
    const files = await readPackFiles(pack);
    const trusted = (await Promise.all(keys.map(readTrusted))).flat();
    const otherCheckpoints = await Promise.all(checkpoints.map(readText));
    return print(pack, verifyPack(files, { keys: trusted, otherCheckpoints }));
  } catch (error) {
    if (!(error instanceof CannotRead || error instanceof UnsafeZip || error instanceof Malformed)) throw error;
    console.error(error.message);
    return 1;
  }
}

function readArguments(args: string[]): { pack: string; keys: string[]; checkpoints: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { key: { type: "string", multiple: true }, checkpoint: { type: "string", multiple: true } },
    });
    const [pack, ...others] = positionals;
    if (pack === undefined || others.length > 0) throw new CannotRead(USAGE);
    return { pack, keys: values.key ?? [], checkpoints: values.checkpoint ?? [] };
  } catch (error) {
    throw error instanceof CannotRead ? error : new CannotRead(`${messageOf(error)}\n${USAGE}`);
  }
}

async function readPackFiles(pack: string): Promise<Map<string, Uint8Array>> {
  const found = await lstat(pack).catch(() => null);
  if (found === null) throw new CannotRead(`There is no file or folder ${pack}.`);
  if (found.isDirectory()) return readFolder(pack);
  if (!found.isFile()) throw new CannotRead(`${pack} is neither a file nor a folder.`);
  return bagInFolder(await readZip(pack));
}

async function readFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const name of names) {
    const file = path.join(name.parentPath, name.name);
    if (name.isDirectory()) continue;
    if (!name.isFile()) throw new CannotRead(`${file} is a link or no plain file.`);
    files.set(path.relative(folder, file).split(path.sep).join("/"), await readFile(file));
  }
  if (!files.has("bagit.txt"))
    throw new CannotRead(`${folder} is not the folder of an evidence pack: it has no bagit.txt.`);
  return files;
}

async function readTrusted(key: string): Promise<string[]> {
  const isFile = (await lstat(key).catch(() => null)) !== null;
  const fingerprints = trustedFingerprints(isFile ? await readText(key) : key);
  if (fingerprints.length === 0) {
    throw new CannotRead(
      isFile ? `${key} holds no key or fingerprint.` : `${key} is neither a fingerprint nor a file.`,
    );
  }
  return fingerprints;
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) throw new CannotRead(`${file} can't be read.`);
  return decodeUtf8(Buffer.from(bytes), file);
}

function print(pack: string, verification: Verification): number {
  const { verdict, checks, firstBadSeq, fingerprints } = verification;
  console.log(pack);
  for (const check of checks) console.log(`  ${mark(check).padEnd(8)} ${check.id.padEnd(17)} ${check.detail}`);
  if (fingerprints !== undefined) {
    console.log(`Keys shown by this pack:\n  ${fingerprints.ssh}\n  ${fingerprints.p256}\n  ${fingerprints.log}`);
  }
  if (firstBadSeq !== undefined) console.log(`First event found wrong: ${firstBadSeq}`);
  console.log(`Verdict: ${VERDICTS[verdict].sentence}`);
  return VERDICTS[verdict].exitCode;
}

function mark({ ok, unknown }: Check): string {
  if (ok) return "ok";
  return unknown === true ? "unknown" : "FAILED";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
