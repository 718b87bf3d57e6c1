import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { previewImport } from "#lib/domain/tools/imports/commands/preview-import.ts";
import { getImportPage } from "#lib/domain/tools/imports/queries.ts";
import { mintClinic } from "#tests/support/clinic.ts";

const N = Number(process.env.N ?? 20000);
const csv = (status: string, reason: string) =>
  new TextEncoder().encode(
    ["vendor,product,surface,category,hostnames,why,status,conditions,reason",
      ...Array.from({ length: N }, (_, i) => `Vendor ${i % 900},Assistant ${i},Free,general_chat,app${i}.example.com,Measured only,${status},"Nothing about patients",${reason}`),
    ].join("\n"),
  );
const pgCpu = () => {
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("wardbook_test")) continue;
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {}
  }
  return ticks / 100;
};
test("speed", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const as = clinic.as.privacy_officer;
  const timed = async <T>(name: string, work: () => Promise<T>) => {
    const began = performance.now();
    const cpu = process.cpuUsage();
    const pg = pgCpu();
    const value = await work();
    const used = process.cpuUsage(cpu);
    console.log(name, "wall", ((performance.now() - began) / 1000).toFixed(2), "node", ((used.user + used.system) / 1e6).toFixed(2), "pg", (pgCpu() - pg).toFixed(2));
    return value;
  };
  for (const [status, reason] of ([["", "Measured"], ["not_for_phi", "Measured"], ["not_for_phi", "Measured"], ["prohibited", "Other"]] as const).slice(0, Number(process.env.K ?? 4))) {
    const { importId } = await timed("preview", () => previewImport(as, { kind: "tools", file: { name: "t.csv", bytes: csv(status, reason) } }));
    const page = await timed("page", () => getImportPage(as, { importId }));
    console.log(page.plan?.counts, page.plan?.problems.slice(0, 2));
    console.log(await timed("apply", () => applyImport(as, { importId, ...(page.plan ? { seen: page.plan.sha256 } : {}) })));
  }
  expect(1).toBe(1);
}, 600_000);
