import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import {
  type DecisionBasis,
  type DeepseekRelation,
  isApproval,
  type StandingReason,
  type StandingWithReasons,
  type Status,
} from "#lib/domain/tools/schema.ts";
import { coverageOn } from "#lib/domain/vendors/rules.ts";
import type { CoverageFacts, CoverageGap } from "#lib/domain/vendors/schema.ts";
import { addDays, type CalendarDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Facts that a standing rests on. */
export type StandingFacts = {
  readonly status: Status;
  readonly deepseek: DeepseekRelation;
  readonly narrowed: boolean;
  readonly reviewOn: CalendarDate | null;
  /** Whether somebody has decided; a tool that was only adopted waits for its first decision. */
  readonly decided: boolean;
  /** What BAAs and the inference path cover; asked for only where the status is `approved_for_phi`. */
  readonly coverage: CoverageFacts | null;
  /** Whether an exception for the one who asks is in force today. */
  readonly excepted: boolean;
};

/**
 * What the decision in force is worth on a day. Prohibitions beat everything but an exception, which lifts no further than
 * use without patient data and never DeepSeek. An approval past its review date, or one for patient data that a BAA in
 * force and a covered path don't back (45 CFR 164.502(e), 164.504(e)), falls back to asking, with every reason.
 */
export function standingOf(facts: StandingFacts, today: CalendarDate): StandingWithReasons {
  if (facts.deepseek === "own") return may("may_not_use", "deepseek_own");
  if (facts.deepseek === "hosted" && !facts.narrowed) return may("may_not_use", "deepseek_blanket");
  switch (facts.status) {
    case "prohibited":
      return facts.excepted ? may("may_use_without_phi", "exception") : may("may_not_use", "prohibited");
    case "retired":
      return may("may_not_use", "retired");
    case "needs_review":
      if (facts.excepted) return may("may_use_without_phi", "exception");
      return may("ask", facts.decided ? "under_review" : "not_decided");
    case "not_for_phi":
      return isPast(facts.reviewOn, today)
        ? may("ask", "approval_past_date")
        : may("may_use_without_phi", "approved_without_phi");
    case "approved_for_phi": {
      const lacks: StandingReason[] = isPast(facts.reviewOn, today) ? ["approval_past_date"] : [];
      lacks.push(...gapsOn(facts.coverage, today));
      return lacks.length > 0 ? may("ask", ...lacks) : may("may_use_with_phi", "approved_with_phi");
    }
    default: {
      const unhandled: never = facts.status;
      return unhandled;
    }
  }
}

// Unknown is never covered.
function gapsOn(coverage: CoverageFacts | null, today: CalendarDate): readonly CoverageGap[] {
  return coverage === null ? ["no_baa_on_record", "path_not_on_record"] : coverageOn(coverage, today).gaps;
}

function may(standing: StandingWithReasons["standing"], ...reasons: StandingReason[]): StandingWithReasons {
  return { standing, reasons };
}

function isPast(reviewOn: CalendarDate | null, today: CalendarDate): boolean {
  return reviewOn !== null && reviewOn < today;
}

export const REVIEW_YEARS_MAX = 3;

export type DecisionFacts = {
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly deepseek: DeepseekRelation;
  readonly narrowed: boolean;
  readonly status: Status;
  readonly conditions: readonly string[];
  readonly reviewOn: CalendarDate | null;
  /** Needed only for an approval for patient data. */
  readonly coverage: CoverageFacts | null;
};

/** Refuses a decision that the rules forbid, saying which rule and the way on; returns nothing when it may be made. */
export function assertMayDecide(facts: DecisionFacts, today: CalendarDate): void {
  const names = { product: facts.product, surface: facts.surface, vendor: facts.vendor };
  if (facts.deepseek === "own") throw refuse("tool.deepseek_own_stays_prohibited", names, "status");
  if (facts.deepseek === "hosted" && !facts.narrowed && facts.status !== "prohibited" && facts.status !== "retired") {
    throw refuse("tool.deepseek_not_narrowed", names, "status");
  }
  if (facts.status === "approved_for_phi") assertCovered(facts.coverage, names, today);
  if (isApproval(facts.status) && facts.conditions.length === 0) {
    throw refuse("tool.approval_needs_conditions", names, "conditions");
  }
  if (facts.reviewOn === null) return;
  if (facts.reviewOn <= today) throw refuse("tool.review_not_in_future", { today }, "reviewOn");
  const latest = addDays(today, REVIEW_YEARS_MAX * 365);
  if (facts.reviewOn > latest) throw refuse("tool.review_too_far", { latest }, "reviewOn");
}

// A BAA comes before the path: without one there is nobody whose path matters.
function assertCovered(coverage: CoverageFacts | null, names: Record<string, string>, today: CalendarDate): void {
  const { gaps, uncovered } = coverage === null ? NOTHING_ON_RECORD : coverageOn(coverage, today);
  const [gap] = gaps;
  if (gap === undefined) return;
  throw refuse(APPROVAL_LACKS[gap], { ...names, uncovered: uncovered.join(", ") }, "status");
}

const APPROVAL_LACKS = {
  no_baa_on_record: "tool.approval_lacks.no_baa_on_record",
  baa_not_signed: "tool.approval_lacks.baa_not_signed",
  baa_not_yet_effective: "tool.approval_lacks.baa_not_yet_effective",
  baa_expired: "tool.approval_lacks.baa_expired",
  baa_terminated: "tool.approval_lacks.baa_terminated",
  baa_names_other_surface: "tool.approval_lacks.baa_names_other_surface",
  path_not_on_record: "tool.approval_lacks.path_not_on_record",
  hop_uncovered: "tool.approval_lacks.hop_uncovered",
} as const satisfies Record<CoverageGap, string>;

const NOTHING_ON_RECORD = { gaps: ["no_baa_on_record" as const], uncovered: [] as string[] };

/** Only DeepSeek weights on another host can leave the blanket; its own surfaces never do, and other tools aren't under it. */
export function assertMayNarrow(tool: {
  product: string;
  surface: string;
  deepseek: DeepseekRelation;
  deepseekNarrowed: boolean;
}): void {
  const names = { product: tool.product, surface: tool.surface };
  if (tool.deepseek === "own") throw refuse("deepseek_narrowing.own_surface", names);
  if (tool.deepseek === "none") throw refuse("deepseek_narrowing.not_deepseek", names);
  if (tool.deepseekNarrowed) throw refuse("deepseek_narrowing.already_open", names);
}

/** The status that adoption gives, and on which ground: only what is prohibited applies at once. */
export function statusOnAdoption(entry: { deepseek: DeepseekRelation; recommendation: Status }): {
  status: "prohibited" | "needs_review";
  basis: "adoption" | "deepseek_rule";
} {
  if (entry.deepseek !== "none") return { status: "prohibited", basis: "deepseek_rule" };
  return { status: entry.recommendation === "prohibited" ? "prohibited" : "needs_review", basis: "adoption" };
}

const DEEPSEEK_HOSTS = /(^|\.)deepseek\.(com|cn|ai)$/;

/**
 * Whether a tool that a person typed is DeepSeek's own, or its weights on another host. A clinic can't lift the
 * prohibition by typing the same service under a new name: hosted weights say whose servers run them, by a vendor that is
 * known to host models or by a name of their own, as in "DeepSeek R1 on Northwind". Of an app no vendor's name says that:
 * "DeepSeek, Android app" is DeepSeek's own, though somebody thought it Google's. A text about the tool that names
 * DeepSeek makes it hosted: it may only compare, and a narrowing can put that right.
 */
export function deepseekRelationOf(tool: {
  vendor: string;
  product: string;
  surface: string;
  modelFamily: string;
  hostnames: readonly string[];
  why?: string;
}): DeepseekRelation {
  if (tool.hostnames.some((name) => DEEPSEEK_HOSTS.test(name.replace(/^\*\./, "")))) return "own";
  if (namesDeepseek(tool.vendor) || isDeepseekCompany(tool.vendor)) return "own";
  if (isDeepseeksApp(tool)) return "own";
  if (!hostsModels(tool.vendor) && (isDeepseeksProduct(tool.product) || isDeepseeksAccess(tool.surface))) return "own";
  return [tool.product, tool.surface, tool.modelFamily, tool.why ?? ""].some(namesDeepseek) ? "hosted" : "none";
}

/** Refuses a vendor's new name by which the vendor, or a tool of theirs, would be DeepSeek's own where it wasn't, or no longer. */
export function assertMayRename(
  from: string,
  to: string,
  tools: ReadonlyArray<{ readonly product: string; readonly surface: string; readonly modelFamily: string }>,
): void {
  const isOwn = (vendor: string, tool: (typeof tools)[number]) =>
    deepseekRelationOf({ ...tool, vendor, hostnames: [] }) === "own";
  const changed = [NO_TOOL, ...tools].some((tool) => isOwn(from, tool) !== isOwn(to, tool));
  if (changed) throw refuse("vendor.name_changes_prohibition", { from, to }, "name");
}

const NO_TOOL = { product: "", surface: "", modelFamily: "" };

// The fund that owns DeepSeek, in English and in Chinese.
function isDeepseekCompany(vendor: string): boolean {
  const words = wordsSeen(vendor);
  return / high ?flyer /.test(` ${words} `) || words.includes("幻方");
}

// Vendors that run other makers' models on their own servers. One that is not here names the product after itself.
const MODEL_HOSTS =
  /^(amazon|aws|azure|baseten|cerebras|databricks|deepinfra|fireworks|google|groq|hugging ?face|ibm|microsoft|nvidia|oracle|sambanova|snowflake|together)\b(?!.*\b(play|store)\b)/;

function hostsModels(vendor: string): boolean {
  return MODEL_HOSTS.test(wordsSeen(vendor));
}

const DEEPSEEK_MODELS =
  "ai artificial intelligence coder distill flash large language lite llm math model pro reasoner vl";
const DEEPSEEK_ACCESS =
  "account android api app application apps assistant browser chat chatbot cloud desktop extension free ios ipad iphone mobile online open phone platform site version web website";
const PLAN_WORDS =
  "a and business by enterprise for from in of on own paid plan plus premium s subscription team the with";
const ACCESS_WORDS = new Set(DEEPSEEK_ACCESS.split(" "));
// A host of models has an API, a cloud and a platform for them; these are how DeepSeek is got at itself.
const APP_WORDS = new Set(
  "account android app application apps assistant browser chat chatbot desktop extension ios ipad iphone mobile online phone site web website".split(
    " ",
  ),
);
const APP_STORES = /(?<![^ ])(google play( store)?|play store|(apple )?app store|microsoft store)(?![^ ])/g;
const DEEPSEEK_WORDS = new Set(`${DEEPSEEK_MODELS} ${DEEPSEEK_ACCESS} ${PLAN_WORDS}`.split(" "));

/** "DeepSeek", "DeepSeek Chat", "DeepSeek R1 app": what DeepSeek itself offers, with no word that says who else runs it. */
function isDeepseeksProduct(product: string): boolean {
  if (!namesDeepseek(product)) return false;
  return wordsBesideDeepseek(product).every((word) => DEEPSEEK_WORDS.has(word) || /^[rv]?\d+[a-z]?$/.test(word));
}

// "DeepSeek R1" on a surface of another product names the model chosen there; "DeepSeek app" names DeepSeek's own.
function isDeepseeksAccess(surface: string): boolean {
  return isDeepseeksProduct(surface) && wordsBesideDeepseek(surface).some((word) => ACCESS_WORDS.has(word));
}

/** "DeepSeek Chat", or anything of DeepSeek's on a surface that is just an app or a website: whoever is named as vendor. */
function isDeepseeksApp({ product, surface }: { product: string; surface: string }): boolean {
  const isApp = (text: string) => wordsBesideDeepseek(text).some((word) => APP_WORDS.has(word));
  if (isDeepseeksProduct(surface) && isApp(surface)) return true;
  if (!isDeepseeksProduct(product)) return false;
  return isApp(product) || (isApp(surface) && wordsBesideDeepseek(surface).every((word) => DEEPSEEK_WORDS.has(word)));
}

function wordsBesideDeepseek(text: string): string[] {
  return NAMES_OF_DEEPSEEK.reduce(
    (rest, name) => rest.replace(new RegExp([...name].join(" ?"), "g"), " "),
    wordsSeen(text),
  )
    .replace(APP_STORES, "app")
    .split(" ")
    .filter((word) => word !== "");
}

/** Two tools are the same when vendor, product and surface read the same, whatever the case and punctuation. */
export function nameKeyOf(tool: { vendor: string; product: string; surface: string }): string {
  return [tool.vendor, tool.product, tool.surface].map(foldForSearch).join(" · ");
}

/** The decision in force may have been made by the only person who could: 'sole decider', said wherever it is shown. */
export function isSoleDecider(decidedBy: string, activeDeciders: readonly string[]): boolean {
  return activeDeciders.every((memberId) => memberId === decidedBy);
}

/** The host that a person typed or pasted, or null when the text is no address: `https://chat.example.com/x` → `chat.example.com`. */
export function hostnameIn(text: string): string | null {
  const trimmed = text
    .trim()
    .toLowerCase()
    .replace(/[。．｡]/g, ".");
  if (/\s/.test(trimmed) || !trimmed.includes(".")) return null;
  try {
    const { hostname } = new URL(/^[a-z][a-z0-9+.-]*:\/\//.test(trimmed) ? trimmed : `https://${trimmed}`);
    const name = hostname.replace(/\.$/, "").replace(/^www\./, "");
    // "3.5" is a version, though an address parser reads 3.0.0.5.
    if (/^[\d.]+$/.test(name) && !trimmed.includes(name)) return null;
    return name.length <= 253 && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name) ? name : null;
  } catch {
    return null;
  }
}

/**
 * Whether staff may read a tool's "why" beside the answer. It was written for the recommendation: where the clinic decided
 * otherwise, "once the BAA is signed you may…" would speak against the decision.
 */
export function whyFitsDecision(tool: {
  status: Status;
  recommendation: Status | null;
  standing: StandingWithReasons;
}): boolean {
  if (tool.recommendation === null || tool.recommendation === tool.status) return true;
  return tool.standing.reasons.some((reason) => reason === "deepseek_own" || reason === "deepseek_blanket");
}

/** Whether what a person typed names DeepSeek, whatever else stands around it and in whatever letters. */
export function namesDeepseek(text: string): boolean {
  const seen = wordsSeen(text).replaceAll(" ", "");
  return NAMES_OF_DEEPSEEK.some((name) => seen.includes(name));
}

// Letters of other scripts that are drawn like those of "deepseek", large or small: Unicode Technical Standard #39,
// confusables.txt, and the small capitals.
const LOOK_ALIKES = new Map(
  Object.entries({ d: "ԁᴅ", e: "еҽεɛєᴇ", p: "рρϱⲣᴘ", s: "ѕꜱƽ", k: "кκĸᴋ" }).flatMap(([letter, alike]) =>
    [...alike].map((other) => [other, letter] as const),
  ),
);

/** A text as its reader sees it: folded for search, and look-alike letters read as the Latin ones. */
function wordsSeen(text: string): string {
  return [...foldForSearch(text)].map((letter) => LOOK_ALIKES.get(letter) ?? letter).join("");
}

// Its name in Latin letters, Chinese, Korean, Japanese and Russian.
const NAMES_OF_DEEPSEEK = ["deepseek", "深度求索", "딥시크", "ディープシーク", "дипсик"].map((name) => wordsSeen(name));

// Words of a question that name no tool.
const QUESTION_WORDS = new Set(
  "a an am and are at allowed app can could do for how i in is it may my of on or our the this to use using we with work aplicacion con de del el en es esta este la las lo los me mi para por puedo puede se su un una usar uso y".split(
    " ",
  ),
);

/** What was typed as words to look a tool up by: "Can I use ChatGPT?" → ["chatgpt"]. */
export function namingWords(text: string): string[] {
  const words = foldForSearch(text)
    .split(" ")
    .filter((word) => word !== "");
  const naming = words.filter((word) => !QUESTION_WORDS.has(word));
  return (naming.length > 0 ? naming : words).slice(0, 8);
}

/** Register names that speak for a host: itself, its parents of at least two labels, and wildcards over it. */
export function namesCovering(hostname: string): string[] {
  const labels = hostname.split(".");
  const parents = labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
  return [hostname, `www.${hostname}`, ...parents.slice(1), ...parents.map((name) => `*.${name}`)];
}

export type Decision = {
  readonly id: string;
  readonly toolId: string;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly deepseek: DeepseekRelation;
  readonly narrowed: boolean;
  readonly number: number;
  readonly status: Status;
  readonly basis: DecisionBasis;
  readonly conditions: readonly string[];
  readonly reason: string;
  readonly reviewOn: CalendarDate | null;
  readonly soleDecider: boolean;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly snapshot: Readonly<Record<string, unknown>>;
  readonly snapshotSha256: string;
};

const EVENT_OF_STATUS = {
  approved_for_phi: "tool.approved_for_phi",
  not_for_phi: "tool.approved_without_phi",
  needs_review: "tool.put_under_review",
  prohibited: "tool.prohibited",
  retired: "tool.retired",
} as const satisfies Record<Status, string>;

/** A decision as the row that is kept and the event that says it. */
export function recordOf(decision: Decision) {
  const { id, toolId, vendor, product, surface, reviewOn, snapshot, snapshotSha256 } = decision;
  const { number, status, basis, reason, soleDecider } = decision;
  const said = { number, status, basis, reason, soleDecider, conditions: [...decision.conditions] };
  const row = {
    ...said,
    id,
    toolId,
    deepseek: decision.deepseek,
    narrowed: decision.narrowed,
    reviewOn: reviewOn === null ? null : toDatabaseDate(reviewOn),
    decidedBy: decision.decidedBy,
    decidedAt: decision.decidedAt,
    snapshot: snapshot as object,
    snapshotHash: snapshotSha256,
  };
  const names = { vendor, product, surface };
  const event: AuditEvent = {
    type: EVENT_OF_STATUS[status],
    id: toolId,
    ...names,
    ...said,
    decisionId: id,
    reviewOn,
    snapshotSha256,
  };
  return { row, event };
}
