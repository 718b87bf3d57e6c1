import { expect, test } from "vitest";
import { getLedgerPage, getLedgerRows } from "#lib/domain/ledger/queries.ts";
import { typesOfKinds } from "#lib/domain/ledger/rules.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { typedTool } from "#tests/support/tools.ts";

test("the trail for a file is what its pages show, newest first, with the same names and the same filter", async () => {
  const clinic = await mintClinic(["owner", "auditor"]);
  for (let n = 1; n <= 30; n += 1) await registerTool(clinic.as.owner, typedTool(`Tool ${n}`));
  for (const type of [[], typesOfKinds(["tools"])]) {
    const pages = await Promise.all([1, 2].map((page) => getLedgerPage(clinic.as.auditor, { type, page, size: 25 })));
    const { events, names, total } = await getLedgerRows(clinic.as.auditor, { type });
    expect(events).toEqual(pages.flatMap((page) => page.events));
    expect(names).toEqual(Object.assign({}, ...pages.map((page) => page.names)));
    expect(total).toBe(pages[0]?.total);
    expect(events.length).toBeGreaterThan(25);
  }
});
