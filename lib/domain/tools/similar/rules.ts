import { foldForSearch } from "#lib/domain/text.ts";
import type { Likeness, Similarity } from "#lib/domain/tools/requests/schema.ts";

type Named = { readonly vendor: string; readonly product: string; readonly surface: string };

/** What somebody is about to ask for; `hostname` is empty when they typed no address. */
export type Asked = Named & { readonly hostname: string };
export type Candidate = Named & { readonly hostnames: readonly string[] };

// Words that many tools share, so that they say nothing about which one is meant.
const COMMON_WORDS = new Set(
  "a ai and api app assistant basic beta bot business chat chatbot clinic clinical cloud desktop edition enterprise extension features for free health helper home in including inteligencia artificial intelligence ios its android medical mobile model my notes of online on paid personal plan plus premium pro service software standard subscription suite team teams the tool trial ultra unlimited version web website with".split(
    " ",
  ),
);

const COMPANY_WORDS = new Set(
  "ag ai bv co company corp corporation gmbh group health inc incorporated labs limited llc llp ltd oy plc sa sas systems technologies technology the".split(
    " ",
  ),
);

function wordsOf(text: string, but: ReadonlySet<string>): string[] {
  const words = foldForSearch(text)
    .split(" ")
    .filter((word) => word !== "");
  const telling = words.filter((word) => !but.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].slice(0, 8);
}

/** The words of a name that tell one tool from another: "ChatGPT Plus app" → ["chatgpt"]. All of them where none does. */
export function tellingWords(product: string): string[] {
  return wordsOf(product, COMMON_WORDS);
}

export function companyWords(vendor: string): string[] {
  return wordsOf(vendor, COMPANY_WORDS);
}

/** How near a candidate is to what is asked for, and by what; null when it is another tool. The higher the nearer. */
export function similarityOf(asked: Asked, candidate: Candidate): { by: Similarity; weight: number } | null {
  const shared = sharedName(asked, candidate);
  // Of two that are equally near, the one whose plan was named as well.
  const weight = 10 * shared + sharedWords(asked, candidate);
  if (asked.hostname !== "" && candidate.hostnames.some((name) => isSameSite(asked.hostname, name))) {
    return { by: "address", weight: 2000 + weight };
  }
  if (shared > 0) return { by: "name", weight: 1000 + weight };
  return isSameCompany(asked, candidate) ? { by: "vendor", weight } : null;
}

/** What of a similar tool is like what is asked for: its name first, then its address. */
export function alikeOf(asked: Asked, candidate: Candidate): Likeness[] {
  const alike = [...namesAlike(asked, candidate), ...addressAlike(asked, candidate)];
  return alike.length > 0 ? alike : ["company"];
}

function namesAlike(asked: Asked, candidate: Candidate): Likeness[] {
  if (compact(asked.product) !== "" && compact(asked.product) === compact(candidate.product)) {
    const isOther = asked.surface !== "" && compact(asked.surface) !== compact(candidate.surface);
    return isOther ? ["same_name", "other_plan"] : ["same_name"];
  }
  const [one, other] = [tellingWords(asked.product), tellingWords(candidate.product)];
  const companies = companyWords(candidate.vendor);
  const isAllOf = (words: readonly string[], others: readonly string[]) =>
    isAllIn(words, others) && words.some((word) => !COMMON_WORDS.has(word) && !companies.includes(word));
  if (isAllOf(one, other) || isAllOf(other, one)) return ["name"];
  if (isWithin(compact(asked.product), compact(candidate.product))) return ["name"];
  const own = new Set(foldForSearch(`${candidate.product} ${candidate.surface}`).split(" "));
  return one.some((word) => own.has(word) && !companies.includes(word)) ? ["word"] : [];
}

function addressAlike({ hostname }: Asked, { hostnames }: Candidate): Likeness[] {
  if (hostname === "") return [];
  if (hostnames.some((name) => withoutWww(name) === withoutWww(hostname))) return ["address"];
  return hostnames.some((name) => isSameSite(hostname, name)) ? ["site"] : [];
}

/**
 * Whether two that are similar may be one and the same tool: at the same host, at one below the other with a telling word
 * in common, or where one's name is all in the other's and no other company is named. Two that name plans and share none
 * are two tools.
 */
export function mayBeSame(asked: Asked, candidate: Candidate): boolean {
  const near = similarityOf(asked, candidate);
  if (near === null || near.by === "vendor" || isOtherPlan(asked, candidate)) return false;
  if (near.by === "address" && isSamePlace(asked, candidate)) return true;
  const [one, other] = [tellingWords(asked.product), tellingWords(candidate.product)];
  const isNamed =
    isAllIn(one, other) || isAllIn(other, one) || isWithin(compact(asked.product), compact(candidate.product));
  return isNamed && !isOtherCompany(asked.vendor, candidate.vendor);
}

/** Many products live below one company's host: there a name has to tell too, unless only an address was given. */
function isSamePlace(asked: Asked, candidate: Candidate): boolean {
  if (candidate.hostnames.some((name) => withoutWww(name) === withoutWww(asked.hostname))) return true;
  if (asked.product === "" || candidate.product === "") return true;
  const others = tellingWords(candidate.product);
  const companies = [...companyWords(asked.vendor), ...companyWords(candidate.vendor)];
  const shared = tellingWords(asked.product).filter((word) => others.includes(word));
  return shared.some((word) => !COMMON_WORDS.has(word) && !companies.includes(word));
}

const PLAN_WORDS = new Set(
  "basic business edu education enterprise free max personal plus premium pro standard team teams trial ultra unlimited".split(
    " ",
  ),
);

function isOtherPlan(one: Named, other: Named): boolean {
  const [plans, others] = [one, other].map(({ product, surface }) =>
    foldForSearch(`${product} ${surface}`)
      .split(" ")
      .filter((word) => PLAN_WORDS.has(word)),
  );
  if (plans === undefined || others === undefined || plans.length === 0 || others.length === 0) return false;
  return !plans.some((word) => others.includes(word));
}

function isOtherCompany(one: string, other: string): boolean {
  if (foldForSearch(one) === "" || foldForSearch(other) === "") return false;
  return compact(one) !== compact(other) && !companyWords(one).some((word) => companyWords(other).includes(word));
}

function isAllIn(words: readonly string[], others: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => others.includes(word));
}

/** The same host, or one a name below the other. */
function isSameSite(one: string, other: string): boolean {
  const bare = withoutWww(other.replace(/^\*\./, ""));
  return one === bare || one.endsWith(`.${bare}`) || bare.endsWith(`.${one}`);
}

function withoutWww(hostname: string): string {
  return hostname.replace(/^www\./, "");
}

function sharedName(asked: Asked, candidate: Candidate): number {
  const words = tellingWords(asked.product);
  const own = new Set(foldForSearch(`${candidate.product} ${candidate.surface}`).split(" "));
  const same = words.filter((word) => own.has(word)).length;
  // All words of the name are the nearest; some of them still tell, unless only common ones were typed.
  const telling = words.some((word) => !COMMON_WORDS.has(word));
  if (same > 0 && (telling || same === words.length)) return same + (same === words.length ? 20 : 0);
  return isWithin(compact(asked.product), compact(candidate.product)) ? 10 : 0;
}

function sharedWords(asked: Asked, candidate: Candidate): number {
  const own = new Set(foldForSearch(`${candidate.product} ${candidate.surface}`).split(" "));
  return foldForSearch(asked.product)
    .split(" ")
    .filter((word) => own.has(word)).length;
}

/** "chat gpt" and "ChatGPT", "ChatGPT Plus" and "ChatGPT"; what is very short stands in too many names. */
function isWithin(one: string, other: string): boolean {
  const shorter = one.length < other.length ? one : other;
  if ([...shorter].length < 4 || COMMON_WORDS.has(shorter)) return false;
  return one.includes(other) || other.includes(one);
}

function compact(name: string): string {
  return foldForSearch(name).replaceAll(" ", "");
}

function isSameCompany(asked: Asked, candidate: Candidate): boolean {
  // Who knows no product name types the company's.
  return [asked.vendor, asked.product].some((typed) => {
    if (foldForSearch(typed) === "") return false;
    if (compact(typed) === compact(candidate.vendor)) return true;
    const words = companyWords(typed);
    const own = companyWords(candidate.vendor);
    const telling = words.filter((word) => !COMMON_WORDS.has(word) && !COMPANY_WORDS.has(word));
    return typed === asked.vendor && telling.length > 0 && telling.some((word) => own.includes(word));
  });
}
