import { beforeEach, describe, expect, test } from "vitest";
import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { renewImportedInvitations } from "#lib/domain/clinic/imports/commands/renew-imported-invitations.ts";
import type { InvitedPerson } from "#lib/domain/clinic/imports/schema.ts";
import { revokeInvitation } from "#lib/domain/clinic/people/commands/revoke-invitation.ts";
import { getInvitation, getInvitationsPage, getMemberPage, getPeoplePage } from "#lib/domain/clinic/people/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { verifyLedger } from "#lib/domain/ledger/queries.ts";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { previewImport } from "#lib/domain/tools/imports/commands/preview-import.ts";
import { getImportPage } from "#lib/domain/tools/imports/queries.ts";
import { Forbidden, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { bringIn, look, rowsFile } from "#tests/support/imports.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

let clinic: TestClinic;
let owner: ClinicContext;
beforeEach(async () => {
  clinic = await mintClinic(["owner", "privacy_officer"]);
  owner = clinic.as.owner;
});

const BY = { requestId: newId(), locale: "en", signedInAccountId: null } as const;
const people = (content: string | Uint8Array<ArrayBuffer>, as = owner) => look(as, "people", content);
const address = (name: string) => `${name}-${newId()}@clinic.test`;
const join = async ({ token, name }: Pick<InvitedPerson, "token" | "name">) =>
  acceptInvitation(token, { name, passwordHash: "$argon2id$not-a-hash" }, BY);
const memberNow = async (memberId: string) => (await getMemberPage(owner, { memberId })).member;

describe("confirmed", () => {
  test("twice at once invites each once; only one of the two is told the links", async () => {
    const { importId } = await people(`name,email\nLi,${address("li")}\nBo,${address("bo")}`);
    const answers = await Promise.all([owner, clinic.as.privacy_officer].map((as) => applyImport(as, { importId })));
    expect(answers.map(({ invited }) => invited.length).sort()).toEqual([0, 2]);
    expect((await getInvitationsPage(owner, {})).total).toBe(2);
    expect(await eventsOf(clinic.clinicId, "import.applied")).toHaveLength(1);
  });

  test("as four lists with the same people at once invites each once", async () => {
    const rows = Array.from({ length: 200 }, () => address("li"));
    const files = ["Li", "Li Wei", "Wei", "L. Wei"].map((name) => rows.map((email) => `${name},${email}`).join("\n"));
    const looked = [];
    for (const file of files) looked.push(await people(`name,email\n${file}`));
    const answers = await Promise.all(looked.map(({ importId }) => applyImport(owner, { importId })));
    expect(answers.map(({ added }) => added).sort()).toEqual([0, 0, 0, 200]);
    expect((await getInvitationsPage(owner, {})).total).toBe(200);
  });

  test("leaves its links nowhere: not in the ledger, the import or the database", async () => {
    const { invited } = await bringIn(owner, "people", `name,email\nLi,${address("li")}`);
    const token = invited[0]?.token ?? "";
    const rows = await asApp(clinic.clinicId, async (sql) => [
      ...(await sql("SELECT row_to_json(i)::text AS said FROM invitation i WHERE name = 'Li'")),
      ...(await sql("SELECT row_to_json(b)::text AS said FROM import_batch b")),
      ...(await sql("SELECT row_to_json(e)::text AS said FROM ledger.event e")),
    ]);
    const kept = rows.map(({ said }) => said).join("\n");
    expect(kept).toContain(Buffer.from(tokenHash(token)).toString("hex"));
    expect(kept).not.toContain(token);
  });

  test("by staff, managers or auditors is refused; another clinic's import is not found", async () => {
    const { importId } = await people("name,email\nLi,li@clinic.test");
    const other = await mintClinic();
    await expect(applyImport(other.as.owner, { importId })).rejects.toThrow(NotFound);
    await expect(getImportPage(other.as.owner, { importId })).rejects.toThrow(NotFound);
    for (const role of ["staff", "manager", "auditor"] as const) {
      const file = rowsFile("name,email\nLi,li@clinic.test");
      await expect(previewImport(other.as[role], { kind: "people", file })).rejects.toThrow(Forbidden);
      await expect(renewImportedInvitations(other.as[role], { importId })).rejects.toThrow(Forbidden);
    }
    expect((await getInvitationsPage(owner, {})).total).toBe(0);
  });
});

describe("new links for a list whose links were lost", () => {
  test("go to who has not joined; the old ones end, and what they bring is the same", async () => {
    const content = `name,email,job title\nLi,${address("li")},Scribe\nBo,${address("bo")},\nMo,${address("mo")},`;
    const { importId, invited } = await bringIn(owner, "people", content);
    await join(invited[1] as InvitedPerson);
    const again = await renewImportedInvitations(clinic.as.privacy_officer, { importId });
    expect(again.invited.map(({ name }) => name)).toEqual(["Li", "Mo"]);
    await expect(join(invited[0] as InvitedPerson)).rejects.toMatchObject({ code: "invitation.used_or_expired" });
    const { memberId } = await join(again.invited[0] as InvitedPerson);
    expect((await memberNow(memberId)).jobTitle).toBe("Scribe");
    const revoked = await eventsOf(clinic.clinicId, "member.invitation_revoked");
    expect(revoked).toHaveLength(2);
    expect((await getImportPage(owner, { importId })).waiting).toBe(1);
    expect((await renewImportedInvitations(owner, { importId })).invited.map(({ name }) => name)).toEqual(["Mo"]);
  });

  test("asked for twice at once are made once", async () => {
    const { importId } = await bringIn(owner, "people", `name,email\nLi,${address("li")}\nBo,${address("bo")}`);
    const tries = await Promise.allSettled([1, 2].map(() => renewImportedInvitations(owner, { importId })));
    for (const attempt of tries) {
      if (attempt.status === "rejected") expect(attempt.reason.code).toBe("import.links_changed_meanwhile");
    }
    expect((await getInvitationsPage(owner, { state: ["open"] })).total).toBe(2);
  });

  test("are refused once nobody is left to join, and for roles above one's own", async () => {
    const { importId } = await bringIn(owner, "people", `name,email,role\nLi,${address("li")},owner`);
    await expect(renewImportedInvitations(clinic.as.privacy_officer, { importId })).rejects.toMatchObject({
      code: "member.role_above_own",
    });
    const [open] = (await getInvitationsPage(owner, {})).rows;
    await revokeInvitation(owner, { invitationId: open?.id ?? "" });
    await expect(renewImportedInvitations(owner, { importId })).rejects.toMatchObject({
      code: "import.nobody_to_join",
    });
    expect(await getInvitation(owner, { invitationId: open?.id ?? "" })).toMatchObject({
      state: "revoked",
      newerId: null,
    });
  });
});

const rowsOf = (count: number, title: string) =>
  Array.from({ length: count }, (_, n) => `Person ${n},p${n}@many.test,${title} ${n}`);

test("5,000 people are invited in one piece, and all their links made anew in one", async () => {
  const content = ["name,email,job title", ...rowsOf(5000, "Nurse")].join("\n");
  const { added, invited, importId } = await bringIn(owner, "people", content);
  expect([added, new Set(invited.map(({ token }) => token)).size]).toEqual([5000, 5000]);
  expect((await getInvitationsPage(owner, {})).total).toBe(5000);
  expect((await renewImportedInvitations(owner, { importId })).invited).toHaveLength(5000);
  expect(await verifyLedger(owner, {})).toMatchObject({ firstBad: null });
}, 300_000);

test("2,500 members are described in one piece, each as their row says", async () => {
  const accounts = Array.from({ length: 2500 }, () => newId());
  await asOwner((sql) =>
    sql("INSERT INTO account (id, email) SELECT id, id || '@many.test' FROM unnest($1::uuid[]) AS id", [accounts]),
  );
  await asApp(clinic.clinicId, (sql) =>
    sql(
      `INSERT INTO member (account_id, name, email, role, started_on)
         SELECT id, 'Person ' || n - 1, 'p' || n - 1 || '@many.test', 'staff', '2026-01-01'
         FROM unnest($1::uuid[]) WITH ORDINALITY AS account (id, n)`,
      [accounts],
    ),
  );
  const content = ["name,email,job title", ...rowsOf(2500, "Nurse")].join("\n");
  expect(await bringIn(owner, "people", content)).toMatchObject({ added: 0, changed: 2500 });
  const { rows } = await getPeoplePage(owner, { q: "p2499" });
  expect(rows).toMatchObject([{ name: "Person 2499", jobTitle: "Nurse 2499" }]);
  expect(await eventsOf(clinic.clinicId, "member.described")).toHaveLength(2500);
  expect(await bringIn(owner, "people", content)).toMatchObject({ changed: 0, unchanged: 2500 });
}, 300_000);
