import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { toolNow } from "#tests/support/tools.ts";

const home = process.cwd();
afterEach(() => process.chdir(home));

test("a later catalogue changes no tool adopted before: neither its facts, nor its hash, nor its status", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolIds } = await adoptTools(as.owner, { keys: ["openai-chatgpt-enterprise"] });
  const toolId = toolIds[0] ?? "";
  const before = await toolNow(as.owner, toolId);

  const release = mkdtempSync(path.join(os.tmpdir(), "wardbook-release-"));
  cpSync("content", path.join(release, "content"), { recursive: true });
  const file = path.join(release, "content/catalogue/openai.yaml");
  const changed = readFileSync(file, "utf8")
    .replaceAll("recommendation: approved_for_phi", "recommendation: prohibited")
    .replaceAll(/^ {6}en: .*$/gm, '      en: "Told otherwise in the next release."');
  writeFileSync(file, changed);
  process.chdir(release);
  vi.resetModules();
  // As the next release's process would read them.
  const next = await import("#lib/domain/tools/queries.ts");
  const { entry, toolId: found } = await next.getCatalogueEntry(as.owner, { key: "openai-chatgpt-enterprise" });
  expect(entry?.recommendation).toBe("prohibited");
  expect(entry?.sha256).not.toBe(before.catalogueHash);
  expect(found).toBe(toolId);
  const { tool } = await next.getToolPage(as.owner, { toolId });
  const { standing, decisions, narrowing, ...kept } = before;
  expect(tool).toEqual(kept);
});
