import { describe, expect, test } from "vitest";
import { getLedgerPage, getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { linkRequest } from "#lib/domain/tools/requests/commands/link-request.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { withdrawRequest } from "#lib/domain/tools/requests/commands/withdraw-request.ts";
import { findSimilarTools, getMyRequests, getRequest, getRequestForm } from "#lib/domain/tools/requests/queries.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { asked, asking, decidedTool, requestNow, somebody } from "#tests/support/requests.ts";
import { typedTool } from "#tests/support/tools.ts";

const OFFICERS = ["owner", "privacy_officer", "staff"] as const;

describe("asking", () => {
  test("a request is open at once, on the requester's page, and told in the ledger", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId } = await askForTool(
      as.staff,
      asking({ vendor: "Nib Works", address: "https://app.nib.example/notes/jane?dob=1960", goesIn: "deidentified" }),
    );
    expect(await requestNow(as.staff, requestId)).toMatchObject({
      ...{
        status: "open",
        product: "Quillfeather",
        vendor: "Nib Works",
        surface: { text: "" },
        hostname: "app.nib.example",
      },
      ...{ purpose: "Letters to suppliers.", goesIn: "deidentified", requestedBy: "Maria Santos", isOwn: true },
      ...{ tool: null, answer: null, desk: null, supporters: null, otherSupporters: 0 },
    });
    expect((await getMyRequests(as.staff, {})).rows).toMatchObject([{ id: requestId, status: "open", isOwn: true }]);
    const { events } = await getLedgerPage(as.owner, {});
    expect(events[0]).toMatchObject({
      type: "tool_request.asked",
      object: { type: "tool_request", id: requestId },
      data: { product: "Quillfeather", hostname: "app.nib.example", goesIn: "deidentified", toolId: null },
    });
  });

  test("what was typed enters the ledger only as commitments", async () => {
    const { clinicId, as } = await mintClinic(OFFICERS);
    await askForTool(as.staff, asking({ vendor: "Nib Works", address: "nib.example" }));
    const [event] = await eventsOf(clinicId, "tool_request.asked");
    expect(JSON.stringify(event?.body)).not.toMatch(/Quillfeather|Nib|nib\.example|suppliers/);
  });

  test("asked for out of the look-up, it is about that tool, whatever else the form says", async () => {
    const { as } = await mintClinic(OFFICERS);
    const toolId = await decidedTool(as.owner, "Northwind Chat", "prohibited");
    const { requestId } = await askForTool(as.staff, asking({ toolId, product: "Something else", vendor: "Else" }));
    expect(await requestNow(as.staff, requestId)).toMatchObject({
      ...{ product: "Northwind Chat", vendor: "Northwind Labs", surface: { text: "Team plan" } },
      tool: { toolId, standing: { standing: "may_not_use" } },
    });
  });

  test("asked for out of the catalogue, it has the entry's names, and the tool once the clinic has adopted it", async () => {
    const { as } = await mintClinic([...OFFICERS, "manager"]);
    const catalogueKey = "openai-chatgpt-enterprise";
    const before = await askForTool(as.staff, asking({ catalogueKey, product: "" }));
    expect(await requestNow(as.staff, before.requestId)).toMatchObject({ product: "ChatGPT", tool: null });
    const { toolIds } = await adoptTools(as.owner, { keys: [catalogueKey] });
    const after = await askForTool(as.manager, asking({ catalogueKey, product: "" }));
    expect(await requestNow(as.manager, after.requestId)).toMatchObject({ tool: { toolId: toolIds[0] } });
  });

  test.each([
    ["by its name", { product: "DeepSeek" }],
    ["in other letters", { product: "d e e p  S E E K app" }],
    ["by its address", { product: "A chat", address: "https://chat.deepseek.com/x" }],
    ["by its company", { product: "Chat", vendor: "Hangzhou DeepSeek" }],
    ["out of the catalogue", { product: "", catalogueKey: "deepseek-mobile-app" }],
  ])("DeepSeek's own, asked for %s, is answered at once: no, and it never waits in the queue", async (_, fields) => {
    const { clinicId, as } = await mintClinic(OFFICERS);
    const usable = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
    const before = await contentsOf(clinicId);
    await expect(askForTool(as.staff, asking(fields))).rejects.toMatchObject({ code: "tool_request.deepseek_own" });
    expect(await contentsOf(clinicId)).toEqual(before);
    const form = await findSimilarTools(as.staff, fields);
    expect(form).toMatchObject({ isDeepseeksOwn: true, instead: [{ toolId: usable }] });
    expect(form.similar).toEqual({ tools: [], entries: [], requests: [] });
  });

  test("an adopted surface of DeepSeek's own is refused as well", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { toolIds } = await adoptTools(as.owner, { keys: ["deepseek-web-chat"] });
    const asking_ = askForTool(as.staff, asking({ toolId: toolIds[0] ?? "" }));
    await expect(asking_).rejects.toMatchObject({ code: "tool_request.deepseek_own" });
  });

  test("DeepSeek's weights on another host are queued: the privacy officer can narrow", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId } = await askForTool(as.staff, asking({ product: "DeepSeek R1 on Northwind" }));
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: "open" });
  });

  test("what they may use already is not asked for, unless for more than it is approved for", async () => {
    const { as } = await mintClinic(OFFICERS);
    const toolId = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
    const again = askForTool(as.staff, asking({ toolId, goesIn: "nothing" }));
    await expect(again).rejects.toMatchObject({ code: "tool_request.allowed_already" });
    const { requestId } = await askForTool(as.staff, asking({ toolId, goesIn: "phi" }));
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: "open", goesIn: "phi" });
  });

  test("who asks again for the same is told of the request that is open, and may ask anew once it is closed", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId } = await asked(as.staff);
    const again = askForTool(as.staff, asking({ product: "  quill-FEATHER ", purpose: "Other letters." }));
    // "quill feather" is another name than "quillfeather".
    await expect(again).resolves.toMatchObject({ requestId: expect.any(String) });
    const same = askForTool(as.staff, asking({ product: "QUILLFEATHER!" }));
    await expect(same).rejects.toMatchObject({ code: "tool_request.already_asked", params: { requestId } });
    await withdrawRequest(as.staff, { requestId });
    await expect(askForTool(as.staff, asking())).resolves.toMatchObject({ requestId: expect.any(String) });
  });

  test("sent twenty times at the same moment it is one request and one event, and nineteen are told of it", async () => {
    const { clinicId, as } = await mintClinic(OFFICERS);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => askForTool(as.staff, asking())));
    const made = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.requestId] : []));
    expect(made).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({ code: "tool_request.already_asked", params: { requestId: made[0] } });
    }
    expect(await eventsOf(clinicId, "tool_request.asked")).toHaveLength(1);
    expect((await getMyRequests(as.staff, {})).rows).toHaveLength(1);
  });

  test.each([
    ["nothing named", { product: "" }],
    ["only signs for a name", { product: "?!… 🙂" }],
    ["only what can't be seen", { product: "\u200b\u202e\u2060" }],
    ["121 characters of name", { product: "x".repeat(121) }],
    ["no purpose", { purpose: " \n " }],
    ["1,001 characters of purpose", { purpose: "x".repeat(1001) }],
    ["nothing said about what goes in", { goesIn: "" as never }],
    ["something else that goes in", { goesIn: "everything" as never }],
    ["half an id", { toolId: "0f8fad5b" }],
    ["a key of 300 characters", { catalogueKey: "k".repeat(300) }],
  ])("%s is not understood, and nothing is written", async (_, fields) => {
    const { clinicId, as } = await mintClinic(OFFICERS);
    const before = await contentsOf(clinicId);
    await expect(askForTool(as.staff, asking(fields))).rejects.toBeInstanceOf(InvalidInput);
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test.each(["not an address", "localhost", "http://", "javascript:alert(1)", "ftp//x", "…", "1.2"])(
    "an address such as “%s” is refused beside its field",
    async (address) => {
      const { as } = await mintClinic(OFFICERS);
      const wrong = askForTool(as.staff, asking({ address }));
      await expect(wrong).rejects.toMatchObject({ code: "tool_request.address_not_understood", field: "address" });
    },
  );

  test.each([
    ["'; DROP TABLE tool_request; --"],
    ['=HYPERLINK("http://evil.example")'],
    ["<script>alert(1)</script>"],
    ["{actor} #{7*7} {{x}} %s"],
    ["漢字 العربية 🙂 x\u0000y"],
    ["%_\\%"],
  ])("a name such as “%s” is kept as text, and every page still reads", async (name) => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId } = await askForTool(as.staff, asking({ product: `${name} a`, vendor: name, purpose: name }));
    const shown = await requestNow(as.owner, requestId);
    expect(shown.product).toBe(`${name} a`.replace("\u0000", ""));
    expect(shown.desk?.similar.requests).toEqual([]);
    expect((await findSimilarTools(as.staff, { product: `${name} a`, vendor: name })).asked).not.toBeNull();
  });

  test("a catalogue key that nobody knows is not found, on the form as in the command", async () => {
    const { as } = await mintClinic(OFFICERS);
    await expect(askForTool(as.staff, asking({ catalogueKey: "nobody-knows" }))).rejects.toBeInstanceOf(NotFound);
    await expect(getRequestForm(as.staff, { catalogueKey: "nobody-knows" })).rejects.toBeInstanceOf(NotFound);
  });
});

describe("what there is already", () => {
  test("is shown first: by address, by name, by vendor, with what each may be used for", async () => {
    const { as } = await mintClinic([...OFFICERS, "manager"]);
    const byAddress = await decidedTool(as.owner, "Aurora", "prohibited", {
      ...{ vendor: "Aurora Systems", hostnames: "*.quill.example" },
    });
    const byName = await decidedTool(as.owner, "Quillfeather", "not_for_phi", {
      vendor: "Feather Inc",
      surface: "Free",
    });
    const byVendor = await decidedTool(as.owner, "Inkwell", "needs_review", { vendor: "Nib Works, Inc." });
    await decidedTool(as.owner, "Unrelated", "prohibited", { vendor: "Somebody" });
    const open = await asked(as.manager, { product: "Quillfeather Pro", vendor: "Nib Works" });
    const { similar } = await findSimilarTools(as.staff, {
      ...{ product: "quillfeather plus", vendor: "NIB Works", address: "app.quill.example" },
    });
    expect(similar.tools.map(({ toolId, by, standing }) => [toolId, by, standing.standing])).toEqual([
      [byAddress, "address", "may_not_use"],
      [byName, "name", "may_use_without_phi"],
      [byVendor, "vendor", "ask"],
    ]);
    expect(similar.requests).toMatchObject([
      { requestId: open.requestId, people: 1, isOwn: false, isSupported: false, by: "name" },
    ]);
    expect(JSON.stringify(similar.requests)).not.toMatch(/Luis|suppliers/);
  });

  test.each([
    ["the host itself", "quill.example", "quill.example", true],
    ["a name below", "quill.example", "app.quill.example", true],
    ["the name above", "app.quill.example", "quill.example", true],
    ["one under its wildcard", "*.quill.example", "app.quill.example", true],
    ["one that only ends alike", "quill.example", "notquill.example", false],
    ["one beside it", "a.quill.example", "b.quill.example", false],
  ])("an address is the same site as %s", async (_, known, address, found) => {
    const { as } = await mintClinic(OFFICERS);
    const toolId = await decidedTool(as.owner, "Aurora", "prohibited", { vendor: "Aurora Systems", hostnames: known });
    const { similar } = await findSimilarTools(as.staff, { product: "Quillfeather", address });
    expect(similar.tools.map((tool) => tool.toolId)).toEqual(found ? [toolId] : []);
  });

  test("the catalogue's entries are shown as long as nobody has adopted them", async () => {
    const { as } = await mintClinic(OFFICERS);
    const keys = async () =>
      (await findSimilarTools(as.staff, { product: "Midjourney" })).similar.entries.map((entry) => entry.catalogueKey);
    const [key = ""] = await keys();
    expect(key).toMatch(/midjourney/);
    await adoptTools(as.owner, { keys: [key] });
    expect(await keys()).not.toContain(key);
    const { similar } = await findSimilarTools(as.staff, { product: "Midjourney" });
    expect(similar.tools).toMatchObject([{ product: "Midjourney", by: "name", alike: ["same_name"] }]);
  });

  test("common words alone bring up nothing that is only called so too", async () => {
    const { as } = await mintClinic(OFFICERS);
    await decidedTool(as.owner, "Northwind Chat Pro", "prohibited");
    const { similar } = await findSimilarTools(as.staff, { product: "AI assistant app pro" });
    expect(similar.tools).toEqual([]);
  });
});

describe("me too", () => {
  test("counts once, is told in the ledger, and shows the answer without who asked and what for", async () => {
    const clinic = await mintClinic([...OFFICERS, "manager"]);
    const { as, clinicId } = clinic;
    const { requestId, version } = await asked(as.staff);
    await Promise.all(Array.from({ length: 5 }, () => supportRequest(as.manager, { requestId })));
    expect(await eventsOf(clinicId, "tool_request.supported")).toHaveLength(1);
    expect(await requestNow(as.owner, requestId)).toMatchObject({ supporters: [{ name: "Luis Ortega" }] });
    await answerRequest(as.owner, { requestId, version, answer: "refused", reason: "It trains on inputs." });
    const seen = await requestNow(as.manager, requestId);
    expect(seen).toMatchObject({
      ...{ status: "refused", isOwn: false, isSupported: true, requestedBy: null, purpose: null, goesIn: null },
      ...{ supporters: null, answer: { by: "Grace Okafor", reason: "It trains on inputs." } },
    });
    expect((await getMyRequests(as.manager, {})).rows).toMatchObject([
      { id: requestId, isOwn: false, status: "refused" },
    ]);
  });

  test("on one's own request, or on one that is closed, is refused", async () => {
    const { as } = await mintClinic([...OFFICERS, "manager"]);
    const { requestId, version } = await asked(as.staff);
    await expect(supportRequest(as.staff, { requestId })).rejects.toMatchObject({ code: "tool_request.support_own" });
    await answerRequest(as.owner, { requestId, version, answer: "refused", reason: "Not needed." });
    const late = supportRequest(as.manager, { requestId });
    await expect(late).rejects.toMatchObject({
      code: "tool_request.answered_meanwhile",
      params: { name: "Grace Okafor", product: "Quillfeather" },
    });
  });
});

describe("withdrawing", () => {
  test("closes one's own request and is told in the ledger; a second time it is closed already", async () => {
    const { clinicId, as } = await mintClinic(OFFICERS);
    const { requestId } = await asked(as.staff);
    await withdrawRequest(as.staff, { requestId });
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: "withdrawn", answer: null });
    const again = withdrawRequest(as.staff, { requestId });
    await expect(again).rejects.toMatchObject({ code: "tool_request.withdrawn_meanwhile" });
    expect(await eventsOf(clinicId, "tool_request.withdrawn")).toHaveLength(1);
  });

  test("somebody else's is not there to withdraw, for officers as for staff", async () => {
    const clinic = await mintClinic([...OFFICERS, "manager"]);
    const { requestId } = await asked(clinic.as.staff);
    for (const role of ["owner", "privacy_officer", "manager"] as const) {
      await expect(withdrawRequest(clinic.as[role], { requestId })).rejects.toBeInstanceOf(NotFound);
    }
    expect(await requestNow(clinic.as.owner, requestId)).toMatchObject({ status: "open" });
  });
});

describe("who sees a request", () => {
  test("its requester, officers and auditors; for other staff and the manager it is not there", async () => {
    const clinic = await mintClinic();
    const { as } = clinic;
    const { requestId } = await asked(as.staff);
    for (const role of ["owner", "privacy_officer", "auditor", "staff"] as const) {
      expect(await requestNow(as[role], requestId)).toMatchObject({ requestedBy: "Maria Santos" });
    }
    for (const other of [as.manager, await somebody(clinic, "staff")]) {
      await expect(getRequest(other, { requestId })).rejects.toBeInstanceOf(NotFound);
      expect((await getMyRequests(other, {})).rows).toEqual([]);
    }
    await expect(getRequest(as.staff, { requestId: newId() })).rejects.toBeInstanceOf(NotFound);
  });

  test("only who may answer gets what to answer it with, and only while it is open", async () => {
    const { as } = await mintClinic();
    const { requestId, version } = await asked(as.staff);
    expect((await requestNow(as.auditor, requestId)).desk).toBeNull();
    expect((await requestNow(as.privacy_officer, requestId)).desk).toMatchObject({ mayAnswer: "yes" });
    await answerRequest(as.owner, { requestId, version, answer: "refused", reason: "Not needed." });
    expect((await requestNow(as.privacy_officer, requestId)).desk).toBeNull();
  });

  test("who may not ask, answer or link is told so", async () => {
    const { as, system } = await mintClinic();
    const { requestId, version } = await asked(as.staff);
    const toolId = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
    for (const ctx of [as.staff, as.manager, as.auditor, system]) {
      const answer = answerRequest(ctx, { requestId, version, answer: "refused", reason: "Not needed." });
      await expect(answer).rejects.toBeInstanceOf(Forbidden);
      await expect(linkRequest(ctx, { requestId, toolId })).rejects.toBeInstanceOf(Forbidden);
    }
    for (const ctx of [as.auditor, system]) {
      await expect(askForTool(ctx, asking())).rejects.toBeInstanceOf(Forbidden);
      await expect(supportRequest(ctx, { requestId })).rejects.toBeInstanceOf(Forbidden);
    }
  });
});

describe("the tool that a request means", () => {
  test("is said by an officer, can be put right, and a decision made for the request stands on both pages", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId } = await asked(as.staff);
    const wrong = await decidedTool(as.owner, "Northwind Chat", "prohibited");
    await linkRequest(as.owner, { requestId, toolId: wrong, version: 1 });
    const { toolId } = await registerTool(as.owner, typedTool("Quillfeather"));
    await linkRequest(as.owner, { requestId, toolId, version: 2 });
    expect(await linkRequest(as.owner, { requestId, toolId })).toEqual({ requestId });
    await decideTool(as.privacy_officer, {
      ...{ toolId, requestId, version: 1, status: "not_for_phi", reason: "Checked its terms." },
      conditions: "Nothing about patients goes in",
    });
    expect(await requestNow(as.owner, requestId)).toMatchObject({
      ...{ version: 3, tool: { toolId, standing: { standing: "may_use_without_phi" } } },
      decisions: [{ status: "not_for_phi", reason: "Checked its terms.", decidedBy: "Dana Whitfield", toolId }],
    });
  });

  test("a decision can't say that it answers a request about another tool", async () => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    const { requestId } = await asked(as.staff);
    const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat"));
    const before = await contentsOf(clinicId);
    const decision = { toolId, requestId, version: 1, status: "prohibited", reason: "Not needed." } as const;
    await expect(decideTool(as.owner, decision)).rejects.toMatchObject({ code: "tool_request.about_another_tool" });
    const unknown = decideTool(as.owner, { ...decision, requestId: newId() });
    await expect(unknown).rejects.toBeInstanceOf(NotFound);
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("on an old page, or once it is answered, it is not changed", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId } = await asked(as.staff);
    const toolId = await decidedTool(as.owner, "Northwind Chat", "prohibited");
    const other = await decidedTool(as.owner, "Southwind Chat", "prohibited");
    await linkRequest(as.owner, { requestId, toolId, version: 1 });
    const stale = linkRequest(as.owner, { requestId, toolId: other, version: 1 });
    await expect(stale).rejects.toMatchObject({ code: "tool_request.changed_meanwhile" });
    await answerRequest(as.owner, { requestId, version: 2, answer: "refused", reason: "Prohibited." });
    const late = linkRequest(as.privacy_officer, { requestId, toolId: other });
    await expect(late).rejects.toMatchObject({ code: "tool_request.answered_meanwhile" });
  });
});

test("a refused step leaves the ledger as it was", async () => {
  const { as, system } = await mintClinic(OFFICERS);
  const { requestId } = await asked(as.staff);
  const { size } = await getLedgerSize(system, {});
  await askForTool(as.staff, asking()).catch(() => {});
  await supportRequest(as.staff, { requestId }).catch(() => {});
  await answerRequest(as.owner, { requestId, version: 9, answer: "refused", reason: "x" }).catch(() => {});
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});
