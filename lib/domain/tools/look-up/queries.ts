import "server-only";
import { listOfficers } from "#lib/domain/clinic/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { type LookUpResult, MayIUseIt } from "#lib/domain/tools/look-up/schema.ts";
import { findToolsMeant, LOOK_UP_RESULTS_MAX } from "#lib/domain/tools/look-up/store.ts";
import {
  hostnameIn,
  nameKeyOf,
  namesCovering,
  namesDeepseek,
  namingWords,
  whyFitsDecision,
} from "#lib/domain/tools/rules.ts";
import type { Catalogued, StandingWithReasons } from "#lib/domain/tools/schema.ts";
import { askerOf, listCatalogue } from "#lib/domain/tools/store.ts";

/**
 * "May I use it?": what a name or an address may mean in this clinic's register, with each one's standing. DeepSeek's own
 * surfaces answer even where nobody has adopted them; what nobody has decided on is for the privacy officer to answer.
 */
export const getMayIUseIt = defineQuery("may-i-use-it", "tool.look_up", MayIUseIt, async ({ tx, ctx }, { q }) => {
  const hostname = hostnameIn(q);
  const officers = await listOfficers(tx, ctx.today);
  if (q === "") return { asked: "", hostname: null, results: [], inCatalogue: [], officers };
  const known = await findToolsMeant(tx, { text: q, hostname }, ctx.today, askerOf(ctx));
  const results = known.map(
    (tool): LookUpResult => ({
      toolId: tool.id,
      vendor: tool.vendor,
      product: tool.product,
      surface: tool.surface,
      standing: tool.standing,
      conditions: tool.conditions,
      why: whyFitsDecision(tool) ? tool.why[ctx.locale] : "",
    }),
  );
  const meant = catalogueMeant(q, hostname);
  const adopted = await tx.tool.findMany({
    where: { catalogueKey: { in: meant.map((entry) => entry.key) } },
    select: { id: true, catalogueKey: true },
  });
  const toolIdByKey = new Map(adopted.map((tool) => [tool.catalogueKey, tool.id]));
  const shown = new Set(known.map((tool) => tool.id));
  // An adopted surface of DeepSeek's own may be meant by words that aren't its name.
  const always = meant
    .map((entry) => ({ entry, toolId: toolIdByKey.get(entry.key) ?? null }))
    .filter(({ entry, toolId }) =>
      toolId === null ? entry.deepseek !== "none" : entry.deepseek === "own" && !shown.has(toolId),
    )
    .map(({ entry, toolId }) => prohibitedByRule(entry, toolId, ctx.locale));
  const inCatalogue = meant
    .filter((entry) => entry.deepseek === "none" && !toolIdByKey.has(entry.key))
    .map(({ product, surface }) => ({ product, surface }));
  return {
    // Of an address only the host is said back: the rest may carry a password or a patient.
    asked: hostname ?? [...q].slice(0, 120).join(""),
    hostname,
    results: [...results, ...always].slice(0, LOOK_UP_RESULTS_MAX),
    inCatalogue: inCatalogue.slice(0, 10),
    officers,
  };
});

function prohibitedByRule(entry: Catalogued, toolId: string | null, locale: "en" | "es"): LookUpResult {
  const { vendor, product, surface } = entry;
  const reason = entry.deepseek === "own" ? "deepseek_own" : "deepseek_blanket";
  const standing: StandingWithReasons = { standing: "may_not_use", reasons: [reason] };
  return { toolId, vendor, product, surface, standing, conditions: [], why: entry.why[locale] };
}

function catalogueMeant(text: string, hostname: string | null): Catalogued[] {
  const meant = hostname === null ? cataloguedByName(text) : cataloguedByHostname(hostname);
  // "DeepSeek V9 for iPad" is no entry's name, and still nothing to leave open.
  if (meant.length > 0 || !namesDeepseek(text)) return meant;
  return listCatalogue().filter((entry) => entry.deepseek === "own");
}

function cataloguedByHostname(hostname: string): Catalogued[] {
  const names = new Set(namesCovering(hostname));
  return listCatalogue().filter((entry) =>
    entry.hostnames.some(({ name }) => names.has(name) || name.endsWith(`.${hostname}`)),
  );
}

function cataloguedByName(text: string): Catalogued[] {
  const words = namingWords(text);
  if (words.length === 0) return [];
  return listCatalogue().filter((entry) => words.every((word) => nameKeyOf(entry).includes(word)));
}
