import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { getLedgerPage } from "#lib/domain/ledger/queries.ts";
import { issueBlockListAddress } from "#lib/domain/tools/block-list/commands/issue-block-list-address.ts";
import { switchOffBlockListAddress } from "#lib/domain/tools/block-list/commands/switch-off-block-list-address.ts";
import { getBlockListFile, getBlockListPage, getServedBlockList } from "#lib/domain/tools/block-list/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { asOwner } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

async function prohibit(clinic: TestClinic, product: string, hostname: string): Promise<string> {
  const { toolId } = await registerTool(clinic.as.owner, typedTool(product, { hostnames: [hostname] }));
  await decideTool(clinic.as.owner, { toolId, version: 1, status: "prohibited", reason: "Not needed here." });
  return toolId;
}

async function listedIn(clinic: TestClinic): Promise<string[]> {
  const { rows } = await getBlockListPage(clinic.as.privacy_officer, { size: 100 });
  return rows.map(({ hostname }) => hostname);
}

const secretOf = (url: string) => url.split("/").at(-1) ?? "";

test("what the clinic prohibits is listed, and what nobody has decided on is not", async () => {
  const clinic = await mintClinic();
  await prohibit(clinic, "Northwind Chat", "chat.northwind.example");
  await registerTool(clinic.as.owner, typedTool("Undecided", { hostnames: ["undecided.example"] }));
  expect(await listedIn(clinic)).toEqual(["chat.northwind.example"]);
});

test("an address that an approved tool shares is left out, with the tool that keeps it and what to do instead", async () => {
  const clinic = await mintClinic();
  await adoptTools(clinic.as.owner, { keys: ["openai-chatgpt-consumer", "openai-chatgpt-enterprise"] });
  const before = await listedIn(clinic);
  expect(before).toContain("chatgpt.com");
  const { toolId } = await registerTool(
    clinic.as.owner,
    typedTool("ChatGPT for the clinic", { hostnames: ["chatgpt.com"] }),
  );
  await decideTool(clinic.as.owner, {
    ...{ toolId, version: 1, status: "not_for_phi", reason: "Letters." },
    conditions: ["Clinic accounts only"],
  });
  const { rows, leftOut } = await getBlockListPage(clinic.as.privacy_officer, { size: 100 });
  expect(rows.map(({ hostname }) => hostname)).not.toContain("chatgpt.com");
  expect(leftOut.find(({ hostname }) => hostname === "chatgpt.com")).toMatchObject({
    reason: "shared_with_approved",
    keptBy: [{ toolId }],
    control: { code: "openai-allowed-workspaces" },
  });
});

test("a host name that was taken away is not blocked any more", async () => {
  const clinic = await mintClinic();
  const toolId = await prohibit(clinic, "Northwind Chat", "chat.northwind.example");
  await asOwner(async (sql) => {
    await sql("SET LOCAL ROLE wardbook_app");
    await sql("SELECT set_config('app.clinic_id', $1, true)", [clinic.clinicId]);
    await sql("UPDATE tool_hostname SET removed_at = now() WHERE tool_id = $1", [toolId]);
  });
  expect(await listedIn(clinic)).toEqual([]);
});

test("the secret address gives the current list and changes with the register", async () => {
  const clinic = await mintClinic();
  await prohibit(clinic, "Northwind Chat", "chat.northwind.example");
  await issueBlockListAddress(clinic.as.privacy_officer, {});
  const { address } = await getBlockListPage(clinic.as.privacy_officer, {});
  const secret = secretOf(address?.url ?? "");
  const served = async () =>
    Buffer.from((await getServedBlockList(clinic.system, { secret, format: "plain" })).bytes).toString("utf8");
  const first = await served();
  expect(first).toContain("chat.northwind.example");
  expect(await served()).toBe(first);
  await prohibit(clinic, "Northwind Voice", "voice.northwind.example");
  expect(await served()).toContain("voice.northwind.example");
  const { bytes } = await getBlockListFile(clinic.as.manager, { format: "plain" });
  expect(Buffer.from(bytes).toString("utf8")).toBe(await served());
});

test("a replaced, a switched-off, a guessed and another clinic's secret are not found", async () => {
  const [clinic, other] = [await mintClinic(), await mintClinic()];
  const secretNow = async (of: TestClinic) =>
    secretOf((await getBlockListPage(of.as.privacy_officer, {})).address?.url ?? "");
  const ask = (secret: string) => getServedBlockList(clinic.system, { secret, format: "hosts" });
  await expect(ask("")).rejects.toThrow(NotFound);
  await issueBlockListAddress(clinic.as.owner, {});
  await issueBlockListAddress(other.as.owner, {});
  const first = await secretNow(clinic);
  await expect(ask(await secretNow(other))).rejects.toThrow(NotFound);
  await expect(ask(`${first}x`)).rejects.toThrow(NotFound);
  await expect(ask(first)).resolves.toMatchObject({ fileName: "block-list-hosts.txt" });
  await issueBlockListAddress(clinic.as.owner, {});
  const second = await secretNow(clinic);
  expect(second).not.toBe(first);
  await expect(ask(first)).rejects.toThrow(NotFound);
  await switchOffBlockListAddress(clinic.as.owner, {});
  await expect(ask(second)).rejects.toThrow(NotFound);
  expect((await getLedgerPage(clinic.as.owner, {})).events.slice(0, 3).map(({ type }) => type)).toEqual([
    "block_list.address_switched_off",
    "block_list.address_issued",
    "block_list.address_issued",
  ]);
});

test("only officers learn the address", async () => {
  const clinic = await mintClinic();
  await issueBlockListAddress(clinic.as.owner, {});
  for (const role of ["manager", "auditor"] as const) {
    expect((await getBlockListPage(clinic.as[role], {})).address).toBeNull();
  }
});
