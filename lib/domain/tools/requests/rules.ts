import { mayAskFor, verdictOf } from "#lib/domain/tools/look-up/rules.ts";
import {
  ANSWERS,
  type Answer,
  type GoesIn,
  type RequestStatus,
  type WayOn,
} from "#lib/domain/tools/requests/schema.ts";
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

export function isAnswer(status: RequestStatus): status is Answer {
  return ANSWERS.some((answer) => answer === status);
}

/**
 * Who may answer a request, or take its answer back: not its requester while anybody else could, and not who supports it
 * while somebody could who doesn't want the tool too. Returns whether the answer is its sole decider's.
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

/**
 * Why a tool may not be used today for what somebody asked, in the register's words; null where it may. Nobody's own
 * exception counts: those end.
 */
export function whyNotYet(
  { status, standing: { standing } }: { readonly status: Status; readonly standing: StandingWithReasons },
  goesIn: GoesIn,
) {
  if (verdictOf(standing, goesIn) === "yes") return null;
  if (!isApproval(status)) return status;
  if (standing !== "may_use_without_phi") return "does_not_hold";
  return goesIn === "deidentified" ? "deidentified" : "without_phi";
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
  readonly request: { readonly goesIn: GoesIn; readonly toolId: string | null; readonly product: string };
  readonly answer: Answer;
  readonly reason: string;
  /** The tool that the answer names, with its standing for nobody in particular. */
  readonly tool: {
    readonly id: string;
    readonly product: string;
    readonly surface: string;
    readonly status: Status;
    readonly standing: StandingWithReasons;
    /** Whether it is what was asked for, as far as the request says. */
    readonly isAskedFor: boolean;
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
  if (!tool.isAskedFor) {
    throw refuse("tool_request.grant_not_asked_for", { ...names, asked: request.product }, "answerToolId");
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
