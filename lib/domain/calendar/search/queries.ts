import "server-only";
import { bestNamed, entryAsked, wordsAsked } from "#lib/domain/calendar/search/rules.ts";
import { HITS_MAX, type Hit, type SearchAnswer, SearchClinic } from "#lib/domain/calendar/search/schema.ts";
import type { WorkContext } from "#lib/domain/context.ts";
import { requireHead } from "#lib/domain/ledger/store.ts";
import { can } from "#lib/domain/permissions.ts";
import { newestVersions } from "#lib/domain/policies/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** How many rows that hold the words are put in order; beyond it the first by name. */
const LOOKED_AT_MAX = 200;

/** What the clinic has by that name, of what the reader may open. */
export const searchClinic = defineQuery(
  "search-clinic",
  "calendar.read",
  SearchClinic,
  async ({ tx, ctx }, { q }): Promise<SearchAnswer> => ({
    hits: [
      ...(await entries(tx, ctx, q)),
      ...(await tools(tx, ctx, q)),
      ...(can(ctx, "vendor.read") ? await vendors(tx, q) : []),
      ...(can(ctx, "member.read") ? await people(tx, q) : []),
      ...(can(ctx, "tool_request.read") ? await requests(tx, q) : []),
      ...(can(ctx, "policy.read") ? await policies(tx, ctx, q) : []),
    ],
  }),
);

async function entries(tx: ClinicTx, ctx: WorkContext, q: string): Promise<Hit[]> {
  const seq = can(ctx, "ledger.read") ? entryAsked(q) : null;
  if (seq === null || seq >= (await requireHead(tx)).size) return [];
  return [{ kind: "entry", id: String(seq), path: `/ledger?entry=${seq}#entry-${seq}`, name: `#${seq}`, detail: "" }];
}

async function tools(tx: ClinicTx, ctx: WorkContext, q: string): Promise<Hit[]> {
  if (!can(ctx, "tool.read") && !can(ctx, "tool.look_up")) return [];
  const rows = await tx.tool.findMany({
    where: named(q),
    select: { id: true, vendor: true, product: true, surface: true },
    orderBy: { nameKey: "asc" },
    take: LOOKED_AT_MAX,
  });
  const best = bestNamed(rows, ({ product, surface, vendor }) => `${product} ${surface} ${vendor}`, q, HITS_MAX);
  // Who doesn't read the register asks what they may do with the tool.
  const pathOf = (tool: (typeof rows)[number]) =>
    can(ctx, "tool.read") ? `/tools/${tool.id}` : `/may-i-use-it?q=${encodeURIComponent(tool.product)}`;
  return best.map((tool) => ({
    ...{ kind: "tool", id: tool.id, path: pathOf(tool), name: `${tool.product}, ${tool.surface}`, detail: tool.vendor },
  }));
}

async function vendors(tx: ClinicTx, q: string): Promise<Hit[]> {
  const rows = await tx.vendor.findMany({
    where: named(q),
    select: { id: true, name: true, jurisdiction: true },
    orderBy: { nameKey: "asc" },
    take: LOOKED_AT_MAX,
  });
  return bestNamed(rows, ({ name }) => name, q, HITS_MAX).map(({ id, name, jurisdiction }) => ({
    ...{ kind: "vendor", id, path: `/vendors/${id}`, name, detail: jurisdiction },
  }));
}

// No column holds a person's name folded, and a clinic's people are few enough to be looked at one by one.
async function people(tx: ClinicTx, q: string): Promise<Hit[]> {
  const rows =
    wordsAsked(q).length === 0 ? [] : await tx.member.findMany({ select: { id: true, name: true, jobTitle: true } });
  return bestNamed(rows, ({ name }) => name, q, HITS_MAX).map(({ id, name, jobTitle }) => ({
    ...{ kind: "person", id, path: `/people/${id}`, name, detail: jobTitle },
  }));
}

async function requests(tx: ClinicTx, q: string): Promise<Hit[]> {
  const rows = await tx.toolRequest.findMany({
    where: named(q),
    select: { id: true, product: true, requester: { select: { name: true } } },
    orderBy: { requestedAt: "desc" },
    take: LOOKED_AT_MAX,
  });
  return bestNamed(rows, ({ product }) => product, q, HITS_MAX).map(({ id, product, requester }) => ({
    ...{ kind: "request", id, path: `/requests/${id}`, name: product, detail: requester.name },
  }));
}

async function policies(tx: ClinicTx, ctx: WorkContext, q: string): Promise<Hit[]> {
  const versions = (await newestVersions(tx)).map(({ id, code, texts }) => ({
    id,
    code,
    title: texts[ctx.locale].title,
  }));
  return bestNamed(versions, ({ code, title }) => `${code} ${title}`, q, HITS_MAX).map(({ id, code, title }) => ({
    ...{ kind: "policy", id, path: `/policies/${code}`, name: title, detail: code },
  }));
}

// Folded words hold letters and digits only, so the database finds no pattern in them.
function named(q: string) {
  const words = wordsAsked(q);
  return words.length === 0 ? { id: { in: [] } } : { AND: words.map((word) => ({ nameKey: { contains: word } })) };
}
