import { Malformed } from "#lib/proof/malformed.ts";
import { linesOf } from "#lib/proof/text.ts";

/** Content of every `bagit.txt`: BagIt 1.0 (RFC 8493). */
export const BAGIT_TXT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

export const PATH_CHARACTERS_MAX = 150;

/** A file's SHA-256 in hex, by its path from the bag's root. */
export type Manifest = ReadonlyMap<string, string>;

/** What `bag-info.txt` says. */
export type BagInfo = {
  /** `<origin>@<size>`: which ledger, up to which event. */
  readonly externalIdentifier: string;
  /** The day the bag was made, `YYYY-MM-DD`. */
  readonly baggingDate: string;
  /** Bytes under data/. */
  readonly payloadBytes: number;
  /** Files under data/. */
  readonly payloadFiles: number;
};

const PATH = /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/;
const MANIFEST_LINE = /^([0-9a-f]{64}) {2}(\S+)$/;
const BAG_INFO =
  /^Bagging-Date: ([0-9]{4}-[0-9]{2}-[0-9]{2})\nExternal-Identifier: ([^\n]+)\nPayload-Oxum: (0|[1-9][0-9]{0,15})\.(0|[1-9][0-9]{0,15})\n$/;

/** What is wrong with a path inside a bag, in words, or null: A-Z a-z 0-9 . _ - / only, at most 150 characters, no `.` or `..`, not absolute. */
export function pathFault(path: string): string | null {
  if (path.length > PATH_CHARACTERS_MAX) return `is longer than ${PATH_CHARACTERS_MAX} characters`;
  if (path.startsWith("/")) return "is absolute";
  if (!PATH.test(path)) return "has characters other than A-Z a-z 0-9 . _ - /, or an empty part";
  if (path.split("/").some((part) => part === "." || part === "..")) return "leads out of its folder";
  return null;
}

/** Two of the paths that differ only in upper and lower case (or not at all), which many disks can't keep apart; null when there are none. */
export function caseTwins(paths: Iterable<string>): readonly [string, string] | null {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const folded = path.toLowerCase();
    const twin = seen.get(folded);
    if (twin !== undefined) return [twin, path];
    seen.set(folded, path);
  }
  return null;
}

/** Orders paths by their bytes, as `LC_ALL=C sort` does. */
export function comparePaths(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** A manifest as `sha256sum` writes it: hash, two spaces, path, LF; sorted by path. Throws Malformed for a path out of form. */
export function manifestText(manifest: Manifest): string {
  const paths = [...manifest.keys()].sort(comparePaths);
  assertPaths(paths);
  return paths.map((path) => `${manifest.get(path)}  ${path}\n`).join("");
}

/** The manifest of a text that is exactly what `manifestText` writes; Malformed otherwise. `what` names the file in messages. */
export function parseManifest(text: string, what: string): Map<string, string> {
  const manifest = new Map<string, string>();
  for (const [index, line] of linesOf(text, what).entries()) {
    const match = MANIFEST_LINE.exec(line);
    if (match?.[1] === undefined || match[2] === undefined)
      throw new Malformed(`${what}, line ${index + 1}, is malformed`);
    if (manifest.has(match[2])) throw new Malformed(`${what} lists ${match[2]} twice`);
    manifest.set(match[2], match[1]);
  }
  assertPaths(manifest.keys());
  if (manifestText(manifest) !== text) throw new Malformed(`${what} is not sorted by path`);
  return manifest;
}

/** The three lines of `bag-info.txt`. */
export function bagInfoText(info: BagInfo): string {
  const text =
    `Bagging-Date: ${info.baggingDate}\n` +
    `External-Identifier: ${info.externalIdentifier}\n` +
    `Payload-Oxum: ${info.payloadBytes}.${info.payloadFiles}\n`;
  if (!BAG_INFO.test(text)) throw new Malformed("bag-info.txt can't be written from these values");
  return text;
}

/** What a `bag-info.txt` says; Malformed unless it is exactly the three lines. */
export function parseBagInfo(text: string): BagInfo {
  const match = BAG_INFO.exec(text);
  const [, baggingDate, externalIdentifier, bytes, files] = match ?? [];
  if (baggingDate === undefined || externalIdentifier === undefined) {
    throw new Malformed("bag-info.txt is not the three lines Bagging-Date, External-Identifier, Payload-Oxum");
  }
  return { baggingDate, externalIdentifier, payloadBytes: Number(bytes), payloadFiles: Number(files) };
}

function assertPaths(paths: Iterable<string>): void {
  const list = [...paths];
  for (const path of list) {
    const fault = pathFault(path);
    if (fault !== null) throw new Malformed(`the path ${JSON.stringify(path)} ${fault}`);
  }
  const twins = caseTwins(list);
  if (twins !== null) throw new Malformed(`the paths ${twins[0]} and ${twins[1]} differ only in case`);
}
