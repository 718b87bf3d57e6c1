import { describe, expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import { linesOf } from "#lib/domain/calendar/waiting/rules.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { describeMember } from "#lib/domain/clinic/people/commands/describe-member.ts";
import { addLocation } from "#lib/domain/clinic/settings/commands/add-location.ts";
import { designateOfficer } from "#lib/domain/clinic/settings/commands/designate-officer.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { completeEvidencePack } from "#lib/domain/evidence/commands/complete-evidence-pack.ts";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { newPerson } from "#tests/support/people.ts";
import { issueDirective, issuedDaysAgo, newColleague, signDirective } from "#tests/support/policies.ts";
import { asked } from "#tests/support/requests.ts";
import { dayFromNow, memberIdOf, seenNow } from "#tests/support/roster.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

const NOTES = { product: "Tidewater Notes", purpose: "Notes.", goesIn: "nothing" } as const;
const PACK = { fileName: "pack.zip", bytes: new TextEncoder().encode("a pack") };

async function moveTo(owner: ClinicContext, who: ClinicContext, locationId: string): Promise<void> {
  const facts = { jobTitle: "", workforceType: "employee", tracks: "" } as const;
  await describeMember(owner, { ...(await seenNow(owner, who)), ...facts, locationId });
}

async function waitingOf(as: ClinicContext) {
  const { waiting, today } = await getToday(as, {});
  if (waiting === null) throw new Error("nothing is shown to wait");
  return { waiting, lines: linesOf(waiting, { today, timeZone: as.timeZone }) };
}

describe("staff", () => {
  test("see what they owe, what they asked for and what was answered, and nothing of the book", async () => {
    const { as } = await mintClinic();
    await issueDirective(as.owner);
    await asked(as.staff, NOTES);
    const { requestId, version } = await asked(as.staff, { product: "Tidewater Maps" });
    await answerRequest(as.privacy_officer, { requestId, version, answer: "refused", reason: "Not needed." });
    await askForTool(as.manager, { ...NOTES, product: "Somebody Else's" });
    const page = await getToday(as.staff, {});
    expect(page.toSign).toHaveLength(1);
    expect(page.requests?.map(({ product, status }) => [product, status])).toEqual([
      ["Tidewater Maps", "refused"],
      ["Tidewater Notes", "open"],
    ]);
    expect(page.officers).toEqual(["Dana Whitfield"]);
    expect(page).toMatchObject({
      ...{ team: null, counts: null, waiting: null, evidence: null },
      ...{ index: null, readiness: null, access: null, firstSteps: null },
    });
  });
});

describe("a manager", () => {
  test("sees of their own location who has not signed, since when and until when, and nothing else of people", async () => {
    const clinic = await mintClinic();
    const { as } = clinic;
    const { locationId } = await addLocation(as.owner, { name: "Annex" });
    const ines = await newColleague(clinic, "Ines Duarte");
    for (const who of [as.manager, as.staff, ines]) await moveTo(as.owner, who, locationId);
    await issueDirective(as.owner);
    await signDirective(ines);
    const { team } = await getToday(as.manager, {});
    expect(team).toMatchObject({ location: "Annex", people: 2, policies: [{ code: "P02", open: 1, overdue: 0 }] });
    expect(team?.policies[0]?.shown).toEqual([
      { name: "Maria Santos", since: dayFromNow(as.owner, 0), dueOn: dayFromNow(as.owner, 3) },
    ]);
  });

  test("without a location sees everybody but themselves, and is told why", async () => {
    const { as } = await mintClinic();
    await issueDirective(as.owner);
    const { team } = await getToday(as.manager, {});
    expect(team).toMatchObject({ location: null, people: 4, policies: [{ open: 3 }] });
    expect(team?.policies[0]?.shown.map(({ name }) => name).sort()).toEqual([
      "Dana Whitfield",
      "Grace Okafor",
      "Maria Santos",
    ]);
  });

  test("sees who is late; who came after the directive has the same days from then on", async () => {
    const clinic = await mintClinic();
    const { as, clinicId } = clinic;
    await asOwner((sql) =>
      sql(
        "UPDATE member SET created_at = now() - interval '60 days', started_on = current_date - 60 WHERE clinic_id = $1",
        [clinicId],
      ),
    );
    await issuedDaysAgo(as.owner, 20);
    await newColleague(clinic, "Ines Duarte");
    const { team } = await getToday(as.manager, {});
    expect(team?.policies[0]).toMatchObject({ open: 4, overdue: 3 });
    const ines = team?.policies[0]?.shown.find(({ name }) => name === "Ines Duarte");
    expect(ines).toMatchObject({ since: dayFromNow(as.owner, 0), dueOn: dayFromNow(as.owner, 3) });
    expect(team?.policies[0]?.shown.at(-1)?.name).toBe("Ines Duarte");
  });

  test("does not count who has left", async () => {
    const { as } = await mintClinic();
    await issueDirective(as.owner);
    const leaver = await seenNow(as.owner, as.staff);
    await deactivateMember(as.owner, { ...leaver, lastDay: dayFromNow(as.owner, 0), reason: "Moves." });
    expect((await getToday(as.manager, {})).team).toMatchObject({ people: 3, policies: [{ open: 2 }] });
  });
});

describe("the privacy officer", () => {
  test("is shown offices that nobody holds, until somebody does", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const offices = async () => (await waitingOf(as.privacy_officer)).waiting.offices.shown;
    expect((await offices()).map(({ office, warning }) => [office, warning])).toEqual([
      ["privacy_official", "vacant"],
      ["security_official", "vacant"],
      ["contact", "vacant"],
    ]);
    const duties = "Answers for privacy.";
    const fromOn = dayFromNow(as.owner, 0);
    const memberId = memberIdOf(as.privacy_officer);
    await designateOfficer(as.owner, { office: "privacy_official", memberId, fromOn, duties });
    expect((await offices()).map(({ office }) => office)).toEqual(["security_official", "contact"]);
  });

  test("is shown that role and designation part", async () => {
    const { as } = await mintClinic();
    const memberId = memberIdOf(as.staff);
    const fromOn = dayFromNow(as.owner, 0);
    await designateOfficer(as.owner, { office: "privacy_official", memberId, fromOn, duties: "Answers." });
    const { waiting } = await waitingOf(as.privacy_officer);
    expect(waiting.offices.shown[0]).toEqual({
      office: "privacy_official",
      warning: "role_apart",
      name: "Maria Santos",
    });
  });

  test("is shown who leaves with things open, invitations that ran out and mail that failed, each until it is settled", async () => {
    const { as, clinicId } = await mintClinic();
    const leaver = await seenNow(as.owner, as.staff);
    await deactivateMember(as.owner, { ...leaver, lastDay: dayFromNow(as.owner, 0), reason: "Moves." });
    const { invitationId } = await inviteMember(as.owner, { email: "noor@clinic.test", name: "Noor", role: "staff" });
    await asOwner((sql) =>
      sql("UPDATE invitation SET expires_at = now() - interval '1 day' WHERE id = $1", [invitationId]),
    );
    const [message] = await asApp(clinicId, (sql) =>
      sql(
        `INSERT INTO outbox_message (member_id, kind, subject_id, state, failure, next_attempt_at, queued_at, finished_at)
         VALUES ($1, 'request_answered', gen_random_uuid(), 'failed', 'late', now(), now(), now()) RETURNING id`,
        [memberIdOf(as.manager)],
      ),
    );
    const { waiting } = await waitingOf(as.privacy_officer);
    expect(waiting.offboarding.shown).toEqual([
      { memberId: leaver.memberId, name: "Maria Santos", lastDay: dayFromNow(as.owner, 0), open: 3 },
    ]);
    expect(waiting.invitations.shown).toMatchObject([{ invitationId, name: "Noor" }]);
    expect(waiting.mail.shown).toMatchObject([{ messageId: message.id, member: "Luis Ortega" }]);
    await asApp(clinicId, (sql) =>
      sql(
        `INSERT INTO outbox_message (member_id, kind, subject_id, again_of, next_attempt_at, queued_at)
         VALUES ($1, 'request_answered', gen_random_uuid(), $2, now(), now())`,
        [memberIdOf(as.manager), message.id],
      ),
    );
    expect((await waitingOf(as.privacy_officer)).waiting.mail.shown).toEqual([]);
  });

  test("is told what OCR would find no record on, until the record is there", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const missing = async () =>
      (await getToday(as.privacy_officer, {})).evidence?.missing.map(({ item }) => item) ?? [];
    expect(await missing()).toEqual(expect.arrayContaining([10, 23, 45, 47]));
    const fromOn = dayFromNow(as.owner, 0);
    const memberId = memberIdOf(as.owner);
    await designateOfficer(as.owner, { office: "security_official", memberId, fromOn, duties: "Answers." });
    const left = await missing();
    expect(left).toContain(23);
    expect(left).not.toContain(10);
  });

  test("sees the register's counts and no page of the owner's", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    await adoptTools(as.owner, { keys: ["openai-chatgpt-enterprise"] });
    const page = await getToday(as.privacy_officer, {});
    expect(page.counts).toEqual({ needs_review: 1 });
    expect(page).toMatchObject({ readiness: null, access: null, index: null, team: null });
  });
});

describe("the owner", () => {
  async function areas(as: ClinicContext) {
    const { readiness } = await getToday(as, {});
    return Object.fromEntries(
      (readiness ?? []).map(({ area, state, reasons }) => [area, [state, ...reasons.map(({ code }) => code)]]),
    );
  }

  test("sees each area with its state and the reasons, from records", async () => {
    const { as, system } = await mintClinic(["owner", "staff"]);
    expect(await areas(as.owner)).toEqual({
      register: ["not_begun"],
      agreements: ["not_begun"],
      policies: ["not_begun"],
      people: ["attention", "offices", "withoutFactor"],
      evidence: ["not_begun", "missing"],
    });
    await adoptTools(as.owner, { keys: ["openai-chatgpt-enterprise"] });
    await issueDirective(as.owner, { privacyOfficer: "Grace Okafor" });
    const { packId } = await requestEvidencePack(as.owner, {});
    await completeEvidencePack(system, { packId, ...PACK });
    expect(await areas(as.owner)).toMatchObject({
      register: ["attention", "underReview"],
      policies: ["attention", "unsigned"],
      evidence: ["attention", "missing"],
    });
    for (const who of [as.owner, as.staff]) await signDirective(who);
    expect((await areas(as.owner)).policies).toEqual(["in_hand"]);
  });

  test("sees who can sign in by role, open invitations, and who leaves with things open", async () => {
    const { as } = await mintClinic();
    await inviteMember(as.owner, { email: "noor@clinic.test", name: "Noor", role: "staff" });
    const leaver = await seenNow(as.owner, as.staff);
    await deactivateMember(as.owner, { ...leaver, lastDay: dayFromNow(as.owner, 0), reason: "Moves." });
    expect((await getToday(as.owner, {})).access).toMatchObject({
      byRole: { owner: 1, privacy_officer: 1, manager: 1, auditor: 1 },
      openInvitations: 1,
      offboarding: 1,
    });
  });

  test("sees who lacks the second factor asked of them: by role, by the clinic's own rule, and nobody who has one", async () => {
    const clinic = await mintClinic(["owner"]);
    const { as, clinicId } = clinic;
    const auditor = await newPerson(clinic, "auditor");
    const staff = await newPerson(clinic, "staff");
    const lacking = async () =>
      (await getToday(as.owner, {})).access?.withoutFactor.shown.map(({ memberId }) => memberId);
    expect(new Set(await lacking())).toEqual(new Set([memberIdOf(as.owner), auditor.memberId]));
    await asOwner((sql) => sql("UPDATE clinic SET needs_second_factor = true WHERE id = $1", [clinicId]));
    expect(await lacking()).toContain(staff.memberId);
    await addFactor(staff.accountId);
    expect(await lacking()).not.toContain(staff.memberId);
  });

  test("sees nobody of another clinic among them", async () => {
    const [clinic, other] = [await mintClinic(["owner"]), await mintClinic(["owner", "auditor"])];
    const shown = (await getToday(clinic.as.owner, {})).access?.withoutFactor;
    expect(shown).toEqual({ count: 1, shown: [{ memberId: memberIdOf(clinic.as.owner), name: "Grace Okafor" }] });
    expect((await getToday(other.as.owner, {})).access?.withoutFactor.count).toBe(2);
  });
});

async function addFactor(accountId: string): Promise<void> {
  await asApp("00000000-0000-0000-0000-000000000000", async (sql) => {
    await sql("SELECT set_config('app.account_id', $1, true)", [accountId]);
    await sql("INSERT INTO credential (account_id, kind, sealed_secret, last_step) VALUES ($1, 'totp', 'x', 0)", [
      accountId,
    ]);
  });
}

describe("an auditor", () => {
  test("sees every item of the protocol with where the records on it are read, and nothing to decide", async () => {
    const { as } = await mintClinic();
    await adoptTools(as.owner, { keys: ["openai-chatgpt-enterprise"] });
    const page = await getToday(as.auditor, {});
    expect(page.index?.length).toBe(page.evidence?.items.asked);
    const { asked, ...statuses } = page.evidence?.items ?? { asked: -1 };
    expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(asked);
    expect(page.index?.find(({ item }) => item === 32)?.places).toEqual([{ section: "ledger", path: "/ledger" }]);
    expect(page.evidence?.fingerprint).toMatch(/^SHA256:/);
    expect(page).toMatchObject({ waiting: null, readiness: null, access: null, firstSteps: null, team: null });
  });
});

describe("in a large clinic", () => {
  const [TOOLS, PEOPLE] = [20_000, 5000];

  async function large(): Promise<TestClinic> {
    const clinic = await mintClinic();
    await adoptTools(clinic.as.owner, { keys: ["openai-chatgpt-enterprise"] });
    await issueDirective(clinic.as.owner);
    await asApp(clinic.clinicId, (sql) =>
      sql(
        `INSERT INTO tool (vendor, vendor_id, product, surface, model_family, category, name_key, deepseek, status, status_since, facts, added_by, added_at)
         SELECT vendor, vendor_id, 'Aide ' || n, surface, model_family, category, 'aide ' || n, deepseek, status, status_since, facts, added_by, added_at
           FROM tool, generate_series(1, $1::int) n`,
        [TOOLS],
      ),
    );
    await asOwner((sql) =>
      sql(
        `WITH people AS (INSERT INTO account (email) SELECT 'p' || n || '-' || left($1::text, 8) || '@clinic.test' FROM generate_series(1, $2::int) n RETURNING id)
         INSERT INTO member (clinic_id, account_id, name, role, started_on) SELECT $1::uuid, id, 'Noor Haddad', 'staff', '2026-01-01' FROM people`,
        [clinic.clinicId, PEOPLE],
      ),
    );
    await asOwner((sql) => sql("ANALYZE tool, member"));
    return clinic;
  }

  test("each first page is there within two seconds, with everybody and everything counted", {
    timeout: 60_000,
  }, async () => {
    const { as } = await large();
    const took: Record<string, number> = {};
    for (const [role, ctx] of Object.entries(as)) {
      await getToday(ctx, {});
      const began = performance.now();
      await getToday(ctx, {});
      took[role] = Math.round(performance.now() - began);
    }
    if (process.env.WARDBOOK_SHOW_TIMES) process.stdout.write(`${JSON.stringify(took)}\n`);
    expect(Object.entries(took).filter(([, milliseconds]) => milliseconds > 2000)).toEqual([]);
    const { team } = await getToday(as.manager, {});
    expect(team).toMatchObject({ people: PEOPLE + 4, policies: [{ open: PEOPLE + 3 }] });
    expect(team?.policies[0]?.shown).toHaveLength(20);
    const { access, readiness } = await getToday(as.owner, {});
    expect(access?.byRole.staff).toBe(PEOPLE + 1);
    const counted = readiness?.flatMap(({ reasons }) => reasons).map(({ code, count }) => [code, count]);
    expect(counted).toEqual(
      expect.arrayContaining([
        ["underReview", TOOLS + 1],
        ["unsigned", PEOPLE + 4],
      ]),
    );
  });
});
