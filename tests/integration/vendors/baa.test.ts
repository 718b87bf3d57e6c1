import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { getFile } from "#lib/domain/files/queries.ts";
import { FILE_BYTES_MAX } from "#lib/domain/files/schema.ts";
import { addBaaVersion } from "#lib/domain/vendors/baas/commands/add-baa-version.ts";
import { attachBaaDocument } from "#lib/domain/vendors/baas/commands/attach-baa-document.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { terminateBaa } from "#lib/domain/vendors/baas/commands/terminate-baa.ts";
import { withdrawBaaTermination } from "#lib/domain/vendors/baas/commands/withdraw-baa-termination.ts";
import { getBaaPage } from "#lib/domain/vendors/baas/queries.ts";
import { registerVendor } from "#lib/domain/vendors/commands/register-vendor.ts";
import { getVendorPage } from "#lib/domain/vendors/queries.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { Forbidden, type InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { baaNow, pdf, toolWithVendor, typedAgreement, typedBaa } from "#tests/support/baas.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";

const today = calendarDateIn("America/New_York", new Date());

async function withBaa(fields: Parameters<typeof typedBaa>[1] = {}) {
  const clinic = await mintClinic(["owner", "privacy_officer", "manager", "staff", "auditor"]);
  const { toolId, vendorId } = await toolWithVendor(clinic.as.owner);
  const recorded = await recordBaa(clinic.as.privacy_officer, typedBaa(vendorId, { surfaces: [toolId], ...fields }));
  return { ...clinic, toolId, ...recorded };
}

test("an agreement is recorded with what it names and its paper, in one act, and told in the ledger", async () => {
  const bytes = pdf();
  const { as, clinicId, vendorId, baaId, versionId, toolId } = await withBaa({
    file: { name: "Vertrag — 契約 🙂.pdf", bytes },
  });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const baa = await baaNow(as.manager, { vendorId, baaId });
  expect(baa).toMatchObject({
    ...{ reference: "HIPAA BAA 2026", version: 1, state: "in_force", governing: 1, until: null },
    versions: [
      {
        ...{ id: versionId, number: 1, kind: "original", corrects: null, correctedBy: null, signature: "both" },
        ...{ ourParty: "Harbor Family Clinic, PLLC", theirParty: "Northwind Labs, Inc." },
        ...{ agreedOn: "2026-02-20", effectiveOn: "2026-03-01", expiresOn: null, noticeDays: 30 },
        services: ["Northwind Scribe, Team plan", "Support"],
        surfaces: [{ id: toolId, product: "Northwind Scribe", surface: "Team plan" }],
        enteredBy: "Dana Whitfield",
        documents: [
          { name: "Vertrag — 契約 🙂.pdf", mediaType: "application/pdf", sizeBytes: bytes.byteLength, sha256 },
        ],
      },
    ],
  });
  const { tools } = await getVendorPage(as.auditor, { vendorId });
  expect(tools[0]?.coverage).toMatchObject({ gaps: ["path_not_on_record"], baaId, baaVersionId: versionId });
  const events = await eventsOf(clinicId, "baa.recorded", "file.kept", "baa.document_attached");
  const [recorded, kept, attached] = events.map(({ body }) => body);
  expect(recorded).toMatchObject({ object: { id: baaId }, data: { versionId, number: 1, surfaces: [toolId] } });
  expect(kept?.data).toMatchObject({ sha256 });
  expect(attached?.data).toMatchObject({ versionId, fileSha256: sha256 });
  expect(JSON.stringify(events)).not.toMatch(/Harbor|Northwind|Support|契約/);
});

test("the file that comes back is the one that was brought, byte for byte", async () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256);
  bytes.set(pdf());
  const { as, vendorId, baaId } = await withBaa({ file: { name: "baa.pdf", bytes } });
  const [version] = (await baaNow(as.owner, { vendorId, baaId })).versions;
  const file = await getFile(as.auditor, { fileId: version?.documents[0]?.id ?? "" });
  expect(Buffer.compare(Buffer.from(file.bytes), Buffer.from(bytes))).toBe(0);
});

test("a paper of exactly 20 MB is kept", async () => {
  const { as, vendorId, baaId } = await withBaa({ file: { name: "long.pdf", bytes: pdf("", FILE_BYTES_MAX) } });
  const [version] = (await baaNow(as.owner, { vendorId, baaId })).versions;
  expect(version?.documents).toMatchObject([{ sizeBytes: FILE_BYTES_MAX }]);
});

test.each([
  ["one byte more than 20 MB", pdf("", FILE_BYTES_MAX + 1), "file.too_large"],
  ["nothing at all", new Uint8Array(), "file.empty"],
  ["a program under a PDF's name", Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3, 0]), "file.not_a_paper"],
  ["a web page under a PDF's name", new TextEncoder().encode("<html><script>1</script>"), "file.not_a_paper"],
  [
    "a picture, which is no paper",
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    "file.not_a_paper",
  ],
  ["a PDF that begins too late", new TextEncoder().encode(" %PDF-1.7"), "file.not_a_paper"],
])("a file of %s is refused beside the field, and the whole record with it", async (_, bytes, code) => {
  const { as, clinicId } = await mintClinic(["owner"]);
  const { vendorId } = await registerVendor(as.owner, { name: "Northwind", jurisdiction: "" });
  const before = await contentsOf(clinicId);
  const attempt = recordBaa(as.owner, typedBaa(vendorId, { file: { name: "contract.pdf", bytes } }));
  await expect(attempt).rejects.toMatchObject({ code, field: "file" });
  expect(await contentsOf(clinicId)).toEqual(before);
});

test("another vendor's tool, another clinic's and none are not found, and nothing is recorded", async () => {
  const { as, clinicId } = await mintClinic(["owner"]);
  const other = await mintClinic(["owner"]);
  const { vendorId } = await toolWithVendor(as.owner);
  const { toolId: ofAnotherVendor } = await toolWithVendor(as.owner, "Tidewater Notes", "Tidewater");
  const { toolId: ofAnotherClinic, vendorId: foreignVendor } = await toolWithVendor(other.as.owner);
  const before = await contentsOf(clinicId);
  for (const toolId of [ofAnotherVendor, ofAnotherClinic, newId()]) {
    await expect(recordBaa(as.owner, typedBaa(vendorId, { surfaces: [toolId] }))).rejects.toBeInstanceOf(NotFound);
  }
  for (const id of [foreignVendor, newId()]) {
    await expect(recordBaa(as.owner, typedBaa(id))).rejects.toBeInstanceOf(NotFound);
  }
  expect(await contentsOf(clinicId)).toEqual(before);
});

test("a tool that is ticked twice is named once", async () => {
  const { as } = await mintClinic(["owner"]);
  const { vendorId, toolId } = await toolWithVendor(as.owner);
  const { baaId } = await recordBaa(as.owner, typedBaa(vendorId, { surfaces: [toolId, toolId] }));
  expect((await baaNow(as.owner, { vendorId, baaId })).versions[0]?.surfaces).toHaveLength(1);
});

test("what is not chosen is asked for, and nothing is taken for signed or for endless", async () => {
  const { as } = await mintClinic(["owner"]);
  const { vendorId } = await registerVendor(as.owner, { name: "Northwind", jurisdiction: "" });
  const typed = typedBaa(vendorId);
  const issues = async (fields: object) =>
    recordBaa(as.owner, { ...typed, ...fields } as never).then(
      () => [],
      (error: InvalidInput) => error.issues.map(({ path, code }) => [path, code]),
    );
  expect(await issues({ signature: undefined })).toEqual([["signature", "choose_signature"]]);
  expect(await issues({ ends: undefined, expiresOn: "" })).toEqual([["ends", "choose_end"]]);
  expect(await issues({ ends: "on", expiresOn: "" })).toEqual([["expiresOn", "date_not_understood"]]);
  expect(await issues({ agreedOn: "20 Feb 2026", effectiveOn: "2026-02-30" })).toEqual([
    ["agreedOn", "date_not_understood"],
    ["effectiveOn", "date_not_understood"],
  ]);
  for (const noticeDays of ["-1", "3651", "soon", "1.5"]) {
    expect(await issues({ noticeDays })).toMatchObject([["noticeDays", expect.any(String)]]);
  }
  expect(await issues({ ourParty: " ", theirParty: "", reference: "" })).toEqual([
    ["reference", "required"],
    ["ourParty", "required"],
    ["theirParty", "required"],
  ]);
  expect(await issues({ surfaces: ["not an id"] })).toMatchObject([["surfaces.0", expect.any(String)]]);
});

test("a date that was typed for an agreement without an end is not kept", async () => {
  const { as, vendorId, baaId } = await withBaa({ ends: "never", expiresOn: "2026-12-31" });
  expect((await baaNow(as.owner, { vendorId, baaId })).versions[0]?.expiresOn).toBeNull();
});

test.each(["one_side", "unknown"] as const)("signed by %s is not signed, and covers nothing", async (signature) => {
  const { as, vendorId, baaId } = await withBaa({ signature });
  expect(await baaNow(as.owner, { vendorId, baaId })).toMatchObject({ state: "not_signed", until: null });
  const { tools } = await getVendorPage(as.owner, { vendorId });
  expect(tools[0]?.coverage.gaps).toContain("baa_not_signed");
});

test("an agreement that was sent twice is recorded once, however fast", async () => {
  const { as, clinicId } = await mintClinic(["owner"]);
  const { vendorId } = await registerVendor(as.owner, { name: "Northwind", jurisdiction: "" });
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => recordBaa(as.owner, typedBaa(vendorId))));
  const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
  expect(told).toEqual(Array.from({ length: 4 }, () => "baa.already_recorded"));
  const again = recordBaa(as.owner, typedBaa(vendorId, { reference: "hipaa  BAA (2026)" }));
  await expect(again).rejects.toMatchObject({ code: "baa.already_recorded", field: "reference" });
  expect(await eventsOf(clinicId, "baa.recorded")).toHaveLength(1);
});

test("several agreements with one vendor stand beside each other", async () => {
  const { as, vendorId } = await withBaa();
  await recordBaa(as.owner, typedBaa(vendorId, { reference: "Addendum for voice" }));
  const { baas } = await getVendorPage(as.owner, { vendorId });
  expect(baas.map((baa) => baa.reference)).toEqual(["HIPAA BAA 2026", "Addendum for voice"]);
});

test("a renewal, an amendment and a correction are versions, and the first stays as it was", async () => {
  const { as, clinicId, vendorId, baaId, toolId } = await withBaa({ ends: "on", expiresOn: "2027-02-28" });
  const added = { baaId, ...typedAgreement(), surfaces: [toolId] };
  await addBaaVersion(as.owner, { ...added, kind: "renewal", version: 1, effectiveOn: "2027-03-01" });
  await addBaaVersion(as.owner, { ...added, kind: "amendment", version: 2, effectiveOn: "2026-06-01", surfaces: [] });
  const note = "The first year was typed wrongly.";
  const correction = { ...added, kind: "correction", version: 3, corrects: "1", note } as const;
  await addBaaVersion(as.owner, { ...correction, ends: "on", expiresOn: "2027-03-31" });
  const baa = await baaNow(as.owner, { vendorId, baaId });
  expect(baa.versions).toMatchObject([
    { number: 4, kind: "correction", corrects: 1, expiresOn: "2027-03-31", note },
    { number: 3, kind: "amendment", surfaces: [] },
    { number: 2, kind: "renewal", correctedBy: null },
    { number: 1, kind: "original", correctedBy: 4, expiresOn: "2027-02-28" },
  ]);
  expect(baa).toMatchObject({ version: 4, governing: 3, state: "in_force" });
  const types = (await eventsOf(clinicId, "baa.recorded", "baa.renewed", "baa.amended", "baa.corrected")).map(
    ({ type }) => type,
  );
  expect(types).toEqual(["baa.recorded", "baa.renewed", "baa.amended", "baa.corrected"]);
});

test("of ten versions that are added on the same page one is kept and nine are told", async () => {
  const { as, vendorId, baaId } = await withBaa();
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) =>
      addBaaVersion(index % 2 === 0 ? as.owner : as.privacy_officer, {
        ...{ baaId, ...typedAgreement(), kind: "amendment", version: 1 },
        effectiveOn: "2026-06-01",
      }),
    ),
  );
  const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
  expect(told).toEqual(Array.from({ length: 9 }, () => "baa.changed_meanwhile"));
  expect((await baaNow(as.owner, { vendorId, baaId })).versions).toHaveLength(2);
});

test("a correction says what it corrects and why, once", async () => {
  const { as, baaId } = await withBaa();
  const correction = { baaId, ...typedAgreement(), kind: "correction", version: 1 } as const;
  await expect(addBaaVersion(as.owner, { ...correction, corrects: "1" })).rejects.toMatchObject({
    issues: [{ path: "note", code: "required" }],
  });
  const note = "Signed by them only.";
  for (const corrects of ["2", ""]) {
    await expect(addBaaVersion(as.owner, { ...correction, corrects, note })).rejects.toMatchObject({
      code: "baa.corrects_unknown",
    });
  }
  await addBaaVersion(as.owner, { ...correction, corrects: "1", note, signature: "one_side" });
  await expect(addBaaVersion(as.owner, { ...correction, version: 2, corrects: "1", note })).rejects.toMatchObject({
    code: "baa.already_corrected",
    params: { number: 1, by: 2 },
  });
});

test("a version of another clinic's agreement is not found, nor its paper, its end, its page", async () => {
  const [one, other] = [await mintClinic(["owner"]), await withBaa()];
  const { terminationId } = await terminateBaa(other.as.owner, {
    ...{ baaId: other.baaId, version: 1, lastDay: today, reason: "Unused." },
  });
  const before = await contentsOf(other.clinicId);
  const { owner } = one.as;
  const attempts = [
    ...[other.baaId, newId()].flatMap((baaId) => [
      addBaaVersion(owner, { baaId, ...typedAgreement(), kind: "amendment", version: 1 }),
      terminateBaa(owner, { baaId, version: 1, lastDay: today, reason: "Unused." }),
      getBaaPage(owner, { vendorId: other.vendorId, baaId }),
    ]),
    ...[other.versionId, newId()].map((versionId) =>
      attachBaaDocument(owner, { versionId, file: { name: "a.pdf", bytes: pdf() } }),
    ),
    ...[terminationId, newId()].map((id) => withdrawBaaTermination(owner, { terminationId: id, reason: "Why." })),
  ];
  for (const attempt of await Promise.allSettled(attempts)) {
    expect(attempt.status === "rejected" && attempt.reason).toBeInstanceOf(NotFound);
  }
  expect(await contentsOf(other.clinicId)).toEqual(before);
});

test("an agreement is only found under its own vendor", async () => {
  const { as, baaId } = await withBaa();
  const { vendorId } = await registerVendor(as.owner, { name: "Tidewater", jurisdiction: "" });
  await expect(getBaaPage(as.owner, { vendorId, baaId })).rejects.toBeInstanceOf(NotFound);
});

test("a paper can come later, the same one only once", async () => {
  const { as, clinicId, vendorId, baaId, versionId } = await withBaa();
  const file = { name: "signed.pdf", bytes: pdf("signed") };
  const results = await Promise.allSettled([
    attachBaaDocument(as.owner, { versionId, file }),
    attachBaaDocument(as.privacy_officer, { versionId, file: { ...file, name: "the same again.pdf" } }),
  ]);
  const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(told).toMatchObject([{ code: "baa.document_attached_already", field: "file" }]);
  await attachBaaDocument(as.owner, { versionId, file: { name: "annex.pdf", bytes: pdf("annex") } });
  const [version] = (await baaNow(as.owner, { vendorId, baaId })).versions;
  expect(version?.documents).toHaveLength(2);
  expect(await eventsOf(clinicId, "file.kept")).toHaveLength(2);
});

test("to attach no file is refused in words", async () => {
  const { as, versionId } = await withBaa();
  const attempt = attachBaaDocument(as.owner, { versionId, file: null });
  await expect(attempt).rejects.toMatchObject({ issues: [{ path: "file", code: "file_needed" }] });
});

test("an end before its time counts from the next day on, and can be taken back", async () => {
  const { as, clinicId, vendorId, baaId } = await withBaa();
  const ending = { baaId, version: 1, lastDay: today, reason: "Moved to another scribe." };
  const { terminationId } = await terminateBaa(as.owner, ending);
  expect(await baaNow(as.owner, { vendorId, baaId })).toMatchObject({
    ...{ state: "in_force", until: today },
    terminations: [{ lastDay: today, reason: ending.reason, enteredBy: "Grace Okafor", withdrawn: null }],
  });
  await withdrawBaaTermination(as.privacy_officer, { terminationId, reason: "They stay." });
  expect(await baaNow(as.owner, { vendorId, baaId })).toMatchObject({
    ...{ state: "in_force", until: null },
    terminations: [{ withdrawn: { by: "Dana Whitfield", reason: "They stay." } }],
  });
  await expect(withdrawBaaTermination(as.owner, { terminationId, reason: "Again." })).rejects.toMatchObject({
    code: "baa.termination_withdrawn_already",
  });
  await terminateBaa(as.owner, { ...ending, version: 3, lastDay: addDays(today, -1) });
  expect(await baaNow(as.owner, { vendorId, baaId })).toMatchObject({ state: "terminated", until: null });
  const types = (await eventsOf(clinicId, "baa.terminated", "baa.termination_withdrawn")).map(({ type }) => type);
  expect(types).toEqual(["baa.terminated", "baa.termination_withdrawn", "baa.terminated"]);
});

test("of two who end it at once one does, and an end on an old page is refused", async () => {
  const { as, baaId, vendorId } = await withBaa();
  const ending = { baaId, version: 1, lastDay: today, reason: "Unused." };
  const results = await Promise.allSettled([terminateBaa(as.owner, ending), terminateBaa(as.privacy_officer, ending)]);
  const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
  expect(told).toEqual(["baa.changed_meanwhile"]);
  await expect(terminateBaa(as.owner, { ...ending, version: 2 })).rejects.toMatchObject({
    code: "baa.terminated_already",
  });
  const [termination] = (await baaNow(as.owner, { vendorId, baaId })).terminations;
  await withdrawBaaTermination(as.owner, { terminationId: termination?.id ?? "", reason: "Not yet." });
  const amendment = { ...typedAgreement(), kind: "amendment", effectiveOn: "2026-06-01" } as const;
  await addBaaVersion(as.owner, { baaId, ...amendment, version: 3 });
  await expect(terminateBaa(as.owner, { ...ending, version: 3 })).rejects.toMatchObject({
    code: "baa.changed_meanwhile",
  });
});

describe("in a tab that was opened before the agreement changed in another", () => {
  const stale = { code: "baa.changed_meanwhile" };

  test("an end is refused after an end was recorded and taken back", async () => {
    const { as, baaId, vendorId } = await withBaa();
    const { version } = await baaNow(as.owner, { vendorId, baaId });
    const ending = { baaId, version, lastDay: today, reason: "Unused." };
    const { terminationId } = await terminateBaa(as.privacy_officer, ending);
    await expect(terminateBaa(as.owner, ending)).rejects.toMatchObject(stale);
    await withdrawBaaTermination(as.privacy_officer, { terminationId, reason: "They stay." });
    await expect(terminateBaa(as.owner, ending)).rejects.toMatchObject(stale);
    expect((await baaNow(as.owner, { vendorId, baaId })).terminations).toHaveLength(1);
  });

  test("a correction is refused after an end, and made on the page as it is now it is the next version", async () => {
    const { as, baaId, vendorId } = await withBaa();
    const { version } = await baaNow(as.owner, { vendorId, baaId });
    const correction = { baaId, ...typedAgreement(), kind: "correction", corrects: 1, note: "A slip." } as const;
    await terminateBaa(as.privacy_officer, { baaId, version, lastDay: today, reason: "Unused." });
    await expect(addBaaVersion(as.owner, { ...correction, version })).rejects.toMatchObject(stale);
    const { version: now } = await baaNow(as.owner, { vendorId, baaId });
    expect(await addBaaVersion(as.owner, { ...correction, version: now })).toMatchObject({ number: 2 });
    expect((await baaNow(as.owner, { vendorId, baaId })).versions.map(({ number }) => number)).toEqual([2, 1]);
  });
});

test("an agreement that was ended takes no renewal and no amendment, but a correction", async () => {
  const { as, baaId } = await withBaa();
  await terminateBaa(as.owner, { baaId, version: 1, lastDay: today, reason: "Unused." });
  const added = { baaId, ...typedAgreement(), version: 2 };
  for (const kind of ["renewal", "amendment"] as const) {
    const attempt = addBaaVersion(as.owner, { ...added, kind, effectiveOn: "2026-09-01" });
    await expect(attempt).rejects.toMatchObject({ code: "baa.ended_takes_no_more" });
  }
  await addBaaVersion(as.owner, { ...added, kind: "correction", corrects: 1, note: "Wrong party." });
});

test("what happened before it was written down says so, and is judged on that day", async () => {
  const { as, clinicId } = await mintClinic(["owner"]);
  const { vendorId } = await registerVendor(as.owner, { name: "Northwind", jurisdiction: "" });
  const then = { ...as.owner, occurredAt: new Date("2025-03-10T15:00:00Z") };
  const early = typedBaa(vendorId, { agreedOn: "2025-03-01", effectiveOn: "2025-03-15" });
  const { baaId, versionId } = await recordBaa(then, early);
  await attachBaaDocument(then, { versionId, file: { name: "a.pdf", bytes: pdf() } });
  const [version] = (await baaNow(as.owner, { vendorId, baaId })).versions;
  expect(version?.enteredAt).toEqual(then.occurredAt);
  expect(version?.recordedAt.getTime()).toBeGreaterThan(Date.parse("2026-01-01"));
  expect((await baaNow(then, { vendorId, baaId })).state).toBe("in_force");
  const bodies = (await eventsOf(clinicId, "baa.recorded")).map(({ body }) => body);
  expect(bodies).toMatchObject([{ occurredAt: "2025-03-10T15:00:00.000Z" }]);
  const tooFar = recordBaa(then, typedBaa(vendorId, { reference: "Other", agreedOn: "2026-06-01" }));
  await expect(tooFar).rejects.toMatchObject({ code: "baa.too_far_ahead" });
});

test.each(["manager", "staff", "auditor"] as const)("a %s records nothing of an agreement", async (role) => {
  const { as, system, clinicId, vendorId, baaId, versionId } = await withBaa();
  const before = await contentsOf(clinicId);
  for (const who of [as[role], system]) {
    const attempts = [
      recordBaa(who, typedBaa(vendorId, { reference: "Another" })),
      addBaaVersion(who, { baaId, ...typedAgreement(), kind: "amendment", version: 1 }),
      attachBaaDocument(who, { versionId, file: { name: "a.pdf", bytes: pdf() } }),
      terminateBaa(who, { baaId, version: 1, lastDay: today, reason: "Unused." }),
      withdrawBaaTermination(who, { terminationId: newId(), reason: "Unused." }),
    ];
    for (const attempt of await Promise.allSettled(attempts)) {
      expect(attempt.status === "rejected" && attempt.reason).toBeInstanceOf(Forbidden);
    }
  }
  expect(await contentsOf(clinicId)).toEqual(before);
});
