import "server-only";
import { listOfficers } from "#lib/domain/clinic/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import type { Subject } from "#lib/domain/tools/asked-before/rules.ts";
import { type AnswerTo, findAnswers, findAskedBefore } from "#lib/domain/tools/asked-before/store.ts";
import { isYes } from "#lib/domain/tools/look-up/rules.ts";
import { type Instead, type LookUpResult, MayIUseIt } from "#lib/domain/tools/look-up/schema.ts";
import { findMeant, type Meant, productsNear, type Question, requireMeant } from "#lib/domain/tools/look-up/store.ts";
import { hostnameIn, namingWords } from "#lib/domain/tools/rules.ts";
import type { Catalogued } from "#lib/domain/tools/schema.ts";
import { askerOf } from "#lib/domain/tools/store.ts";
import { type Work, workOf } from "#lib/domain/tools/usable/rules.ts";
import { findInstead } from "#lib/domain/tools/usable/store.ts";
import { undecided } from "#lib/domain/tools/words/store.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const CATALOGUE_SHOWN_MAX = 10;

/**
 * "May I use it?": what a name or an address may mean in this clinic, with the answer for what would go in, the best match
 * first. What nobody has decided on is for the privacy officer to answer, and never a yes.
 */
export const getMayIUseIt = defineQuery("may-i-use-it", "tool.look_up", MayIUseIt, async ({ tx, ctx }, input) => {
  const { q, goesIn, toolId } = input;
  const officers = await listOfficers(tx, ctx.today);
  const hostname = hostnameIn(q);
  const asker = askerOf(ctx);
  const question: Question = { text: q, hostname, goesIn, asker, ctx };
  const isReadable = toolId !== null || hostname !== null || namingWords(q).length > 0;
  const nothing = { meant: [], inCatalogue: [] };
  const found = toolId !== null ? requireMeant(tx, toolId, question) : isReadable ? findMeant(tx, question) : nothing;
  const { meant, inCatalogue } = await found;
  const tools = meant.map(({ tool }) => subjectOf(tool));
  const shown = inCatalogue.slice(0, CATALOGUE_SHOWN_MAX).map((entry) => ({ entry, subject: subjectOf(entry) }));
  const entries = shown.map(({ subject }) => subject);
  const subjects = subjectsOf(question, tools, entries);
  const reader = { asker, goesIn };
  const answerTo = await findAnswers(tx, [...new Set([...subjects, ...tools, ...entries])], ctx, reader);
  const isUnknown = isReadable && meant.length === 0 && inCatalogue.length === 0;
  return {
    asked: askedAs(q, hostname, meant, toolId),
    goesIn,
    // Signs and pictures alone name nothing.
    isReadable,
    results: meant.map(({ result }, index) => withAnswer(result, answerTo, tools[index])),
    inCatalogue: shown.map(({ entry, subject }) => ({
      ...undecided(entry, ctx.locale),
      answered: answerTo.get(subject)?.status ?? null,
    })),
    ...(await insteadOf(tx, question, meant, inCatalogue)),
    nearMisses: isUnknown ? await productsNear(tx, hostname ?? q) : [],
    before: await findAskedBefore(tx, subjects, ctx, reader, answerTo),
    officers,
  };
});

const SUBJECTS_MAX = 5;

/** The tools that the question may be about, the nearest first; what nobody here knows, as it was typed. */
function subjectsOf(
  { text, hostname }: Question,
  tools: readonly Subject[],
  entries: readonly Subject[],
): readonly Subject[] {
  const hostnames = hostname === null ? [] : [hostname];
  const known = (tools.length > 0 ? tools : entries).slice(0, SUBJECTS_MAX);
  const product = hostname === null ? namingWords(text).join(" ") : "";
  if (hostname === null && (known.length > 0 || product === "")) return known;
  return [...known, { toolId: null, vendor: "", product, surface: "", hostnames }];
}

function subjectOf(tool: Catalogued | Meant["tool"]): Subject {
  const { vendor, product, surface } = tool;
  return { toolId: "toolId" in tool ? tool.toolId : null, vendor, product, surface, hostnames: [] };
}

/** Nobody is invited to ask for what the clinic said no to, or another tool, as long as that stands. */
function withAnswer(result: LookUpResult, answerTo: AnswerTo, subject: Subject | undefined): LookUpResult {
  const answer = subject && answerTo.get(subject);
  return answer === undefined || answer.status === "granted" ? result : { ...result, mayAskFor: false };
}

// Of an address only the host is said back: the rest may carry a password or a patient.
function askedAs(q: string, hostname: string | null, [first]: readonly Meant[], toolId: string | null): string {
  if (toolId !== null && first !== undefined) return `${first.tool.product}, ${first.tool.surface}`;
  return hostname ?? [...q].slice(0, 120).join("");
}

type SomethingElse = {
  readonly instead: readonly Instead[];
  /** The work that no tool may be used for today, where something else was looked for and nothing found. */
  readonly nothingFor: Work | null;
};

const NOT_NEEDED: SomethingElse = { instead: [], nothingFor: null };

/** What may be used where the best match may not. */
async function insteadOf(
  tx: ClinicTx,
  question: Question,
  meant: readonly Meant[],
  [entry]: readonly Catalogued[],
): Promise<SomethingElse> {
  const [first] = meant;
  const not = first?.tool ?? (entry === undefined ? undefined : { ...entry, toolId: null });
  const isAllowed = ({ result }: Meant) => isYes(result.standing.standing, question.goesIn);
  if (not === undefined || (first !== undefined && isAllowed(first))) return NOT_NEEDED;
  const instead = await findInstead(tx, not, question);
  return { instead, nothingFor: instead.length > 0 || meant.some(isAllowed) ? null : workOf(not.category) };
}
