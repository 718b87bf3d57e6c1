import "server-only";
import type { Locale, WorkContext } from "#lib/domain/context.ts";
import { exceptionEnds } from "#lib/domain/tools/exceptions/store.ts";
import {
  byMatch,
  hostRank,
  isAboutAccount,
  type Match,
  mayAskFor,
  nameRanks,
  namesIn,
  nearMisses,
  piecesOf,
  saysAddress,
  saysAll,
  saysTogether,
  sentenceOf,
  verdictsOf,
} from "#lib/domain/tools/look-up/rules.ts";
import type { LookUpResult } from "#lib/domain/tools/look-up/schema.ts";
import type { GoesIn } from "#lib/domain/tools/requests/schema.ts";
import { nameKeyOf, namesCovering, namesDeepseek, namingWords, whyFitsDecision } from "#lib/domain/tools/rules.ts";
import {
  type Catalogued,
  type Said,
  STATUSES,
  type Standing,
  type StandingWithReasons,
  type Status,
  ToolFacts,
} from "#lib/domain/tools/schema.ts";
import { type Asker, HOSTNAMES, listCatalogue, toolRows } from "#lib/domain/tools/store.ts";
import { workOf } from "#lib/domain/tools/usable/rules.ts";
import { toolSaid, wordsIn } from "#lib/domain/tools/words/store.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

export const LOOK_UP_RESULTS_MAX = 20;

/** More than are shown, so that the best are among them; never all there are. */
const LOOKED_AT_MAX = 200;
const NAMES_LOOKED_AT_MAX = 500;

/** A tool by its names as they stand in the register or the catalogue. */
export type Named = {
  readonly toolId: string | null;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly category: string;
};

export type Meant = { readonly rank: number; readonly tool: Named; readonly result: LookUpResult };

/** What is asked, by whom and when. */
export type Question = {
  readonly text: string;
  readonly hostname: string | null;
  readonly goesIn: GoesIn | null;
  readonly asker: Asker;
  readonly ctx: Pick<WorkContext, "today" | "locale">;
};

/** What the question may mean: tools of the register, and DeepSeek's own even where nobody has adopted them. Best first. */
export async function findMeant(tx: ClinicTx, question: Question) {
  const ranked = await rankedTools(tx, question);
  const entries = entriesMeant(question);
  const toolIdByKey = await adoptedAs(tx, entries);
  // An adopted surface of DeepSeek's own may be meant by words that aren't its name.
  const own = entries.flatMap(({ entry, rank }) => {
    const id = entry.deepseek === "own" ? toolIdByKey.get(entry.key) : undefined;
    return id === undefined || ranked.has(id) ? [] : [[id, rank] as const];
  });
  const known = await knownTools(tx, new Map([...ranked, ...own]), question);
  const byRule = entries
    .filter(({ entry }) => entry.deepseek !== "none" && !toolIdByKey.has(entry.key))
    .map(({ entry, rank }) => ({ rank, tool: { ...entry, toolId: null }, result: prohibitedByRule(entry, question) }));
  const { hostname } = question;
  const meant = [...known, ...byRule].sort((one, other) =>
    byMatch(
      matchOf(one, one.result.standing.standing, hostname),
      matchOf(other, other.result.standing.standing, hostname),
    ),
  );
  const inCatalogue = entries
    .filter(({ entry }) => entry.deepseek === "none" && !toolIdByKey.has(entry.key))
    .map(({ entry, rank }) => ({ rank, tool: { ...entry, toolId: null } }))
    .sort((one, other) => byMatch(matchOf(one, "ask", hostname), matchOf(other, "ask", hostname)))
    .map(({ tool }) => tool);
  return { meant: meant.slice(0, LOOK_UP_RESULTS_MAX), inCatalogue };
}

function matchOf({ rank, tool }: Pick<Meant, "rank" | "tool">, standing: Standing, hostname: string | null): Match {
  const { product, surface, category } = tool;
  return {
    ...{ rank, standing, product, surface },
    saysAddress: hostname === null ? 0 : saysAddress(hostname, namesIn(nameKeyOf(tool))),
    isForSoftware: workOf(category) === "software",
  };
}

/** The tool that a link names. */
export async function requireMeant(tx: ClinicTx, toolId: string, question: Question) {
  const [meant] = await knownTools(tx, new Map([[toolId, 0]]), question);
  if (meant === undefined) throw new NotFound();
  return { meant: [meant], inCatalogue: [] };
}

/** Tools of the register by how near they are, the nearest LOOK_UP_RESULTS_MAX of them. */
async function rankedTools(tx: ClinicTx, question: Question): Promise<Map<string, number>> {
  const { hostname } = question;
  const ranked = new Map<string, Ranked>(await findByName(tx, question));
  // "Copy.ai" is a name as well as an address, so what reads like an address is looked up as both.
  if (hostname !== null) for (const [id, row] of await findByHostname(tx, hostname)) ranked.set(id, row);
  const nearest = [...ranked].sort(([, a], [, b]) => a.rank - b.rank || carefulness(a.status) - carefulness(b.status));
  return new Map(nearest.slice(0, LOOK_UP_RESULTS_MAX).map(([id, { rank }]) => [id, rank]));
}

type Ranked = { readonly rank: number; readonly status: Status };

// The list goes from what is approved to what is not.
function carefulness(status: Status): number {
  return STATUSES.length - STATUSES.indexOf(status);
}

async function findByName(tx: ClinicTx, question: Question): Promise<Array<[id: string, Ranked]>> {
  const { text } = question;
  const words = namingWords(text);
  if (words.length === 0) return [];
  const rankOf = nameRanks(text);
  const any = await nameKeysWith(tx, words);
  // A product of exactly that name is never lost among the many that only mention it.
  const same = any.length < NAMES_LOOKED_AT_MAX ? [] : await nameKeysWith(tx, [` · ${words.join(" ")} · `]);
  const ranks = [...new Set([...same, ...any])]
    .filter((nameKey) => isNamedIn(question, nameKey))
    .map((nameKey) => [nameKey, rankOf(namesIn(nameKey))] as const);
  const nearest = new Map([...ranks].sort(([, a], [, b]) => a - b).slice(0, LOOKED_AT_MAX));
  const rows = await tx.tool.findMany({
    where: { nameKey: { in: [...nearest.keys()] } },
    select: { id: true, nameKey: true, status: true },
  });
  return rows.map(({ id, nameKey, status }) => [id, { rank: nearest.get(nameKey) ?? 0, status: status as Status }]);
}

/** Name keys that have all these parts. Asked for by themselves they come out of their index, without the tools. */
async function nameKeysWith(tx: ClinicTx, parts: readonly string[]): Promise<string[]> {
  const rows = await tx.tool.findMany({
    where: { AND: parts.map((part) => ({ nameKey: { contains: part } })) },
    select: { nameKey: true },
    orderBy: { nameKey: "asc" },
    take: NAMES_LOOKED_AT_MAX,
  });
  return rows.map(({ nameKey }) => nameKey);
}

async function findByHostname(tx: ClinicTx, hostname: string): Promise<Array<[id: string, Ranked]>> {
  const exact = await toolIdsNamed(tx, { in: namesCovering(hostname) });
  const below = await toolIdsNamed(tx, { endsWith: `.${hostname}` });
  const rows = await tx.tool.findMany({
    where: { id: { in: [...exact, ...below] } },
    select: { id: true, status: true, hostnames: { ...HOSTNAMES, select: { name: true } } },
  });
  return rows.flatMap(({ id, status, hostnames }) => {
    const rank = hostRank(
      hostname,
      hostnames.map(({ name }) => name),
    );
    return rank === null ? [] : [[id, { rank, status: status as Status }] as [string, Ranked]];
  });
}

async function toolIdsNamed(tx: ClinicTx, name: { in: string[] } | { endsWith: string }): Promise<string[]> {
  const names = await tx.toolHostname.findMany({
    where: { name, removedAt: null },
    select: { toolId: true },
    orderBy: [{ name: "asc" }, { toolId: "asc" }],
    take: LOOKED_AT_MAX,
  });
  return names.map(({ toolId }) => toolId);
}

/** Tools of the register by id, as the answers they are for the one who asks. */
async function knownTools(tx: ClinicTx, ranks: ReadonlyMap<string, number>, question: Question): Promise<Meant[]> {
  const { asker, ctx } = question;
  if (ranks.size === 0) return [];
  const rows = await tx.tool.findMany({ where: { id: { in: [...ranks.keys()] } } });
  const factsOf = new Map(rows.map((row) => [row.id, ToolFacts.parse(row.facts)]));
  const tools = await toolRows(tx, rows, ctx.today, asker);
  const untilOf = await exceptionEnds(tx, tools, ctx.today, asker);
  const said = wordsIn(ctx.locale);
  return tools.map((tool) => {
    const conditions = tool.conditions.map((text) => ({
      said: said("conditions", text),
      account: isAboutAccount(text),
    }));
    const result: LookUpResult = {
      ...toolSaid(tool, ctx.locale),
      ...answerOf(tool.standing, question),
      toolId: tool.id,
      catalogueKey: null,
      conditions: conditions.filter(({ account }) => !account).map((condition) => condition.said),
      accounts: conditions.filter(({ account }) => account).map((condition) => condition.said),
      exceptionUntil: untilOf.get(tool.id) ?? null,
      why: whyFitsDecision(tool) ? whySaid(factsOf.get(tool.id)?.why, tool.recommendation, ctx.locale) : null,
    };
    return { rank: ranks.get(tool.id) ?? 0, tool: { ...tool, toolId: tool.id }, result };
  });
}

function answerOf(standing: StandingWithReasons, { goesIn }: Question) {
  return {
    standing,
    verdicts: verdictsOf(standing.standing),
    sentence: sentenceOf(standing.standing, goesIn),
    mayAskFor: mayAskFor(standing, goesIn),
  };
}

// What a person typed about a tool stands in both languages as they wrote it, and is nobody's recommendation.
function whySaid(why: ToolFacts["why"] | undefined, recommendation: Status | null, locale: Locale): Said | null {
  if (why === undefined || why.en === "") return null;
  if (locale === "en") return { text: why.en };
  return recommendation === null ? { text: why.en, lang: "en" } : { text: why.es };
}

function prohibitedByRule(entry: Catalogued, question: Question): LookUpResult {
  const reason = entry.deepseek === "own" ? "deepseek_own" : "deepseek_blanket";
  const { locale } = question.ctx;
  return {
    ...toolSaid(entry, locale),
    ...answerOf({ standing: "may_not_use", reasons: [reason] }, question),
    toolId: null,
    catalogueKey: entry.key,
    conditions: [],
    accounts: [],
    exceptionUntil: null,
    why: { text: entry.why[locale] },
  };
}

async function adoptedAs(tx: ClinicTx, entries: ReadonlyArray<{ entry: Catalogued }>): Promise<Map<string, string>> {
  if (entries.length === 0) return new Map();
  const adopted = await tx.tool.findMany({
    where: { catalogueKey: { in: entries.map(({ entry }) => entry.key) } },
    select: { id: true, catalogueKey: true },
  });
  return new Map(adopted.map((tool) => [tool.catalogueKey ?? "", tool.id]));
}

let nameKeys: ReadonlyMap<Catalogued, string> | undefined;

// The catalogue doesn't change while a process runs, and folding all its names takes longer than the look-up.
function catalogueNameKeys(): ReadonlyMap<Catalogued, string> {
  nameKeys ??= new Map(listCatalogue().map((entry) => [entry, nameKeyOf(entry)]));
  return nameKeys;
}

/** Whether a name key says what was typed. What reads like an address is looked up by it, and is one name where it is any. */
function isNamedIn({ text, hostname }: Question, nameKey: string): boolean {
  const words = namingWords(text);
  return hostname === null ? saysAll(nameKey, words) : saysTogether(nameKey, words);
}

function entriesMeant(question: Question): Array<{ entry: Catalogued; rank: number }> {
  const { text, hostname } = question;
  const byName = entriesByName(question);
  const meant = hostname === null ? byName : nearestOnce([...entriesByHostname(hostname), ...byName]);
  // "DeepSeek V9 for iPad" is no entry's name, and still nothing to leave open.
  if (meant.length > 0 || !namesDeepseek(text)) return meant;
  const rankOf = nameRanks(text);
  return [...catalogueNameKeys()]
    .filter(([entry]) => entry.deepseek === "own")
    .map(([entry, nameKey]) => ({ entry, rank: rankOf(namesIn(nameKey)) }));
}

// Those by address come first, and are the nearer ones.
function nearestOnce(entries: Array<{ entry: Catalogued; rank: number }>) {
  return [...new Map([...entries].reverse().map((meant) => [meant.entry.key, meant])).values()];
}

function entriesByHostname(hostname: string) {
  return listCatalogue().flatMap((entry) => {
    const rank = hostRank(
      hostname,
      entry.hostnames.map(({ name }) => name),
    );
    return rank === null ? [] : [{ entry, rank }];
  });
}

function entriesByName(question: Question) {
  if (namingWords(question.text).length === 0) return [];
  const rankOf = nameRanks(question.text);
  return [...catalogueNameKeys()]
    .filter(([, nameKey]) => isNamedIn(question, nameKey))
    .map(([entry, nameKey]) => ({ entry, rank: rankOf(namesIn(nameKey)) }));
}

/** Products of the register and of the catalogue that what was typed may be a slip of. */
export async function productsNear(tx: ClinicTx, asked: string): Promise<string[]> {
  const productOf = new Map([...catalogueNameKeys()].map(([entry, key]) => [namesIn(key).product, entry.product]));
  const keys = await tx.tool.findMany({
    where: { OR: piecesOf(asked).map((piece) => ({ nameKey: { contains: piece } })) },
    select: { nameKey: true },
  });
  const keyOf = new Map(keys.map(({ nameKey }) => [namesIn(nameKey).product, nameKey]));
  const near = nearMisses(asked, [...productOf.keys(), ...keyOf.keys()]);
  const rows = await tx.tool.findMany({
    where: { nameKey: { in: near.flatMap((product) => keyOf.get(product) ?? []) } },
    select: { product: true, nameKey: true },
  });
  for (const { product, nameKey } of rows) productOf.set(namesIn(nameKey).product, product);
  return near.flatMap((product) => productOf.get(product) ?? []);
}
