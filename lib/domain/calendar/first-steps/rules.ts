import { FIRST_STEPS, type FirstStep, type FirstSteps } from "#lib/domain/calendar/first-steps/schema.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import type { ProtocolItem } from "#lib/domain/evidence/schema.ts";
import { can, type Permission } from "#lib/domain/permissions.ts";

type Step = { readonly path: string; readonly permission: Permission; readonly items: readonly number[] };

/** Where each step is taken, by whom, and which items of the protocol it answers to. */
export const STEPS: Readonly<Record<FirstStep, Step>> = {
  facts: { path: "/settings/clinic", permission: "clinic.configure", items: [] },
  officials: { path: "/people/officers", permission: "officer.designate", items: [10, 45] },
  adopt: { path: "/tools/catalogue", permission: "tool.adopt", items: [47] },
  decide: { path: "/tools?status=needs_review", permission: "tool.decide", items: [12, 47] },
  baa: { path: "/vendors", permission: "baa.record", items: [23, 41] },
  directive: { path: "/policies/P02/issue", permission: "policy.issue", items: [1, 39] },
  invite: { path: "/people/invite", permission: "member.invite", items: [14, 28] },
  pack: { path: "/evidence", permission: "evidence.request", items: [37] },
};

type Found = {
  readonly done: ReadonlySet<FirstStep>;
  readonly putAside: ReadonlySet<FirstStep>;
  readonly protocol: readonly ProtocolItem[];
};

/** The steps in order, with those that are done among them until the last is; nothing once none is left to do. */
export function firstStepsFor(ctx: ClinicContext, { done, putAside, protocol }: Found): FirstSteps {
  const open = FIRST_STEPS.filter((step) => !done.has(step));
  const left = open.filter((step) => !putAside.has(step));
  const steps = left.length === 0 ? [] : FIRST_STEPS.filter((step) => done.has(step) || !putAside.has(step));
  return {
    steps: steps.map((step) => ({
      ...{ step, done: done.has(step), mine: can(ctx, STEPS[step].permission), path: STEPS[step].path },
      asked: protocol
        .filter(({ item }) => STEPS[step].items.includes(item))
        .map(({ item, citation }) => ({ item, citation })),
    })),
    aside: open.length - left.length,
  };
}
