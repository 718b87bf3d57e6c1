import "server-only";
import type { Locale, WorkContext } from "#lib/domain/context.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { asksFor, wayOn } from "#lib/domain/tools/requests/rules.ts";
import type { Similar, Similarity, SimilarRequest } from "#lib/domain/tools/requests/schema.ts";
import { toolBeside } from "#lib/domain/tools/requests/store.ts";
import { namesCovering } from "#lib/domain/tools/rules.ts";
import {
  type Asked,
  alikeOf,
  companyWords,
  mayBeSame,
  similarityOf,
  tellingWords,
} from "#lib/domain/tools/similar/rules.ts";
import { type Asker, HOSTNAMES, listCatalogue, toolRows } from "#lib/domain/tools/store.ts";
import { toolSaid, undecided } from "#lib/domain/tools/words/store.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

type Reading = Pick<WorkContext, "today" | "locale" | "timeZone">;

// Few enough that the rest of the form is not pushed off a phone's second screen.
const SIMILAR_TOOLS_MAX = 4;
const SIMILAR_MAX = 2;
const LOOKED_AT_MAX = 300;

/** What the register, the catalogue and the open requests have that may be what is asked for, nearest first. */
export async function findSimilar(
  tx: ClinicTx,
  asked: Asked,
  ctx: Reading,
  asker: Asker,
  /** The request itself, where it stands among them already. */
  ownRequestId: string | null = null,
): Promise<Similar> {
  const found = await candidateTools(tx, asked);
  const near = nearest(
    asked,
    found.map((row) => ({ ...row, hostnames: row.hostnames.map(({ name }) => name) })),
  ).slice(0, SIMILAR_TOOLS_MAX);
  const byId = new Map(found.map((row) => [row.id, row]));
  const rows = await toolRows(
    tx,
    near.flatMap(({ candidate }) => byId.get(candidate.id) ?? []),
    ctx.today,
    asker,
  );
  const nearById = new Map(near.map(({ candidate, by, alike }) => [candidate.id, { by, alike }]));
  return {
    tools: rows.flatMap((row) => {
      const like = nearById.get(row.id);
      return like === undefined ? [] : [{ ...toolBeside(row, ctx.locale), ...like, way: wayOn(row.standing) }];
    }),
    entries: await similarEntries(tx, asked, ctx.locale),
    requests: await similarRequests(tx, asked, ctx, { asker, ownRequestId }),
  };
}

/** A request as far as it says which tool it asks for. */
type AskedRequest = Asked & { readonly toolId: string | null; readonly nameKey: string };

/**
 * Tools of the register that a request asks for: the one it is tied to, else those of exactly the name that was typed, and
 * only where none is called so those that may be the same by name or address. Who named the plan means no other.
 */
export async function findAskedFor(tx: ClinicTx, request: AskedRequest): Promise<string[]> {
  if (request.toolId !== null) return [request.toolId];
  const namesakes = await listNamesakes(tx, request);
  if (namesakes.length > 0 || request.surface !== "") return namesakes;
  const candidates = await candidateTools(tx, request);
  return candidates
    .map((row) => ({ ...row, hostnames: row.hostnames.map(({ name }) => name) }))
    .filter((tool) => mayBeSame(request, tool))
    .map(({ id }) => id);
}

async function listNamesakes(tx: ClinicTx, request: AskedRequest): Promise<string[]> {
  const rows = await tx.tool.findMany({
    where: { nameKey: { contains: ` · ${foldForSearch(request.product)} · ` } },
    select: { id: true, vendor: true, product: true, surface: true },
    orderBy: { nameKey: "asc" },
    take: LOOKED_AT_MAX,
  });
  return rows.filter((tool) => asksFor(request, tool)).map(({ id }) => id);
}

function nearest<C extends Parameters<typeof similarityOf>[1]>(asked: Asked, candidates: readonly C[]) {
  return candidates
    .flatMap((candidate) => {
      const near = similarityOf(asked, candidate);
      return near === null ? [] : [{ candidate, ...near, alike: alikeOf(asked, candidate) }];
    })
    .sort((a, b) => b.weight - a.weight || a.candidate.product.localeCompare(b.candidate.product));
}

/** Register entries that share a host or a word with what is asked for: more than are similar, and never all there are. */
async function candidateTools(tx: ClinicTx, { product, vendor, hostname }: Asked) {
  const names = tellingWords(product);
  const companies = [...companyWords(vendor), ...companyWords(product)];
  const containing = (word: string) => ({ nameKey: { contains: word } });
  const order = [{ product: "asc" as const }, { id: "asc" as const }];
  const include = { hostnames: HOSTNAMES };
  const searches = [
    ...(hostname === ""
      ? []
      : [
          { name: { in: namesCovering(hostname) }, removedAt: null },
          { name: { endsWith: `.${hostname}` }, removedAt: null },
        ].map((some) => ({ hostnames: { some } }))),
    ...(names.length > 0 ? [{ AND: names.map(containing) }, { OR: names.map(containing) }] : []),
    ...(companies.length > 0 ? [{ OR: companies.map(containing) }] : []),
  ];
  const found = new Map<string, Awaited<ReturnType<typeof search>>[number]>();
  const search = (where: (typeof searches)[number]) =>
    tx.tool.findMany({ where, include, orderBy: order, take: LOOKED_AT_MAX });
  for (const where of searches) for (const row of await search(where)) found.set(row.id, row);
  return [...found.values()];
}

async function similarEntries(tx: ClinicTx, asked: Asked, locale: Locale): Promise<Similar["entries"]> {
  const entries = listCatalogue().map((entry) => {
    const { vendor, product, surface } = entry;
    return { vendor, product, surface, hostnames: entry.hostnames.map(({ name }) => name), entry };
  });
  const near = nearest(asked, entries);
  const adopted = await tx.tool.findMany({
    where: { catalogueKey: { in: near.map(({ candidate }) => candidate.entry.key) } },
    select: { catalogueKey: true },
  });
  const taken = new Set(adopted.map(({ catalogueKey }) => catalogueKey));
  return near
    .filter(({ candidate }) => !taken.has(candidate.entry.key))
    .slice(0, SIMILAR_MAX)
    .map(({ candidate: { entry }, by, alike }) => {
      return { ...undecided(entry, locale), by, alike, isProhibited: entry.deepseek !== "none" };
    });
}

async function similarRequests(
  tx: ClinicTx,
  asked: Asked,
  ctx: Reading,
  { asker, ownRequestId }: { asker: Asker; ownRequestId: string | null },
): Promise<SimilarRequest[]> {
  const open = await tx.toolRequest.findMany({
    where: { status: "open", ...(ownRequestId === null ? {} : { id: { not: ownRequestId } }) },
    include: { supporters: { select: { memberId: true, supportedAt: true } } },
    orderBy: [{ requestedAt: "asc" }, { id: "asc" }],
    take: 1000,
  });
  const candidates = open.map((row) => ({ ...row, hostnames: row.hostname === "" ? [] : [row.hostname] }));
  const near = nearest(asked, candidates).map(({ candidate, by, alike }) => {
    return { ...requestSaid(candidate, by, ctx, asker), alike };
  });
  // One's own is never crowded out by what others want.
  const isReaders = ({ isOwn, isSupported, by }: SimilarRequest) => (isOwn || isSupported) && by !== "vendor";
  return near.sort((one, other) => Number(isReaders(other)) - Number(isReaders(one))).slice(0, SIMILAR_MAX);
}

type OpenRow = {
  readonly id: string;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly requestedAt: Date;
  readonly requesterId: string;
  readonly supporters: ReadonlyArray<{ readonly memberId: string; readonly supportedAt: Date }>;
};

/** An open request for whoever might ask the same: without who asked, and what for. */
export function requestSaid(
  { id, requestedAt, requesterId, supporters, ...names }: OpenRow,
  by: Similarity,
  { locale, timeZone }: Pick<Reading, "locale" | "timeZone">,
  asker: Asker,
): SimilarRequest {
  const own = supporters.find(({ memberId }) => memberId === asker?.memberId);
  const since = calendarDateIn(timeZone, own?.supportedAt ?? requestedAt);
  return {
    ...{ ...toolSaid(names, locale), requestId: id, requestedOn: since, by },
    alike: [],
    people: 1 + supporters.length,
    isOwn: requesterId === asker?.memberId,
    isSupported: own !== undefined,
  };
}
