import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { getPackBytes } from "#lib/domain/evidence/queries.ts";
import { toolsTable } from "#lib/domain/tools/evidence.ts";
import { attachBaaDocument } from "#lib/domain/vendors/baas/commands/attach-baa-document.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { baasTable, dueDiligenceTable, pathsTable } from "#lib/domain/vendors/evidence.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { sha256Hex } from "#lib/proof/hash.ts";
import { toolWithVendor, typedBaa } from "#tests/support/baas.ts";
import { HAS_PYTHON, runVerifyPy, verifyWithBoth } from "#tests/support/both-verifiers.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { hop, paper, recordPath, verifiedTool } from "#tests/support/coverage.ts";
import { inPack, madePack, tableOf } from "#tests/support/packs.ts";
import { decidedTool } from "#tests/support/requests.ts";

/** A clinic whose one paper is that of two agreements, of a path and of a worksheet. */
async function withPapers() {
  const clinic = await mintClinic();
  const { as } = clinic;
  const { toolId, vendorId } = await toolWithVendor(as.owner);
  for (const reference of ["BAA 2025", "BAA 2026"]) {
    const { versionId } = await recordBaa(as.owner, typedBaa(vendorId, { reference }));
    await attachBaaDocument(as.owner, { versionId, file: paper("Retention") });
  }
  await recordPath(as.owner, toolId, [hop()], { file: paper("Retention") });
  await verifiedTool(as.owner, toolId, { withFile: true });
  await decidedTool(as.owner, "Northwind Chat", "prohibited");
  return clinic;
}

test("a paper of several records stands in the ZIP once, byte for byte, and each record names it", async () => {
  const { bytes } = paper("Retention");
  const clinic = await withPapers();
  const { bag, packId } = await madePack(clinic);
  const file = `files/${sha256Hex(bytes)}.pdf`;
  expect([...bag.keys()].filter((one) => one.startsWith("data/files/"))).toEqual([`data/${file}`]);
  expect(Buffer.from(bag.get(`data/${file}`) ?? []).equals(bytes)).toBe(true);
  expect(tableOf(bag, "baas").map(({ papers }) => papers)).toEqual([file, file]);
  expect(tableOf(bag, "inference_paths").map((row) => row.file)).toEqual([file]);
  expect(tableOf(bag, "due_diligence").flatMap(({ files }) => (files === "" ? [] : [files]))).toEqual([file]);
  expect((await verifyWithBoth(bag)).verdict).toBe("consistent_signer_unknown");
  if (!HAS_PYTHON) return;
  const folder = mkdtempSync(path.join(tmpdir(), "wardbook-zip-"));
  const zip = path.join(folder, "pack.zip");
  writeFileSync(zip, (await getPackBytes(clinic.system, { packId })).content);
  expect(runVerifyPy([zip]).exitCode).toBe(2);
  rmSync(folder, { recursive: true });
});

test("its tables are made without the bytes of papers, and the register without what decisions rested on", async () => {
  const clinic = await withPapers();
  const read = await inPack(clinic, {}, async (tx, moment) => {
    const found: unknown[] = [];
    for (const table of [toolsTable, baasTable, pathsTable, dueDiligenceTable]) {
      await table(listening(tx, found), moment);
    }
    return found;
  });
  const names = columnsIn(read);
  expect(names).toContain("sizeBytes");
  expect(names).toContain("snapshotHash");
  expect(names).not.toContain("bytes");
  expect(names).not.toContain("snapshot");
});

/** The same transaction, which puts aside all that is read through it. */
function listening(tx: ClinicTx, found: unknown[]): ClinicTx {
  return new Proxy(tx, {
    get: (target, model) => {
      const delegate = Reflect.get(target, model);
      if (typeof delegate !== "object" || delegate === null) return delegate;
      return new Proxy(delegate, {
        get: (methods, name) => async (args: unknown) => {
          const answer = await Reflect.get(methods, name).call(methods, args);
          found.push(answer);
          return answer;
        },
      });
    },
  });
}

function columnsIn(value: unknown, names = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value) columnsIn(one, names);
  else if (typeof value === "object" && value !== null && !(value instanceof Date)) {
    for (const [name, inner] of Object.entries(value)) columnsIn(inner, names.add(name));
  }
  return names;
}
