import { foldForSearch } from "#lib/domain/text.ts";
import { mayAskFor, verdictOf } from "#lib/domain/tools/look-up/rules.ts";
import type { Answer, GoesIn, Similarity, WayOn } from "#lib/domain/tools/requests/schema.ts";
import { hostnameIn, nameKeyOf } from "#lib/domain/tools/rules.ts";
import { isApproval, type StandingWithReasons, type Status } from "#lib/domain/tools/schema.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Of a typed address only the host: the rest may carry a password or a patient. */
export function askedHost(address: string): string {
  if (address === "") return "";
  const hostname = hostnameIn(address);
  if (hostname === null) throw refuse("tool_request.address_not_understood", {}, "address");
  return hostname;
}

/** Whether a tool with this standing may be used already for what somebody wants to put into it. */
export function isAllowedAlready({ standing, reasons }: StandingWithReasons, goesIn: GoesIn): boolean {
  // An exception ends, and asking is how it becomes an approval.
  if (reasons.includes("exception")) return false;
  return verdictOf(standing, goesIn) === "yes";
}

export function wayOn(standing: StandingWithReasons): WayOn {
  return { use: verdictOf(standing.standing, "nothing") === "yes", ask: mayAskFor(standing, "phi") };
}

/**
 * Who may answer a request: not its requester while anybody else could, and not who supports it while somebody could who
 * doesn't want the tool too. Returns whether the answer is its sole decider's.
 */
export function answersAlone(people: {
  readonly answererId: string;
  readonly requesterId: string;
  readonly supporterIds: readonly string[];
  readonly deciders: readonly string[];
}): boolean {
  const { answererId, requesterId, supporterIds, deciders } = people;
  const isRequester = answererId === requesterId;
  if (!isRequester && !supporterIds.includes(answererId)) return false;
  const interested = isRequester ? [requesterId] : [requesterId, ...supporterIds];
  const others = deciders.filter((decider) => !interested.includes(decider));
  if (others.length > 0) throw refuse(isRequester ? "tool_request.own" : "tool_request.supported_own");
  return true;
}

/** A request of somebody who would decide. */
export type OwnRequest = {
  readonly toolId: string | null;
  readonly nameKey: string;
  readonly requesterId: string;
  readonly supporterIds: readonly string[];
};

/**
 * Whether a request asks for a tool. One that is tied to the register says so; any other names what its requester typed:
 * never a surface, and often no vendor.
 */
export function asksFor(
  request: { readonly toolId: string | null; readonly nameKey: string },
  tool: { readonly id: string | null; readonly vendor: string; readonly product: string; readonly surface: string },
): boolean {
  if (request.toolId !== null) return request.toolId === tool.id;
  const { vendor, product, surface } = tool;
  const names = [
    { vendor, product, surface },
    { vendor, product, surface: "" },
    { vendor: "", product, surface: "" },
  ];
  return names.some((name) => nameKeyOf(name) === request.nameKey);
}

export type AnswerFacts = {
  readonly request: { readonly goesIn: GoesIn; readonly toolId: string | null };
  readonly answer: Answer;
  readonly reason: string;
  /** The tool that the answer names, with its standing for nobody in particular. */
  readonly tool: {
    readonly id: string;
    readonly product: string;
    readonly surface: string;
    readonly status: Status;
    readonly standing: StandingWithReasons;
  } | null;
};

/** Refuses an answer that would not help whoever asked: it names what they may use, or says why not. */
export function assertAnswer(facts: AnswerFacts): void {
  if (facts.answer === "refused") assertReason(facts.reason);
  else if (facts.answer === "granted") assertGrant(facts);
  else assertInstead(facts);
}

function assertReason(reason: string): void {
  if (reason === "") throw refuse("tool_request.reason_needed", {}, "reason");
}

function assertGrant({ request, tool, reason }: AnswerFacts): void {
  if (tool === null) throw refuse("tool_request.choose_tool", {}, "answerToolId");
  const names = { product: tool.product, surface: tool.surface };
  if (request.toolId !== null && request.toolId !== tool.id) {
    throw refuse("tool_request.grant_is_other_tool", names, "answerToolId");
  }
  if (!isApproval(tool.status)) throw refuse("tool_request.grant_needs_approval", names, "answerToolId");
  if (!wayOn(tool.standing).use) throw refuse("tool_request.grant_does_not_hold", names, "answerToolId");
  if (reason !== "" || tool.standing.standing !== "may_use_without_phi") return;
  if (request.goesIn === "phi") throw refuse("tool_request.grant_is_less", names, "reason");
  if (request.goesIn === "deidentified") throw refuse("tool_request.grant_deidentified", names, "reason");
}

function assertInstead({ request, tool, reason }: AnswerFacts): void {
  if (tool === null) throw refuse("tool_request.choose_tool", {}, "answerToolId");
  const names = { product: tool.product, surface: tool.surface };
  if (request.toolId === tool.id) throw refuse("tool_request.instead_is_same", names, "answerToolId");
  if (!isApproval(tool.status) || !wayOn(tool.standing).use) {
    throw refuse("tool_request.instead_not_usable", names, "answerToolId");
  }
  assertReason(reason);
}

type Named = { readonly vendor: string; readonly product: string; readonly surface: string };

/** What somebody is about to ask for; `hostname` is empty when they typed no address. */
export type Asked = Named & { readonly hostname: string };
export type Candidate = Named & { readonly hostnames: readonly string[] };

// Words that many tools share, so that they say nothing about which one is meant.
const COMMON_WORDS = new Set(
  "a ai and app assistant basic beta bot business chat chatbot clinic clinical cloud desktop edition enterprise extension for free health helper home in inteligencia artificial intelligence ios android medical mobile model my notes of online on paid personal plan plus premium pro service software standard subscription suite team teams the tool trial ultra unlimited version web website with".split(
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

/** The same host, or one a name below the other. */
function isSameSite(one: string, other: string): boolean {
  const bare = other.replace(/^\*\./, "").replace(/^www\./, "");
  return one === bare || one.endsWith(`.${bare}`) || bare.endsWith(`.${one}`);
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
