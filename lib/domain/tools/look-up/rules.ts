import { distance } from "fastest-levenshtein";
import { foldForSearch } from "#lib/domain/text.ts";
import type { Sentence, Verdict } from "#lib/domain/tools/look-up/schema.ts";
import type { GoesIn } from "#lib/domain/tools/requests/schema.ts";
import { namesCovering, namingWords } from "#lib/domain/tools/rules.ts";
import { STANDINGS, type Standing, type StandingWithReasons } from "#lib/domain/tools/schema.ts";

/**
 * Yes, no or ask, for what would go in. What is de-identified is no patient data (45 CFR 164.502(d)(2)); whether it is
 * (164.514(b)) no rule can see, so where patient data may not go in a person is asked: a yes would stand beside
 * conditions such as "Nothing about patients goes in" (docs/decisions/024-de-identified-data-is-asked-about.md).
 */
export function verdictOf(standing: Standing, goesIn: GoesIn): Verdict {
  switch (standing) {
    case "may_use_with_phi":
      return "yes";
    case "may_use_without_phi":
      return VERDICT_WITHOUT_PHI[goesIn];
    case "ask":
      return "ask";
    case "may_not_use":
      return "no";
    default: {
      const unhandled: never = standing;
      return unhandled;
    }
  }
}

const VERDICT_WITHOUT_PHI = { nothing: "yes", deidentified: "ask", phi: "no" } as const satisfies Record<
  GoesIn,
  Verdict
>;

/** The three answers of a tool. */
export function verdictsOf(standing: Standing): Record<GoesIn, Verdict> {
  return {
    nothing: verdictOf(standing, "nothing"),
    deidentified: verdictOf(standing, "deidentified"),
    phi: verdictOf(standing, "phi"),
  };
}

export function sentenceOf(standing: Standing, goesIn: GoesIn | null): Sentence {
  if (goesIn === null) return `all.${standing}`;
  if (standing === "may_not_use") return `never.${goesIn}`;
  const verdict = verdictOf(standing, goesIn);
  return verdict === "no" ? "no.phi" : `${verdict}.${goesIn}`;
}

/** Whether the answer is a yes for whoever asked; without saying what goes in, any yes. */
export function isYes(standing: Standing, goesIn: GoesIn | null): boolean {
  return verdictOf(standing, goesIn ?? "nothing") === "yes";
}

/** Whether a person has to say if data is de-identified as the rule asks: patient data may go in nowhere here. */
export function asksAboutDeidentification(standing: Standing, goesIn: GoesIn | null): boolean {
  return standing === "may_use_without_phi" && (goesIn ?? "deidentified") === "deidentified";
}

/** Nobody can grant what runs DeepSeek's models while its rule holds, and what is a yes already needs no asking. */
export function mayAskFor({ standing, reasons }: StandingWithReasons, goesIn: GoesIn | null): boolean {
  if (reasons.includes("deepseek_own") || reasons.includes("deepseek_blanket")) return false;
  return verdictOf(standing, goesIn ?? "phi") !== "yes";
}

const ONLY = /(^|\P{L})(only|solo|sólo|únicamente)(\P{L}|$)/iu;
const ACCOUNT = /(^|\P{L})(accounts?|workspaces?|tenants?|sign-in|cuentas?|espacios? de trabajo)(\P{L}|$)/iu;

/** Whether a condition says with which account or workspace the tool may be used: "Only the clinic's work account." */
export function isAboutAccount(condition: string): boolean {
  return ONLY.test(condition) && ACCOUNT.test(condition);
}

export type Match = {
  /** How near what was asked is to the tool; 0 is the nearest. */
  readonly rank: number;
  readonly standing: Standing;
  /** How much of the address that was asked about its names say; 0 where none was. */
  readonly saysAddress: number;
  /** Whether it is for those who build software: who names the product alone means the one they can open. */
  readonly isForSoftware: boolean;
  readonly product: string;
  readonly surface: string;
};

/**
 * Best match first; of equally good ones the most careful answer, since who reads only the first must not take the answer
 * of another plan for theirs.
 */
export function byMatch(one: Match, other: Match): number {
  return (
    one.rank - other.rank ||
    carefulness(one.standing) - carefulness(other.standing) ||
    other.saysAddress - one.saysAddress ||
    Number(one.isForSoftware) - Number(other.isForSoftware) ||
    one.product.localeCompare(other.product) ||
    one.surface.localeCompare(other.surface)
  );
}

function carefulness(standing: Standing): number {
  return STANDINGS.length - STANDINGS.indexOf(standing);
}

// Any match by address comes before any by name.
const BELOW_HOST = 1_000;
const BY_NAME = 2_000;

/** Whether a name key has what reads like an address for a name, as in "Copy.ai": all its parts beside each other. */
export function saysTogether(nameKey: string, words: readonly string[]): boolean {
  return [words.join(" "), words.join("")].some((name) => ` ${nameKey}`.includes(` ${name}`));
}

/** How near a tool's hostnames are to the one that was asked about; null where none has to do with it. */
export function hostRank(asked: string, hostnames: readonly string[]): number | null {
  const covering = namesCovering(asked);
  const nearest = Math.min(...hostnames.map((name) => covering.indexOf(name)).filter((index) => index >= 0));
  if (nearest !== Number.POSITIVE_INFINITY) return nearest;
  return hostnames.some((name) => name.endsWith(`.${asked}`)) ? BELOW_HOST : null;
}

// Whoever has an address has it out of a browser: an app of the same host is not what they mean.
const ADDRESS_WORDS = ["web", "website"];

/** How many of an address's words a tool's names say: of "chat.deepseek.com" those of "DeepSeek Chat, Web chat" more than those of the app. */
export function saysAddress(hostname: string, names: FoldedNames): number {
  const said = new Set(`${names.product} ${names.surface}`.split(" "));
  const labels = hostname.split(/[.-]/).slice(0, -1);
  return new Set([...labels, ...ADDRESS_WORDS].filter((word) => said.has(word))).size;
}

/** A tool's names, folded. */
export type FoldedNames = { readonly vendor: string; readonly product: string; readonly surface: string };

/** The folded names that a name key is made of. */
export function namesIn(nameKey: string): FoldedNames {
  const [vendor = "", product = "", surface = ""] = nameKey.split(" · ");
  return { vendor, product, surface };
}

/** Whether a name key says all that was typed. What is very short stands in too many words: there it begins one, or goes on from what was typed beside it, as in "open ai". */
export function saysAll(nameKey: string, words: readonly string[]): boolean {
  const text = ` ${nameKey}`;
  return words.every((word, index) => {
    if ([...word].length > 2) return text.includes(word);
    const [before, after] = [words[index - 1], words[index + 1]];
    const beside = [before && before + word, after && word + after];
    return text.includes(` ${word}`) || beside.some((both) => both && text.includes(both));
  });
}

/**
 * How near a tool's names are to what was typed: the same, a product that was typed with more, one that begins with it or
 * is of the company that was typed, a product that holds it, any mention.
 */
export function nameRanks(asked: string): (names: FoldedNames) => number {
  const words = namingWords(asked);
  const joined = words.join("");
  const typed = new Set([compact(foldForSearch(asked)), joined]);
  return (names) => {
    const product = compact(names.product);
    if (typed.has(product) || typed.has(product + compact(names.surface))) return BY_NAME;
    if (product.length >= 4 && joined.startsWith(product)) return BY_NAME + 1;
    if (product.startsWith(joined) || compact(names.vendor).startsWith(joined)) return BY_NAME + 2;
    return BY_NAME + (words.every((word) => product.includes(word)) ? 3 : 4);
  };
}

export const NEAR_MISSES_MAX = 3;

/** Of folded product names those that what was typed may be a slip of, nearest first. */
export function nearMisses(asked: string, products: Iterable<string>): string[] {
  const typed = tellingWords(asked);
  const misses: Array<{ product: string; off: number }> = [];
  for (const product of new Set(products)) {
    const off = slipsBetween(typed, product);
    if (off !== null) misses.push({ product, off });
  }
  return misses
    .sort((a, b) => a.off - b.off || a.product.length - b.product.length || a.product.localeCompare(b.product))
    .slice(0, NEAR_MISSES_MAX)
    .map(({ product }) => product);
}

/** The words that a slip could be in, and all of them as one: numbers and what is very short are near to too much. */
function tellingWords(asked: string): string[] {
  const words = namingWords(asked);
  return [...new Set([words.join(""), ...words])].filter((word) => word.length >= 4 && /\p{L}/u.test(word));
}

const PIECES_MAX = 16;

/** Pieces of the typed words, of which any name that they may be a slip of has at least one whole. */
export function piecesOf(asked: string): string[] {
  const pieces = tellingWords(asked).flatMap((word) => {
    const count = slipsAllowed(word.length) + 1;
    const cut = (index: number) => Math.round((index * word.length) / count);
    return Array.from({ length: count }, (_, index) => word.slice(cut(index), cut(index + 1)));
  });
  return [...new Set(pieces)].slice(0, PIECES_MAX);
}

/** Of the typed words the nearest to a product's name, or to a word of it; null where none is near. */
function slipsBetween(typed: readonly string[], product: string): number | null {
  const words = product.split(" ");
  const names = new Set([words.join(""), ...words.filter((word) => word.length >= 5)]);
  let nearest: number | null = null;
  for (const name of names) {
    for (const word of typed) {
      const allowed = slipsAllowed(Math.min(word.length, name.length));
      if (Math.abs(word.length - name.length) > allowed) continue;
      const off = distance(word, name);
      if (off <= allowed && (nearest === null || off < nearest)) nearest = off;
    }
  }
  return nearest;
}

// Two letters swapped are two slips.
function slipsAllowed(length: number): number {
  if (length < 4) return 0;
  if (length < 6) return 1;
  return length < 10 ? 2 : 3;
}

function compact(folded: string): string {
  return folded.replaceAll(" ", "");
}
