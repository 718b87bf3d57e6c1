import "server-only";
import { firstStepsFor } from "#lib/domain/calendar/first-steps/rules.ts";
import { FIRST_STEPS, type FirstStep, type FirstSteps } from "#lib/domain/calendar/first-steps/schema.ts";
import type { Office } from "#lib/domain/clinic/settings/schema.ts";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import { listProtocol } from "#lib/domain/evidence/store.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** What the reader's clinic has still to do first, as far as they have not put it aside. */
export async function firstStepsOf(tx: ClinicTx, ctx: WorkContext): Promise<FirstSteps> {
  const putAside = await stepsPutAside(tx, actingMemberId(ctx) ?? "");
  return firstStepsFor(ctx, { done: await stepsDone(tx, ctx), putAside, protocol: listProtocol() });
}

/** The steps that a member has put aside and not called back. */
export async function stepsPutAside(tx: ClinicTx, memberId: string): Promise<Set<FirstStep>> {
  const rows = await tx.firstStepChoice.findMany({ where: { memberId, putAside: true }, select: { step: true } });
  const names = new Set(rows.map(({ step }) => step));
  return new Set(FIRST_STEPS.filter((step) => names.has(step)));
}

async function stepsDone(tx: ClinicTx, ctx: WorkContext): Promise<Set<FirstStep>> {
  const found: Record<FirstStep, boolean> = {
    facts: await isDescribed(tx),
    officials: await areDesignated(tx, ctx, ["privacy_official", "security_official"]),
    adopt: (await tx.tool.findFirst({ select: { id: true } })) !== null,
    // Adopting a prohibited tool decides on it too: what counts is a tool that people may use.
    decide: (await tx.toolDecision.findFirst({ where: { status: { in: APPROVED } }, select: { id: true } })) !== null,
    baa: (await tx.baa.findFirst({ select: { id: true } })) !== null,
    directive: (await tx.policyVersion.findFirst({ select: { id: true } })) !== null,
    invite: (await tx.invitation.count({ take: 2 })) > 1 || (await tx.member.count({ take: 2 })) > 1,
    pack: (await tx.evidencePack.findFirst({ where: { status: "ready" }, select: { id: true } })) !== null,
  };
  return new Set(FIRST_STEPS.filter((step) => found[step]));
}

const APPROVED = ["approved_for_phi", "not_for_phi"];

async function isDescribed(tx: ClinicTx): Promise<boolean> {
  const { legalName, address, states } = await tx.clinic.findFirstOrThrow({
    select: { legalName: true, address: true, states: true },
  });
  return legalName !== "" && address !== "" && states.length > 0;
}

async function areDesignated(tx: ClinicTx, ctx: WorkContext, offices: readonly Office[]): Promise<boolean> {
  const date = toDatabaseDate(ctx.today);
  const held = await tx.designation.findMany({
    where: { office: { in: [...offices] }, fromOn: { lte: date }, OR: [{ toOn: null }, { toOn: { gte: date } }] },
    select: { office: true },
  });
  return offices.every((office) => held.some((designation) => designation.office === office));
}
