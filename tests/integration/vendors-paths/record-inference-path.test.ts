import { describe, expect, test } from "vitest";
import { getFile } from "#lib/domain/files/queries.ts";
import { getLedgerPage, getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getToolPage } from "#lib/domain/tools/queries.ts";
import { recordInferencePath } from "#lib/domain/vendors/paths/commands/record-inference-path.ts";
import { getInferencePathPage } from "#lib/domain/vendors/paths/queries.ts";
import { addDays } from "#lib/kernel/dates.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { baaNaming, hop, paper, recordPath, today } from "#tests/support/coverage.ts";
import { asApp } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

const STATED = { statedIn: "Their list of sub-processors", statedOn: addDays(today, -10) };

async function clinicWithTool() {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(clinic.as.owner, typedTool("Northwind Scribe"));
  return { ...clinic, toolId };
}

async function nothingChanged({ system, as }: TestClinic, toolId: string, work: () => Promise<void>) {
  const look = async () => {
    const { paths } = await getInferencePathPage(as.owner, { toolId });
    return { paths, ...(await getLedgerSize(system, {})) };
  };
  const before = await look();
  await work();
  expect(await look()).toEqual(before);
}

test("a path is recorded as a whole, shown hop by hop, and told in the ledger", async () => {
  const { as, toolId } = await clinicWithTool();
  const baaId = await baaNaming(as.owner, toolId, { ends: "on", expiresOn: addDays(today, 40) });
  const letter = "Letter of 3 March with the list of BAAs";
  const shown = { shownOn: addDays(today, -3), shownUntil: addDays(today, 200), evidence: letter };
  const { number, pathId } = await recordInferencePath(as.privacy_officer, {
    ...{ toolId, after: 0, ...STATED },
    hops: [
      hop({ coverage: "our_baa", baaId }),
      {},
      hop({ processor: "Cloudhaven", role: "cloud_host", place: "Ireland", coverage: "shown_baa", ...shown }),
      hop({ processor: "Modelworks", role: "model_provider", place: "" }),
      hop({ processor: "Our own server", role: "own_equipment", place: "Our office", coverage: "own" }),
    ],
  });
  expect(number).toBe(1);
  const { path, coverage } = await getToolPage(as.owner, { toolId });
  expect(path).toMatchObject({ id: pathId, number: 1, ...STATED, file: null, enteredBy: "Dana Whitfield" });
  expect(path?.hops.map(({ position, processor, state, until }) => ({ position, processor, state, until }))).toEqual([
    { position: 1, processor: "Northwind Labs", state: "our_baa", until: addDays(today, 40) },
    { position: 2, processor: "Cloudhaven", state: "shown_baa", until: addDays(today, 200) },
    { position: 3, processor: "Modelworks", state: "nothing", until: null },
    { position: 4, processor: "Our own server", state: "own", until: null },
  ]);
  expect(path?.hops[0]?.baa).toMatchObject({ id: baaId, vendor: "Northwind Labs", reference: "BAA 2026-01" });
  expect(path?.hops[1]).toMatchObject({ role: "cloud_host", place: "Ireland", ...shown });
  expect(coverage).toMatchObject({ gaps: ["hop_uncovered"], uncovered: ["Modelworks"], baaId });
  const { events } = await getLedgerPage(as.owner, {});
  expect(events[0]).toMatchObject({
    type: "inference_path.recorded",
    object: { type: "inference_path", id: pathId },
    data: {
      ...{ toolId, number: 1, ...STATED, fileId: null },
      processors: ["Northwind Labs", "Cloudhaven", "Modelworks", "Our own server"],
      roles: ["vendor_application", "cloud_host", "model_provider", "own_equipment"],
      places: ["United States", "Ireland", "", "Our office"],
      evidence: ["", letter, "", ""],
      coverages: ["our_baa", "shown_baa", "none", "own"],
      baas: [baaId, null, null, null],
    },
  });
});

test("the newest path counts; those before it stay as they were", async () => {
  const { as, toolId } = await clinicWithTool();
  await recordPath(as.owner, toolId, [hop(), hop({ processor: "Cloudhaven" })], STATED);
  const [first] = (await getInferencePathPage(as.owner, { toolId })).paths;
  const { number } = await recordPath(as.privacy_officer, toolId, [hop({ coverage: "own", role: "own_equipment" })]);
  expect(number).toBe(2);
  const { paths } = await getInferencePathPage(as.owner, { toolId });
  expect(paths.map((path) => path.number)).toEqual([2, 1]);
  expect(paths[1]).toEqual(first);
  // Nobody has registered it as self-hosted, so a BAA is still asked for.
  expect((await getToolPage(as.owner, { toolId })).coverage).toMatchObject({
    gaps: ["no_baa_on_record"],
    uncovered: [],
  });
});

test("of a step covered by somebody else's BAA is refused beside it, and nothing is recorded", async () => {
  const { as, toolId } = await clinicWithTool();
  const baaId = await baaNaming(as.owner, toolId);
  const wrong = recordPath(as.owner, toolId, [hop({ processor: "Cloudhaven", coverage: "our_baa", baaId })], STATED);
  await expect(wrong).rejects.toMatchObject({ code: "inference_path.baa_of_another", field: "hops.0.baaId" });
  expect((await getInferencePathPage(as.owner, { toolId })).paths).toEqual([]);
});

describe("two who record the same path", () => {
  test("on pages of the same moment: the second is told and changes nothing", async () => {
    const clinic = await clinicWithTool();
    const { as, toolId } = clinic;
    await recordInferencePath(as.owner, { toolId, after: 0, ...STATED, hops: [hop()] });
    await nothingChanged(clinic, toolId, async () => {
      const stale = recordInferencePath(as.privacy_officer, { toolId, after: 0, ...STATED, hops: [hop()] });
      await expect(stale).rejects.toMatchObject({ code: "inference_path.recorded_meanwhile" });
      const ahead = recordInferencePath(as.privacy_officer, { toolId, after: 7, ...STATED, hops: [hop()] });
      await expect(ahead).rejects.toMatchObject({ code: "inference_path.recorded_meanwhile" });
    });
  });

  test("at the same moment, ten of them: one is recorded and nine are told", async () => {
    const { as, toolId } = await clinicWithTool();
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        recordInferencePath(index % 2 === 0 ? as.owner : as.privacy_officer, {
          ...{ toolId, after: 0, ...STATED, hops: [hop({ processor: `Company ${index}` })] },
        }),
      ),
    );
    const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    expect(told).toEqual(Array.from({ length: 9 }, () => "inference_path.recorded_meanwhile"));
    expect((await getInferencePathPage(as.owner, { toolId })).paths).toHaveLength(1);
  });
});

describe("a file that proves a path", () => {
  test("is kept with it, byte for byte, and a later path may go on naming it", async () => {
    const { as, toolId } = await clinicWithTool();
    const [list, letter] = [paper("List"), paper("Letter")];
    const shown = hop({ coverage: "shown_baa", shownOn: today, evidence: "Their letter", file: letter });
    await recordPath(as.owner, toolId, [shown], { file: list });
    const path = (await getToolPage(as.owner, { toolId })).path;
    const [listId, letterId] = [path?.file?.id ?? "", path?.hops[0]?.file?.id ?? ""];
    expect((await getFile(as.auditor ?? as.owner, { fileId: letterId })).bytes).toEqual(letter.bytes);
    const { events } = await getLedgerPage(as.owner, {});
    expect(
      events
        .slice(0, 3)
        .map((event) => event.type)
        .sort(),
    ).toEqual([...["file.kept", "file.kept", "inference_path.recorded"]]);
    await recordPath(as.owner, toolId, [hop(), { ...shown, file: null, keptFileId: letterId }], { keptFileId: listId });
    const next = (await getToolPage(as.owner, { toolId })).path;
    expect([next?.file?.name, next?.hops.map(({ file }) => file?.name ?? null)]).toEqual([
      "List.pdf",
      [null, "Letter.pdf"],
    ]);
  });

  test("of another tool's path, or of no path, is not found", async () => {
    const clinic = await clinicWithTool();
    const { as, toolId } = clinic;
    const other = await registerTool(as.owner, typedTool("Northwind Chat"));
    await recordPath(as.owner, other.toolId, [hop()], { file: paper("Of another tool") });
    const fileId = (await getToolPage(as.owner, { toolId: other.toolId })).path?.file?.id ?? "";
    await nothingChanged(clinic, toolId, async () => {
      for (const keptFileId of [fileId, newId()]) {
        await expect(recordPath(as.owner, toolId, [hop()], { keptFileId })).rejects.toBeInstanceOf(NotFound);
        const shown = hop({ coverage: "shown_baa", shownOn: today, evidence: "Their letter", keptFileId });
        await expect(recordPath(as.owner, toolId, [shown])).rejects.toBeInstanceOf(NotFound);
      }
    });
  });

  test("that is no PDF or picture is refused beside its row, and nothing is kept", async () => {
    const clinic = await clinicWithTool();
    const { as, clinicId, toolId } = clinic;
    const program = { name: "list.pdf", bytes: new TextEncoder().encode("MZ this is a program") };
    await nothingChanged(clinic, toolId, async () => {
      const shown = hop({ coverage: "shown_baa", shownOn: today, evidence: "Their letter", file: program });
      const recording = recordPath(as.owner, toolId, [hop(), {}, shown], { file: paper("List") });
      await expect(recording).rejects.toMatchObject({ code: "file.not_a_proof", field: "hops.2.file" });
    });
    expect(await asApp(clinicId, (sql) => sql("SELECT id FROM file"))).toEqual([]);
  });
});

test.each([
  ["without a company", [{}, {}], {}, "inference_path.empty"],
  ["stated tomorrow", [hop()], { statedOn: addDays(today, 1) }, "inference_path.in_future"],
  [
    "shown until before it was shown",
    [hop({ coverage: "shown_baa", shownOn: today, shownUntil: addDays(today, -1), evidence: "A letter" })],
    {},
    "inference_path.shown_reversed",
  ],
] as const)("a path %s is refused and leaves nothing", async (_, hops, fields, code) => {
  const clinic = await clinicWithTool();
  await nothingChanged(clinic, clinic.toolId, async () => {
    const recording = recordPath(clinic.as.owner, clinic.toolId, [...hops], fields);
    await expect(recording).rejects.toMatchObject({ code });
  });
});

test("another clinic's tool and BAA, unknown ones and what is no id are not found, and nothing is recorded there", async () => {
  const [one, other] = [await clinicWithTool(), await clinicWithTool()];
  const foreignBaa = await baaNaming(other.as.owner, other.toolId);
  for (const toolId of [other.toolId, newId()]) {
    const recording = recordInferencePath(one.as.owner, { toolId, after: 0, ...STATED, hops: [hop()] });
    await expect(recording).rejects.toBeInstanceOf(NotFound);
    await expect(getInferencePathPage(one.as.owner, { toolId })).rejects.toBeInstanceOf(NotFound);
  }
  await nothingChanged(one, one.toolId, async () => {
    for (const baaId of [foreignBaa, newId()]) {
      const recording = recordPath(one.as.owner, one.toolId, [hop({ coverage: "our_baa", baaId })]);
      await expect(recording).rejects.toBeInstanceOf(NotFound);
    }
    const noId = recordPath(one.as.owner, "'; DROP TABLE inference_path; --", [hop()]);
    await expect(noId).rejects.toBeInstanceOf(InvalidInput);
  });
  expect((await getInferencePathPage(other.as.owner, { toolId: other.toolId })).paths).toEqual([]);
});

test("a BAA of another vendor may cover a hop: it is the processor's, not the tool's", async () => {
  const { as, toolId } = await clinicWithTool();
  const cloud = await registerTool(as.owner, typedTool("Cloudhaven Compute", { vendor: "Cloudhaven" }));
  const baaId = await baaNaming(as.owner, cloud.toolId);
  await recordPath(as.owner, toolId, [hop({ processor: "Cloudhaven", coverage: "our_baa", baaId })]);
  const { path, coverage } = await getToolPage(as.owner, { toolId });
  expect(path?.hops[0]).toMatchObject({ covered: true, baa: { vendor: "Cloudhaven" } });
  expect(coverage.gaps).toEqual(["no_baa_on_record"]);
});

test.each(["manager", "staff", "auditor"] as const)("a %s records no path, nor does a job", async (role) => {
  const { as, system } = await mintClinic(["owner", role]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Scribe"));
  const path = { toolId, after: 0, ...STATED, hops: [hop()] };
  await expect(recordInferencePath(as[role], path)).rejects.toBeInstanceOf(Forbidden);
  await expect(recordInferencePath(system, path)).rejects.toBeInstanceOf(Forbidden);
  const reading = getInferencePathPage(as[role], { toolId });
  if (role === "staff") await expect(reading).rejects.toBeInstanceOf(Forbidden);
  else expect((await reading).paths).toEqual([]);
});

test.each([
  ["markup", "<script>alert(1)</script>", "<script>alert(1)</script>"],
  ["a database's language", "x'); DROP TABLE inference_hop; --", "x'); DROP TABLE inference_hop; --"],
  ["a sheet's formula", '=HYPERLINK("https://evil.example")', '=HYPERLINK("https://evil.example")'],
  ["letters from right to left", "\u202Eevil\u202C Labs", "evil Labs"],
  ["an unseen letter and a NUL", "North\u200Bwind\u0000 Labs", "Northwind Labs"],
  ["half a letter", "Labs \uD83D", "Labs \uFFFD"],
  ["other scripts and signs", "深度求索 🧠 Ünïcødé", "深度求索 🧠 Ünïcødé"],
  ["an ICU placeholder", "{name, select, other {x}}", "{name, select, other {x}}"],
])("a company called by %s is kept as text and read back", async (_, typed, kept) => {
  const { as, toolId } = await clinicWithTool();
  await recordPath(as.owner, toolId, [hop({ processor: typed, place: typed })], { statedIn: typed });
  const { path } = await getToolPage(as.owner, { toolId });
  expect(path).toMatchObject({ statedIn: kept, hops: [{ processor: kept, place: kept }] });
});

test("the database takes no change to a path, and no deletion", async () => {
  const { as, clinicId, toolId } = await clinicWithTool();
  await recordPath(as.owner, toolId, [hop()]);
  for (const statement of [
    "UPDATE inference_path SET stated_in = 'elsewhere'",
    "UPDATE inference_hop SET coverage = 'own'",
    "DELETE FROM inference_hop",
    "DELETE FROM inference_path",
  ]) {
    await expect(asApp(clinicId, (sql) => sql(statement))).rejects.toThrow(/permission denied/);
  }
});
