import { redirect, unstable_rethrow } from "next/navigation";
import type { NextRequest } from "next/server";
import { signInByProvider } from "#lib/domain/clinic/domains/commands/enter-by-domain.ts";
import { Conflict, Refusal, refuse } from "#lib/kernel/errors.ts";
import { keepSessionHere, takeFlowHere } from "#lib/platform/auth/browser.ts";
import { linkProvider } from "#lib/platform/auth/linked.ts";
import { secondStepPath } from "#lib/platform/auth/next-path.ts";
import { offeredProvider } from "#lib/platform/auth/providers.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";
import { currentSession } from "#lib/platform/auth/session.ts";
import { finishSignOn, type SignOnFlow } from "#lib/platform/auth/sign-on.ts";
import { resolveLocale } from "#lib/platform/i18n/request.ts";
import { log } from "#lib/platform/log.ts";

type Params = { params: Promise<{ provider: string }> };

/** Where a sign-in provider sends the browser back to. Whatever goes wrong is said on the page that it set out from. */
export async function GET(request: NextRequest, { params }: Params): Promise<Response> {
  const { provider } = await params;
  const query = request.nextUrl.searchParams;
  const flow = await takeFlowHere(provider, query);
  try {
    redirect(await goOn(provider, flow, query));
  } catch (error) {
    unstable_rethrow(error);
    redirect(await backTo(flow, error));
  }
}

async function goOn(key: string, flow: SignOnFlow | null, query: URLSearchParams): Promise<string> {
  const provider = offeredProvider(key);
  if (provider === null) throw refuse("sign_on.not_offered");
  if (flow === null) throw refuse("sign_on.start_over");
  const now = new Date();
  const identity = await finishSignOn(provider, flow, query, now);
  if (flow.accountId !== null) {
    // Linked is the account that asked, and only while it is signed in here.
    if ((await currentSession())?.accountId !== flow.accountId) throw refuse("sign_on.start_over");
    await linkProvider(flow.accountId, identity, now);
    return "/account?linked=yes#linked";
  }
  const { address, userAgent, requestId } = await requestFacts();
  const by = { address, userAgent, requestId, locale: await resolveLocale(), clinic: flow.clinic };
  const { outcome, token, clinic } = await signInByProvider(identity, by, now);
  await keepSessionHere(token);
  const next = flow.next ?? (clinic === null ? null : `/c/${clinic}`);
  return outcome === "second_step" ? secondStepPath(next) : (next ?? "/");
}

async function backTo(flow: SignOnFlow | null, error: unknown): Promise<string> {
  const isOurs = error instanceof Refusal && error.code.startsWith("sign_on.");
  if (!isOurs && !(error instanceof Conflict)) {
    const { requestId } = await requestFacts();
    log.error({ err: error, requestId }, "a sign-in through a provider failed");
  }
  const problem = isOurs ? error.code.replace("sign_on.", "") : error instanceof Conflict ? "conflict" : "not_trusted";
  if (flow !== null && flow.accountId !== null) return `/account?problem=${problem}`;
  const asked = new URLSearchParams({ problem });
  if (flow?.clinic != null) asked.set("clinic", flow.clinic);
  if (flow?.next != null) asked.set("next", flow.next);
  return `/sign-in?${asked}`;
}
