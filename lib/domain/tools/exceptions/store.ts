import "server-only";
import type { z } from "zod";
import { servingOn } from "#lib/domain/clinic/store.ts";
import type { Role, WorkContext } from "#lib/domain/context.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { exceptionState, latestEnd, obstacleTo, overlap, type Term } from "#lib/domain/tools/exceptions/rules.ts";
import {
  EXCEPTED_ROLES,
  type ExceptionRow,
  type ExceptionState,
  type ExceptionsPage,
  type ToolExceptions,
} from "#lib/domain/tools/exceptions/schema.ts";
import type { ToolRow } from "#lib/domain/tools/schema.ts";
import type { Asker, StoredTool } from "#lib/domain/tools/store.ts";
import { type CalendarDate, fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const WITH_NAMES = {
  tool: { select: { vendor: true, product: true, surface: true } },
  member: { select: { name: true } },
  granter: { select: { name: true } },
  withdrawer: { select: { name: true } },
} as const;

function findRows(
  tx: ClinicTx,
  query: Omit<NonNullable<Parameters<ClinicTx["toolException"]["findMany"]>[0]>, "include" | "select">,
) {
  return tx.toolException.findMany({ ...query, include: WITH_NAMES });
}

function exceptionRow(row: Awaited<ReturnType<typeof findRows>>[number], today: CalendarDate): ExceptionRow {
  const { id, toolId, tool, reason, soleDecider, grantedAt, recordedAt, withdrawnAt, withdrawnReason } = row;
  const term = { startsOn: fromDatabaseDate(row.startsOn), endsOn: fromDatabaseDate(row.endsOn) };
  return {
    ...{ id, toolId, ...tool, reason, soleDecider, grantedAt, recordedAt, withdrawnAt, withdrawnReason, ...term },
    person: row.member?.name ?? null,
    role: row.role as Role | null,
    state: exceptionState({ ...term, withdrawnAt }, today),
    grantedBy: row.granter.name,
    withdrawnBy: row.withdrawer?.name ?? null,
  };
}

export async function requireException(tx: ClinicTx, id: string, today: CalendarDate) {
  const [row] = await findRows(tx, { where: { id } });
  if (row === undefined) throw new NotFound();
  return { ...exceptionRow(row, today), memberId: row.memberId };
}

type Filters = Pick<z.output<typeof ExceptionsPage>, "q" | "state">;
type Paged = Filters & Pick<z.output<typeof ExceptionsPage>, "sort" | "direction" | "page"> & { readonly size: number };

/** One page of all exceptions, and how many fit the filters in all. */
export async function findExceptionsPage(
  tx: ClinicTx,
  page: Paged,
  today: CalendarDate,
): Promise<{ rows: ExceptionRow[]; total: number }> {
  const where = exceptionWhere(page, today);
  const total = await tx.toolException.count({ where });
  const rows = await findRows(tx, {
    where,
    orderBy: exceptionOrder(page.sort, page.direction),
    skip: (page.page - 1) * page.size,
    take: page.size,
  });
  return { rows: rows.map((row) => exceptionRow(row, today)), total };
}

export async function countExceptionsByState(
  tx: ClinicTx,
  today: CalendarDate,
): Promise<Partial<Record<ExceptionState, number>>> {
  const count = (state: ExceptionState) => tx.toolException.count({ where: stateWhere(state, today) });
  return {
    in_force: await count("in_force"),
    upcoming: await count("upcoming"),
    ended: await count("ended"),
    withdrawn: await count("withdrawn"),
  };
}

function stateWhere(state: ExceptionState, today: CalendarDate) {
  const date = toDatabaseDate(today);
  switch (state) {
    case "withdrawn":
      return { withdrawnAt: { not: null } };
    case "ended":
      return { withdrawnAt: null, endsOn: { lt: date } };
    case "upcoming":
      return { withdrawnAt: null, startsOn: { gt: date } };
    case "in_force":
      return { withdrawnAt: null, startsOn: { lte: date }, endsOn: { gte: date } };
    default: {
      const unhandled: never = state;
      return unhandled;
    }
  }
}

function exceptionWhere({ q, state }: Filters, today: CalendarDate) {
  const words = foldForSearch(q)
    .split(" ")
    .filter((word) => word !== "")
    .slice(0, 8);
  // Signs alone name nothing: they find nothing, not everything.
  if (q !== "" && words.length === 0) return { id: { in: [] } };
  return {
    AND: [
      ...words.map((word) => ({
        OR: [
          { tool: { nameKey: { contains: word } } },
          { member: { name: { contains: word, mode: "insensitive" as const } } },
        ],
      })),
      ...(state.length > 0 ? [{ OR: state.map((one) => stateWhere(one, today)) }] : []),
    ],
  };
}

function exceptionOrder(sort: Paged["sort"], direction: "asc" | "desc") {
  const tail = [{ grantedAt: "desc" as const }, { id: "asc" as const }];
  switch (sort) {
    case "tool":
      return [{ tool: { product: direction } }, ...tail];
    case "starts":
      return [{ startsOn: direction }, ...tail];
    case "ends":
      return [{ endsOn: direction }, ...tail];
    case "granted":
      return [{ grantedAt: direction }, { id: "asc" as const }];
    default: {
      const unhandled: never = sort;
      return unhandled;
    }
  }
}

/** Members who serve on `today`, by name, as far as an exception may be theirs. */
async function listExcepted(tx: ClinicTx, today: CalendarDate): Promise<ToolExceptions["people"]> {
  const members = await tx.member.findMany({
    where: { ...servingOn(today), role: { in: [...EXCEPTED_ROLES] } },
    select: { id: true, name: true, role: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return members.map(({ id, name, role }) => ({ memberId: id, name, role: role as Role }));
}

/** A tool's exceptions, newest first, with what its page needs to grant one. */
export async function exceptionsOfTool(
  tx: ClinicTx,
  tool: StoredTool,
  { today }: Pick<WorkContext, "today">,
): Promise<ToolExceptions> {
  const rows = await findRows(tx, {
    where: { toolId: tool.id },
    orderBy: [{ grantedAt: "desc" }, { id: "asc" }],
    take: 100,
  });
  const code = obstacleTo(tool);
  return {
    rows: rows.map((row) => exceptionRow(row, today)),
    grantable: code === null ? { may: true } : { may: false, code },
    people: code === null ? await listExcepted(tx, today) : [],
    latest: latestEnd(today),
  };
}

/** The name of the member an exception is for; refuses one who has left before it begins. */
export async function assertServes(tx: ClinicTx, memberId: string, startsOn: CalendarDate): Promise<void> {
  const member = await tx.member.findFirst({
    where: { id: memberId },
    select: { name: true, endedOn: true, endedAt: true },
  });
  if (member === null) throw new NotFound();
  const left = member.endedOn === null ? null : fromDatabaseDate(member.endedOn);
  if (member.endedAt !== null || (left !== null && left < startsOn))
    throw refuse("tool_exception.person_left", { name: member.name }, "memberId");
}

/** Refuses a second exception from the same tool for the same person or role on the same days. */
export async function assertNoOverlap(
  tx: ClinicTx,
  toolId: string,
  holder: { readonly memberId: string | null; readonly role: string | null },
  term: Term,
): Promise<void> {
  const { memberId, role } = holder;
  const rows = await findRows(tx, { where: { toolId, memberId, role, withdrawnAt: null } });
  const other = rows.find(({ startsOn, endsOn }) =>
    overlap(term, { startsOn: fromDatabaseDate(startsOn), endsOn: fromDatabaseDate(endsOn) }),
  );
  if (other === undefined) return;
  const params = { starts: fromDatabaseDate(other.startsOn), ends: fromDatabaseDate(other.endsOn) };
  throw refuse("tool_exception.overlaps", params, "endsOn");
}

/** The last days of the exceptions that standings rest on, by tool id. */
export async function exceptionEnds(
  tx: ClinicTx,
  tools: readonly ToolRow[],
  today: CalendarDate,
  asker: Asker,
): Promise<Map<string, CalendarDate>> {
  const excepted = tools.filter(({ standing }) => standing.reasons.includes("exception"));
  if (excepted.length === 0 || asker === null) return new Map();
  const date = toDatabaseDate(today);
  const exceptions = await tx.toolException.findMany({
    where: {
      toolId: { in: excepted.map((tool) => tool.id) },
      startsOn: { lte: date },
      endsOn: { gte: date },
      withdrawnAt: null,
      OR: [{ memberId: asker.memberId }, { role: asker.role }],
    },
    select: { toolId: true, endsOn: true },
    orderBy: { endsOn: "asc" },
  });
  return new Map(exceptions.map(({ toolId, endsOn }) => [toolId, fromDatabaseDate(endsOn)]));
}
