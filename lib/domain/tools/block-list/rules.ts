import {
  type BlockList,
  type BlockListContent,
  type BlockListFile,
  type BlockListFormat,
  type ControlKind,
  FALLBACK_CONTROLS,
  type LeftOutHost,
  type LeftOutReason,
  type ListedHost,
  type NotWritten,
  type RegisterEntry,
  type ToolNamed,
} from "#lib/domain/tools/block-list/schema.ts";
import { deepseekRelationOf } from "#lib/domain/tools/rules.ts";
import { isApproval } from "#lib/domain/tools/schema.ts";

/**
 * What the clinic's prohibitions come to as hosts. A host of a prohibited tool is listed unless an approved tool has a name
 * that is the same, above or below it: nearly every filter blocks what lies below a name as well, so a listed parent would
 * take the approved tool away. A tool under review saves no host. DeepSeek's own hosts are listed whatever else was typed.
 */
export function blockListOf(entries: readonly RegisterEntry[], content: BlockListContent): BlockList {
  const keepers = relativesOf(entries.filter((entry) => isApproval(entry.status) && entry.deepseek !== "own"));
  const tooBroad = broadNamesOf(content);
  const listed: ListedHost[] = [];
  const leftOut: LeftOutHost[] = [];
  for (const { hosted, ...host } of prohibitedHosts(entries)) {
    const kept = isDeepseekHost(host.hostname) ? null : keptOut(host.hostname, keepers, tooBroad);
    if (kept === null) listed.push(host);
    else leftOut.push({ ...host, ...kept, instead: insteadOf(host.hostname, kept.reason, hosted, content) });
  }
  return { listed, leftOut };
}

type ProhibitedHost = ListedHost & {
  /** Only DeepSeek's weights on a host of somebody else are prohibited there. */
  readonly hosted: boolean;
};

function prohibitedHosts(entries: readonly RegisterEntry[]): ProhibitedHost[] {
  const named = new Map<string, { tools: RegisterEntry[]; verified: boolean }>();
  for (const entry of entries) {
    if (entry.status !== "prohibited" && entry.deepseek !== "own") continue;
    for (const { name, verified } of entry.hostnames) {
      const host = named.get(name) ?? { tools: [], verified: false };
      host.tools.push(entry);
      named.set(name, { tools: host.tools, verified: host.verified || verified });
    }
  }
  return [...named]
    .map(([name, { tools, verified }]) => ({
      hostname: withoutWildcard(name),
      wildcard: name.startsWith("*."),
      because: inOrder(tools),
      verified,
      hosted: tools.every((tool) => tool.deepseek === "hosted"),
    }))
    .sort((a, b) => byText(a.hostname, b.hostname) || Number(a.wildcard) - Number(b.wildcard));
}

/** The approved tools by the names they have, and by the names above those. */
type Relatives = {
  readonly at: ReadonlyMap<string, readonly ToolNamed[]>;
  readonly below: ReadonlyMap<string, readonly ToolNamed[]>;
};

function relativesOf(entries: readonly RegisterEntry[]): Relatives {
  const at = new Map<string, RegisterEntry[]>();
  const below = new Map<string, RegisterEntry[]>();
  const add = (map: Map<string, RegisterEntry[]>, name: string, entry: RegisterEntry) => {
    const there = map.get(name);
    if (there === undefined) map.set(name, [entry]);
    else there.push(entry);
  };
  for (const entry of entries) {
    for (const { name } of entry.hostnames) {
      const hostname = withoutWildcard(name);
      add(at, hostname, entry);
      for (const parent of parentsOf(hostname)) add(below, parent, entry);
    }
  }
  const ordered = (map: Map<string, RegisterEntry[]>) =>
    new Map([...map].map(([name, tools]) => [name, inOrder(tools)]));
  return { at: ordered(at), below: ordered(below) };
}

function keptOut(
  hostname: string,
  { at, below }: Relatives,
  tooBroad: ReadonlyMap<string, LeftOutReason>,
): Pick<LeftOutHost, "reason" | "keptBy"> | null {
  const same = at.get(hostname) ?? [];
  const children = below.get(hostname) ?? [];
  const parents = parentsOf(hostname).map((parent) => at.get(parent) ?? []);
  const groups = [same, children, ...parents].filter((tools) => tools.length > 0);
  // One group is in order already, and may be long.
  const keptBy = groups.length === 1 ? (groups[0] ?? []) : inOrder(groups.flat());
  if (same.length > 0) return { reason: "shared_with_approved", keptBy };
  if (children.length > 0) return { reason: "above_approved", keptBy };
  if (keptBy.length > 0) return { reason: "below_approved", keptBy };
  const broad = tooBroad.get(hostname.replace(/^www\./, ""));
  return broad === undefined ? null : { reason: broad, keptBy: [] };
}

// A name above one that is too broad is broader still.
function broadNamesOf(content: BlockListContent): Map<string, LeftOutReason> {
  const names = content.tooBroad.flatMap(({ hosts, reason }) => hosts.map((host) => ({ host, reason })));
  return new Map([
    ...names.flatMap(({ host, reason }) => parentsOf(host).map((parent) => [parent, reason] as const)),
    ...names.map(({ host, reason }) => [host, reason] as const),
  ]);
}

// Which kinds of control are looked for, and which advice stands in where none is known for the host.
const ADVICE: Record<LeftOutReason, { readonly known: readonly ControlKind[]; readonly otherwise: ControlKind }> = {
  shared_with_approved: { known: ["accounts"], otherwise: "accounts" },
  above_approved: { known: ["accounts"], otherwise: "naming" },
  below_approved: { known: ["accounts"], otherwise: "naming" },
  anybodys_hosts: { known: [], otherwise: "naming" },
  carries_much_else: { known: ["features", "accounts"], otherwise: "features" },
};

function insteadOf(hostname: string, reason: LeftOutReason, hosted: boolean, content: BlockListContent): string {
  const { known, otherwise } = ADVICE[reason];
  const kinds = hosted ? ["models" as const, ...known] : known;
  const names = [hostname, ...parentsOf(hostname)];
  const control = kinds
    .flatMap((kind) => content.controls.filter((each) => each.kind === kind))
    .find((each) => each.hosts.some((host) => names.includes(host)));
  return control?.code ?? FALLBACK_CONTROLS[otherwise];
}

function isDeepseekHost(hostname: string): boolean {
  const nobodys = { vendor: "", product: "", surface: "", modelFamily: "" };
  return deepseekRelationOf({ ...nobodys, hostnames: [hostname] }) === "own";
}

function withoutWildcard(name: string): string {
  return name.replace(/^\*\./, "");
}

/** The names above a host, nearest first, down to two labels: `a.b.example.com` → `b.example.com`, `example.com`. */
function parentsOf(hostname: string): string[] {
  const labels = hostname.split(".");
  return labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join("."));
}

function inOrder(tools: readonly RegisterEntry[] | readonly ToolNamed[]): ToolNamed[] {
  const once = new Map(tools.map((tool) => [tool.toolId, tool]));
  return [...once.values()]
    .map(({ toolId, vendor, product, surface }) => ({ toolId, vendor, product, surface }))
    .sort((a, b) => byText(a.product, b.product) || byText(a.surface, b.surface) || byText(a.toolId, b.toolId));
}

// Not by locale: a list must come out the same on every machine.
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export type AboutBlockList = {
  readonly clinicName: string;
  /** When the register last changed rather than when somebody asked, so that an unchanged list stays the same bytes. */
  readonly at: Date;
};

/** The list as a file for one kind of filter. */
export function renderBlockList(format: BlockListFormat, list: BlockList, about: AboutBlockList): BlockListFile {
  return RENDERERS[format](list, about);
}

const RENDERERS: Record<BlockListFormat, (list: BlockList, about: AboutBlockList) => BlockListFile> = {
  "chrome-json": (list) => policyJson(list, "chrome"),
  "edge-json": (list) => policyJson(list, "edge"),
  "chrome-reg": (list, about) => policyReg(list, about, "chrome"),
  "edge-reg": (list, about) => policyReg(list, about, "edge"),
  hosts: hostsFile,
  adguard: adguardList,
  dnsmasq: dnsmasqConf,
  rpz: rpzZone,
  plain: plainList,
};

type Browser = "chrome" | "edge";
const REGISTRY_KEYS = {
  chrome: "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Google\\Chrome\\URLBlocklist",
  edge: "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Edge\\URLBlocklist",
} as const satisfies Record<Browser, string>;

/** Chrome and Edge ignore what stands in URLBlocklist after this many. */
export const BROWSER_ENTRIES_MAX = 1000;

// A host without a leading dot stands for itself and all below it.
function browserEntries(list: BlockList): { entries: string[]; notWritten: NotWritten[] } {
  const names = domainsOf(list);
  // What doesn't fit falls off the end; DeepSeek must not be in it.
  const byWeight = [...names.filter(isDeepseekHost), ...names.filter((name) => !isDeepseekHost(name))];
  return {
    entries: byWeight.slice(0, BROWSER_ENTRIES_MAX).sort(byText),
    notWritten: byWeight.slice(BROWSER_ENTRIES_MAX).map((name) => notWritten(name, "entries_max")),
  };
}

function policyJson(list: BlockList, browser: Browser): BlockListFile {
  const { entries, notWritten } = browserEntries(list);
  const text = `${JSON.stringify({ URLBlocklist: entries }, null, 2)}\n`;
  return { fileName: `block-list-${browser}.json`, mediaType: "application/json", bytes: utf8(text), notWritten };
}

function policyReg(list: BlockList, about: AboutBlockList, browser: Browser): BlockListFile {
  const { entries, notWritten } = browserEntries(list);
  const key = REGISTRY_KEYS[browser];
  const lines = [
    "Windows Registry Editor Version 5.00",
    "",
    ...comments(";", list, about, notWritten, ["This replaces the whole list under the key below."]),
    "",
    `[-${key}]`,
    "",
    `[${key}]`,
    ...entries.map((name, index) => `"${index + 1}"="${name}"`),
    "",
  ];
  const bytes = utf16(lines.map((line) => `${line}\r\n`).join(""));
  return { fileName: `block-list-${browser}.reg`, mediaType: "text/x-ms-regedit", bytes, notWritten };
}

function hostsFile(list: BlockList, about: AboutBlockList): BlockListFile {
  const names = list.listed.filter(({ wildcard }) => !wildcard).map(({ hostname }) => hostname);
  // Nothing else stands in for `www.` in a hosts file, and people type addresses without it.
  const withWww = names.filter((name) => !name.startsWith("www.") && name.length <= NAME_LENGTH_MAX - 4);
  const all = [...new Set([...names, ...withWww.map((name) => `www.${name}`)])].sort(byText);
  const missing = list.listed
    .filter(({ wildcard }) => wildcard)
    .map(({ hostname }) => notWritten(hostname, "wildcard"));
  const notes = ["A hosts file blocks only the names in it, none below them; a DNS filter does both."];
  const head = comments("#", list, about, missing, notes);
  return textFile("block-list-hosts.txt", [...head, "", ...all.map((name) => `0.0.0.0 ${name}`)], missing);
}

const AROUND_DNS =
  "A browser that asks another DNS server over HTTPS goes around it: set its policy DnsOverHttpsMode to off.";

function adguardList(list: BlockList, about: AboutBlockList): BlockListFile {
  const notes = ["For AdGuard Home, AdGuard DNS and Pi-hole. Each rule blocks a name and all below it.", AROUND_DNS];
  const rules = domainsOf(list).map((name) => `||${name}^`);
  return textFile("block-list-adguard.txt", [
    "! Title: Block list",
    ...comments("!", list, about, [], notes),
    ...rules,
  ]);
}

function dnsmasqConf(list: BlockList, about: AboutBlockList): BlockListFile {
  const notes = [
    "Name it in conf-file=, or in servers-file=, which dnsmasq reads again on SIGHUP. A name and all below it don't exist.",
    AROUND_DNS,
  ];
  const lines = domainsOf(list).map((name) => `server=/${name}/`);
  return textFile("block-list-dnsmasq.conf", [...comments("#", list, about, [], notes), "", ...lines]);
}

const NAME_LENGTH_MAX = 253;
/** A zone's own name stands behind every name in it. */
const RPZ_NAME_LENGTH_MAX = NAME_LENGTH_MAX - "*.".length - 64;

function rpzZone(list: BlockList, about: AboutBlockList): BlockListFile {
  const names = domainsOf(list);
  const tooLong = names
    .filter((name) => name.length > RPZ_NAME_LENGTH_MAX)
    .map((name) => notWritten(name, "name_too_long"));
  const notes = [
    "Load as a primary zone of any name, and name it in response-policy. A name and all below it don't exist.",
    AROUND_DNS,
  ];
  // Seconds since 1970 grow with every change and fit into 32 bits until 2106.
  const serial = Math.floor(about.at.getTime() / 1000) >>> 0;
  const records = names
    .filter((name) => name.length <= RPZ_NAME_LENGTH_MAX)
    .flatMap((name) => [`${name} CNAME .`, `*.${name} CNAME .`]);
  const lines = [
    ...comments(";", list, about, tooLong, notes),
    "",
    "$TTL 300",
    `@ SOA localhost. hostmaster.localhost. ( ${serial} 3600 600 604800 300 )`,
    "@ NS localhost.",
    ...records,
  ];
  return textFile("block-list-rpz.zone", lines, tooLong);
}

function plainList(list: BlockList, about: AboutBlockList): BlockListFile {
  const notes = ["One name a line, as in the register; each is meant with all below it, `*.` means all below it."];
  return textFile("block-list.txt", [...comments("#", list, about, [], notes), "", ...list.listed.map(nameOf)]);
}

/** The names for filters that block what lies below as well, without those below another. */
function domainsOf(list: BlockList): string[] {
  const names = new Set(list.listed.map(({ hostname }) => hostname));
  return [...names].filter((name) => !parentsOf(name).some((parent) => names.has(parent))).sort(byText);
}

const LEFT_OUT_IN_WORDS: Record<LeftOutReason, (keptBy: string) => string> = {
  shared_with_approved: (keptBy) => `needed by what is approved: ${keptBy}`,
  above_approved: (keptBy) => `lies above a name of what is approved: ${keptBy}`,
  below_approved: (keptBy) => `lies below a name of what is approved: ${keptBy}`,
  anybodys_hosts: () => "anybody may have a host below it",
  carries_much_else: () => "carries much that nobody prohibited",
};
const NOT_WRITTEN_IN_WORDS: Record<NotWritten["reason"], string> = {
  wildcard: "this format knows no wildcards",
  name_too_long: "too long for this format",
  entries_max: `browsers read no more than ${BROWSER_ENTRIES_MAX} entries`,
};

function comments(
  mark: string,
  list: BlockList,
  about: AboutBlockList,
  missing: readonly NotWritten[],
  notes: readonly string[],
): string[] {
  const lines = [
    `Block list of ${inOneLine(about.clinicName)} as of ${about.at.toISOString()}, made by Wardbook from the clinic's register.`,
    ...notes,
  ];
  if (missing.length > 0) {
    lines.push("", `Not written (${missing.length}):`);
    for (const host of missing) lines.push(`- ${nameOf(host)}: ${NOT_WRITTEN_IN_WORDS[host.reason]}`);
  }
  if (list.leftOut.length > 0) {
    lines.push("", `Left out (${list.leftOut.length}), with what to do instead; Wardbook explains each:`);
    for (const host of list.leftOut) {
      const why = LEFT_OUT_IN_WORDS[host.reason](toolsInWords(host.keptBy));
      lines.push(`- ${nameOf(host)}: ${why}; instead: ${host.instead}`);
    }
  }
  return lines.map((line) => `${mark} ${line}`.trimEnd());
}

function toolsInWords(tools: readonly ToolNamed[]): string {
  const [first] = tools;
  if (first === undefined) return "";
  const name = inOneLine(`${first.product}, ${first.surface}`);
  return tools.length === 1 ? name : `${name} and ${tools.length - 1} more`;
}

/** What people typed, as part of a comment: one line, nothing invisible, short. */
function inOneLine(text: string): string {
  const line = text.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
  const letters = [...line];
  return letters.length > 80 ? `${letters.slice(0, 79).join("")}…` : line;
}

function nameOf({ hostname, wildcard }: { hostname: string; wildcard: boolean }): string {
  return wildcard ? `*.${hostname}` : hostname;
}

function notWritten(hostname: string, reason: NotWritten["reason"]): NotWritten {
  return { hostname, wildcard: reason === "wildcard", reason };
}

function textFile(fileName: string, lines: readonly string[], notWritten: readonly NotWritten[] = []): BlockListFile {
  const bytes = utf8(lines.map((line) => `${line}\n`).join(""));
  return { fileName, mediaType: "text/plain; charset=utf-8", bytes, notWritten };
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Little-endian with its mark, which regedit needs to see more than ASCII. */
function utf16(text: string): Uint8Array<ArrayBuffer> {
  const marked = `\uFEFF${text}`;
  const view = new DataView(new ArrayBuffer(marked.length * 2));
  for (let index = 0; index < marked.length; index += 1) view.setUint16(index * 2, marked.charCodeAt(index), true);
  return new Uint8Array(view.buffer);
}
