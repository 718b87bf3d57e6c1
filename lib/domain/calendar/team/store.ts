import "server-only";
import { TEAM_SHOWN_MAX, type Team } from "#lib/domain/calendar/team/schema.ts";
import { servingOn } from "#lib/domain/clinic/store.ts";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import { countOwing, listOwing } from "#lib/domain/policies/owed/store.ts";
import { newestVersions } from "#lib/domain/policies/store.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** What the people where the reader works still have to sign. */
export async function teamOf(tx: ClinicTx, ctx: WorkContext): Promise<Team> {
  const id = actingMemberId(ctx) ?? "";
  const own = await tx.member.findFirst({ where: { id }, select: { location: { select: { id: true, name: true } } } });
  const location = own?.location ?? null;
  const among = { not: id, ...(location === null ? {} : { locationId: location.id }) };
  const policies: Array<Team["policies"][number]> = [];
  for (const version of await newestVersions(tx)) {
    const { code, number, texts } = version;
    const { open, overdue } = await countOwing(tx, version, ctx, among);
    const owing = open === 0 ? [] : await listOwing(tx, version, ctx, { ...among, take: TEAM_SHOWN_MAX });
    const shown = owing.map(({ name, since, dueOn }) => ({ name, since, dueOn }));
    policies.push({ code, number, title: texts[ctx.locale].title, open, overdue, shown: shown.sort(earliestFirst) });
  }
  const people = await tx.member.count({
    where: {
      AND: [servingOn(ctx.today), { id: { not: id } }],
      ...(location === null ? {} : { locationId: location.id }),
    },
  });
  return { location: location?.name ?? null, people, policies };
}

function earliestFirst(a: { readonly dueOn: string }, b: { readonly dueOn: string }): number {
  return a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0;
}
