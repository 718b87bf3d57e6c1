import { describe, expect, test } from "vitest";
import type { z } from "zod";
import type { ClinicContext } from "#lib/domain/context.ts";
import { getLedgerPage } from "#lib/domain/ledger/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { restoreDeepseekProhibition } from "#lib/domain/tools/commands/restore-deepseek-prohibition.ts";
import { grantException } from "#lib/domain/tools/exceptions/commands/grant-exception.ts";
import { withdrawException } from "#lib/domain/tools/exceptions/commands/withdraw-exception.ts";
import { getExceptionRows, getExceptionsPage } from "#lib/domain/tools/exceptions/queries.ts";
import type { GrantException } from "#lib/domain/tools/exceptions/schema.ts";
import { findSimilarTools } from "#lib/domain/tools/requests/queries.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { decidedTool, memberIdOf, somebody } from "#tests/support/requests.ts";
import { asApp, asSuperuser } from "#tests/support/sql.ts";
import { registerHosted } from "#tests/support/tools.ts";

const today = calendarDateIn("America/New_York", new Date());
const day = (days: number) => addDays(today, days);

/** A clinic with a prohibited tool, and an exception from it as a form would ask for. */
async function prohibited(roles: Parameters<typeof mintClinic>[0] = ["owner", "privacy_officer", "manager", "staff"]) {
  const clinic = await mintClinic(roles);
  const toolId = await decidedTool(clinic.as.owner, "Northwind Chat", "prohibited");
  const granting = (fields: Partial<z.input<typeof GrantException>> = {}): z.input<typeof GrantException> => ({
    ...{ toolId, holder: "person", memberId: memberIdOf(clinic.as.staff), role: "" },
    ...{ reason: "To compare it with the scribe.", endsOn: day(7), ...fields },
  });
  return { ...clinic, toolId, granting };
}

/** What somebody may do with the clinic's tool, as the look-up tells them. */
async function standingFor(ctx: ClinicContext, toolId: string): Promise<string> {
  const { similar } = await findSimilarTools(ctx, { toolId });
  const tool = similar.tools.find((one) => one.toolId === toolId);
  return `${tool?.standing.standing}: ${tool?.standing.reasons.join(", ")}`;
}
const MAY = "may_use_without_phi: exception";
const MAY_NOT = "may_not_use: prohibited";

/** Shifts the days of all exceptions of a clinic: what time does by itself. */
function passDays({ clinicId }: TestClinic, days: number): Promise<unknown> {
  return asSuperuser((sql) =>
    sql("UPDATE tool_exception SET starts_on = starts_on - $2::int, ends_on = ends_on - $2::int WHERE clinic_id = $1", [
      clinicId,
      days,
    ]),
  );
}

describe("an exception", () => {
  test("for a person holds for that person alone, is listed, and told in the ledger", async () => {
    const clinic = await prohibited();
    const { as, toolId, granting } = clinic;
    const { exceptionId } = await grantException(as.owner, granting());
    expect(await standingFor(as.staff, toolId)).toBe(MAY);
    expect(await standingFor(as.manager, toolId)).toBe(MAY_NOT);
    expect(await standingFor(await somebody(clinic, "staff"), toolId)).toBe(MAY_NOT);
    expect((await getExceptionsPage(as.owner, {})).rows).toMatchObject([
      {
        ...{ id: exceptionId, toolId, product: "Northwind Chat", person: "Maria Santos", role: null },
        ...{ startsOn: today, endsOn: day(7), state: "in_force", grantedBy: "Grace Okafor", soleDecider: false },
        ...{ reason: "To compare it with the scribe.", withdrawnBy: null },
      },
    ]);
    const { events } = await getLedgerPage(as.owner, {});
    expect(events.find(({ type }) => type.startsWith("tool_exception"))).toMatchObject({
      ...{ type: "tool_exception.granted", object: { type: "tool_exception", id: exceptionId } },
      data: { toolId, product: "Northwind Chat", memberId: memberIdOf(as.staff), role: null, endsOn: day(7) },
    });
  });

  test("for a role holds for everybody in it, whoever else the form had chosen", async () => {
    const clinic = await prohibited();
    const { as, toolId, granting } = clinic;
    await grantException(as.owner, granting({ holder: "role", role: "staff", memberId: memberIdOf(as.manager) }));
    expect(await standingFor(as.staff, toolId)).toBe(MAY);
    expect(await standingFor(await somebody(clinic, "staff"), toolId)).toBe(MAY);
    expect(await standingFor(as.manager, toolId)).toBe(MAY_NOT);
  });

  test.each([
    ["starts today", 0, MAY],
    ["is on its last day", 7, MAY],
    ["ended yesterday", 8, MAY_NOT],
  ])("that %s", async (_, passed, expected) => {
    const clinic = await prohibited();
    await grantException(clinic.as.owner, clinic.granting());
    await passDays(clinic, passed);
    expect(await standingFor(clinic.as.staff, clinic.toolId)).toBe(expected);
  });

  test("that starts tomorrow holds from tomorrow on", async () => {
    const clinic = await prohibited();
    await grantException(clinic.as.owner, clinic.granting({ startsOn: day(1) }));
    expect(await standingFor(clinic.as.staff, clinic.toolId)).toBe(MAY_NOT);
    await passDays(clinic, 1);
    expect(await standingFor(clinic.as.staff, clinic.toolId)).toBe(MAY);
  });

  test("from a tool under review lets its holder use it; the others still ask", async () => {
    const { as, granting } = await prohibited();
    const toolId = await decidedTool(as.owner, "Southwind Chat", "needs_review");
    await grantException(as.owner, granting({ toolId }));
    expect(await standingFor(as.staff, toolId)).toBe(MAY);
    expect(await standingFor(as.manager, toolId)).toBe("ask: under_review");
  });

  test("ends with its withdrawal at once, which says why and who; a second time it is withdrawn already", async () => {
    const { as, clinicId, toolId, granting } = await prohibited();
    const { exceptionId } = await grantException(as.owner, granting());
    await withdrawException(as.privacy_officer, { exceptionId, reason: "The comparison is done." });
    expect(await standingFor(as.staff, toolId)).toBe(MAY_NOT);
    expect((await getExceptionsPage(as.owner, {})).rows).toMatchObject([
      { state: "withdrawn", withdrawnBy: "Dana Whitfield", withdrawnReason: "The comparison is done." },
    ]);
    const again = withdrawException(as.owner, { exceptionId, reason: "Done." });
    await expect(again).rejects.toMatchObject({
      code: "tool_exception.withdrawn_meanwhile",
      params: { name: "Dana Whitfield" },
    });
    expect(await eventsOf(clinicId, "tool_exception.withdrawn")).toHaveLength(1);
  });

  test("that has ended by itself is not withdrawn any more", async () => {
    const clinic = await prohibited();
    const { exceptionId } = await grantException(clinic.as.owner, clinic.granting());
    await passDays(clinic, 8);
    const late = withdrawException(clinic.as.owner, { exceptionId, reason: "Done." });
    await expect(late).rejects.toMatchObject({ code: "tool_exception.ended" });
  });

  test("outlives a new prohibition, and is not needed once the tool is approved", async () => {
    const { as, toolId, granting } = await prohibited();
    await grantException(as.owner, granting());
    await decideTool(as.owner, { toolId, version: 2, status: "prohibited", reason: "Said again." });
    expect(await standingFor(as.staff, toolId)).toBe(MAY);
    const conditions = "Nothing about patients goes in";
    await decideTool(as.owner, { toolId, version: 3, status: "not_for_phi", reason: "Its terms changed.", conditions });
    expect(await standingFor(as.staff, toolId)).toBe("may_use_without_phi: approved_without_phi");
    const more = grantException(as.owner, granting({ startsOn: day(10), endsOn: day(11) }));
    await expect(more).rejects.toMatchObject({ code: "tool_exception.not_needed" });
  });
});

describe("no exception", () => {
  test.each(["deepseek-mobile-app", "deepseek-web-chat", "deepseek-api"])(
    "is ever made from DeepSeek's own prohibition: %s",
    async (key) => {
      const { as, clinicId, granting } = await prohibited();
      const { toolIds } = await adoptTools(as.owner, { keys: [key] });
      const before = await contentsOf(clinicId);
      for (const ctx of [as.owner, as.privacy_officer]) {
        const exception = grantException(ctx, granting({ toolId: toolIds[0] ?? "" }));
        await expect(exception).rejects.toMatchObject({ code: "tool_exception.deepseek_own" });
      }
      expect(await contentsOf(clinicId)).toEqual(before);
    },
  );

  test("gets past the database for DeepSeek's own, whoever writes it", async () => {
    const { as, clinicId } = await prohibited();
    const { toolIds } = await adoptTools(as.owner, { keys: ["deepseek-web-chat"] });
    const sneak = (relation: string) =>
      asApp(clinicId, (sql) =>
        sql(
          `INSERT INTO tool_exception (tool_id, deepseek, role, reason, starts_on, ends_on, granted_by, granted_at, sole_decider)
           VALUES ($1, $2, 'staff', 'x', current_date, current_date, $3, now(), false)`,
          [toolIds[0], relation, memberIdOf(as.owner)],
        ),
      );
    await expect(sneak("own")).rejects.toThrow(/tool_exception_never_deepseek_own/);
    await expect(sneak("none")).rejects.toThrow(/tool_exception_clinic_id_tool_id_deepseek_fkey/);
  });

  test("lifts the blanket from DeepSeek's weights on another host: they are narrowed first, and it ends with that", async () => {
    const { as, granting } = await prohibited();
    const { toolId } = await registerHosted(as.owner);
    const early = grantException(as.owner, granting({ toolId }));
    await expect(early).rejects.toMatchObject({ code: "tool_exception.deepseek_not_narrowed" });
    await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale: "Our own cloud account runs it." });
    await grantException(as.owner, granting({ toolId }));
    expect(await standingFor(as.staff, toolId)).toBe(MAY);
    await restoreDeepseekProhibition(as.privacy_officer, { toolId, reason: "The host has changed." });
    expect(await standingFor(as.staff, toolId)).toBe("may_not_use: deepseek_blanket");
  });

  test.each(["not_for_phi", "retired"] as const)("is made from a tool that is %s", async (status) => {
    const { as, granting } = await prohibited();
    const toolId = await decidedTool(as.owner, "Southwind Chat", status);
    const code = status === "retired" ? "tool_exception.retired" : "tool_exception.not_needed";
    await expect(grantException(as.owner, granting({ toolId }))).rejects.toMatchObject({ code });
  });

  test("is granted to oneself, or to one's own role, while somebody else could", async () => {
    const { as, clinicId, granting } = await prohibited();
    const before = await contentsOf(clinicId);
    for (const own of [{ memberId: memberIdOf(as.owner) }, { holder: "role", role: "owner" }] as Partial<
      z.input<typeof GrantException>
    >[]) {
      await expect(grantException(as.owner, granting(own))).rejects.toMatchObject({ code: "tool_exception.own" });
    }
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("but by its sole decider, and it says so", async () => {
    const { as, granting } = await prohibited(["owner", "manager", "staff"]);
    await grantException(as.owner, granting({ memberId: memberIdOf(as.owner) }));
    await grantException(as.owner, granting());
    const { rows } = await getExceptionsPage(as.owner, { sort: "granted", direction: "asc" });
    expect(rows.map(({ person, soleDecider }) => [person, soleDecider])).toEqual([
      ["Grace Okafor", true],
      ["Maria Santos", false],
    ]);
  });

  test("shares days with another for the same person or role; one after it may follow", async () => {
    const { as, granting } = await prohibited();
    const { exceptionId } = await grantException(as.owner, granting());
    const overlapping = grantException(as.privacy_officer, granting({ startsOn: day(7), endsOn: day(9) }));
    await expect(overlapping).rejects.toMatchObject({
      ...{ code: "tool_exception.overlaps", field: "endsOn", params: { starts: today, ends: day(7) } },
    });
    await grantException(as.owner, granting({ startsOn: day(8), endsOn: day(9) }));
    await grantException(as.owner, granting({ memberId: memberIdOf(as.manager) }));
    await withdrawException(as.owner, { exceptionId, reason: "Wrong days." });
    await grantException(as.owner, granting({ endsOn: day(3) }));
  });

  test("passes beside another that is granted at the same moment: one is, the others are told", async () => {
    const { as, clinicId, granting } = await prohibited();
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        grantException(index % 2 === 0 ? as.owner : as.privacy_officer, granting({ endsOn: day(index) })),
      ),
    );
    const codes = results.map((result) => (result.status === "rejected" ? result.reason.code : "granted"));
    expect(codes.sort()).toEqual(["granted", ...Array.from({ length: 9 }, () => "tool_exception.overlaps")]);
    expect(await eventsOf(clinicId, "tool_exception.granted")).toHaveLength(1);
  });

  test.each([
    ["nobody chosen", { holder: "" }],
    ["no person", { memberId: "" }],
    ["no role", { holder: "role", role: "" }],
    ["a role that works with no tools", { holder: "role", role: "auditor" }],
    ["no reason", { reason: " \n\u200b " }],
    ["2,001 characters of reason", { reason: "x".repeat(2001) }],
    ["no end", { endsOn: "" }],
    ["a day that there is not", { endsOn: "2026-02-30" }],
    ["a day in other words", { endsOn: "next Friday" }],
    ["half an id", { memberId: "0f8fad5b" }],
  ])("is understood with %s", async (_, fields) => {
    const { as, granting } = await prohibited();
    const exception = grantException(as.owner, granting(fields as never));
    await expect(exception).rejects.toBeInstanceOf(InvalidInput);
  });

  test("is made for another clinic's person, from another clinic's tool, or for nobody there is", async () => {
    const [one, other] = [await prohibited(), await prohibited()];
    for (const wrong of [
      { memberId: memberIdOf(other.as.staff) },
      { memberId: newId() },
      { toolId: other.toolId },
      { toolId: newId() },
    ]) {
      await expect(grantException(one.as.owner, one.granting(wrong))).rejects.toBeInstanceOf(NotFound);
    }
    const { exceptionId } = await grantException(other.as.owner, other.granting());
    const foreign = withdrawException(one.as.owner, { exceptionId, reason: "Not ours." });
    await expect(foreign).rejects.toBeInstanceOf(NotFound);
    expect((await getExceptionsPage(one.as.owner, {})).rows).toEqual([]);
  });

  test("is made for somebody who has left by then", async () => {
    const { as, clinicId, granting } = await prohibited();
    await asSuperuser((sql) =>
      sql("UPDATE member SET ended_on = $2::date WHERE clinic_id = $1 AND role = 'staff'", [clinicId, day(2)]),
    );
    const late = grantException(as.owner, granting({ startsOn: day(3) }));
    await expect(late).rejects.toMatchObject({
      ...{ code: "tool_exception.person_left", field: "memberId", params: { name: "Maria Santos" } },
    });
    await grantException(as.owner, granting());
  });
});

test.each(["manager", "staff", "auditor"] as const)("a %s grants and withdraws none", async (role) => {
  const { as, system, granting } = await prohibited(["owner", "privacy_officer", "manager", "staff", "auditor"]);
  const { exceptionId } = await grantException(as.owner, granting());
  for (const ctx of [as[role], system]) {
    await expect(grantException(ctx, granting())).rejects.toBeInstanceOf(Forbidden);
    await expect(withdrawException(ctx, { exceptionId, reason: "No." })).rejects.toBeInstanceOf(Forbidden);
  }
});

test("who reads them all: officers and auditors; exceptions name people", async () => {
  const { as, granting } = await prohibited(["owner", "privacy_officer", "manager", "staff", "auditor"]);
  await grantException(as.owner, granting());
  for (const role of ["owner", "privacy_officer", "auditor"] as const) {
    expect((await getExceptionsPage(as[role], {})).total).toBe(1);
  }
  for (const role of ["manager", "staff"] as const) {
    await expect(getExceptionsPage(as[role], {})).rejects.toBeInstanceOf(Forbidden);
    await expect(getExceptionRows(as[role], {})).rejects.toBeInstanceOf(Forbidden);
  }
});

test("the list is filtered by state, found by tool and by person, sorted, and its files hold the same", async () => {
  const clinic = await prohibited();
  const { as, granting } = clinic;
  const other = await decidedTool(as.owner, "Bristle", "prohibited");
  await grantException(as.owner, granting({ endsOn: day(1) }));
  await passDays(clinic, 3);
  await grantException(as.owner, granting({ endsOn: day(3) }));
  await grantException(as.owner, granting({ toolId: other, startsOn: day(5), endsOn: day(6) }));
  const { exceptionId } = await grantException(
    as.owner,
    granting({ toolId: other, memberId: memberIdOf(as.manager), endsOn: day(9) }),
  );
  await withdrawException(as.owner, { exceptionId, reason: "A mistake." });
  const states = async (asked: object) => (await getExceptionsPage(as.owner, asked)).rows.map(({ state }) => state);
  expect(await states({})).toEqual(["withdrawn", "upcoming", "in_force", "ended"]);
  expect(await states({ direction: "asc" })).toEqual(["ended", "in_force", "upcoming", "withdrawn"]);
  expect(await states({ state: ["in_force", "ended"] })).toEqual(["in_force", "ended"]);
  expect(await states({ q: "bristle" })).toEqual(["withdrawn", "upcoming"]);
  expect(await states({ q: "ortega" })).toEqual(["withdrawn"]);
  expect(await states({ q: "🙂" })).toEqual([]);
  expect(await states({ q: "%" })).toEqual([]);
  expect((await getExceptionsPage(as.owner, {})).counts).toEqual({ in_force: 1, upcoming: 1, ended: 1, withdrawn: 1 });
  const files = await getExceptionRows(as.owner, {});
  expect(files.rows.map(({ state }) => state)).toEqual(["withdrawn", "upcoming", "in_force", "ended"]);
});
