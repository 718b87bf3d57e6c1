import "server-only";
import { foldForSearch } from "#lib/domain/text.ts";
import { namesCovering, namingWords } from "#lib/domain/tools/rules.ts";
import { ToolFacts } from "#lib/domain/tools/schema.ts";
import { type Asker, HOSTNAMES, toolRows } from "#lib/domain/tools/store.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

export const LOOK_UP_RESULTS_MAX = 20;

/** Tools that a name or an address may mean, best first, at most LOOK_UP_RESULTS_MAX. */
export async function findToolsMeant(
  tx: ClinicTx,
  asked: { text: string; hostname: string | null },
  today: CalendarDate,
  asker: Asker,
) {
  const atHost = asked.hostname === null ? [] : await findByHostname(tx, asked.hostname);
  // "Copy.ai" is a name as well as an address, so what reads like an address is looked up as a name too.
  const shown = new Set(atHost.map((row) => row.id));
  const byName = (await findByName(tx, asked.text)).filter((row) => !shown.has(row.id));
  const found = [...atHost, ...byName].slice(0, LOOK_UP_RESULTS_MAX);
  const rows = await toolRows(tx, found, today, asker);
  const whyOf = new Map(found.map((row) => [row.id, ToolFacts.parse(row.facts).why]));
  return rows.map((row) => ({ ...row, why: whyOf.get(row.id) ?? { en: "", es: "" } }));
}

async function findByName(tx: ClinicTx, text: string) {
  const words = namingWords(text);
  if (words.length === 0) return [];
  const rows = await tx.tool.findMany({
    where: { AND: words.map((word) => ({ nameKey: { contains: word } })) },
    orderBy: [{ product: "asc" }, { nameKey: "asc" }],
    take: 200,
  });
  // A product of that name before one that only mentions it: DeepSeek's app before its model on somebody's servers.
  const named = (row: { product: string }) => words.every((word) => foldForSearch(row.product).includes(word));
  return [...rows.filter(named), ...rows.filter((row) => !named(row))].slice(0, LOOK_UP_RESULTS_MAX);
}

async function findByHostname(tx: ClinicTx, hostname: string) {
  const exact = await tx.tool.findMany({
    where: { hostnames: { some: { name: { in: namesCovering(hostname) }, removedAt: null } } },
    include: { hostnames: HOSTNAMES },
    orderBy: [{ product: "asc" }, { nameKey: "asc" }],
    take: 200,
  });
  const below = await tx.tool.findMany({
    where: {
      hostnames: { some: { name: { endsWith: `.${hostname}` }, removedAt: null } },
      id: { notIn: exact.map((row) => row.id) },
    },
    include: { hostnames: HOSTNAMES },
    orderBy: [{ product: "asc" }, { nameKey: "asc" }],
    take: LOOK_UP_RESULTS_MAX,
  });
  const names = namesCovering(hostname);
  const nearness = (row: (typeof exact)[number]) =>
    Math.min(...row.hostnames.map((own) => names.indexOf(own.name)).filter((index) => index >= 0));
  return [...exact.sort((a, b) => nearness(a) - nearness(b)), ...below].slice(0, LOOK_UP_RESULTS_MAX);
}
