import { describe, expect, test } from "vitest";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { linkRequest } from "#lib/domain/tools/requests/commands/link-request.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf } from "#tests/support/contents.ts";
import { asked, decidedTool, requestNow } from "#tests/support/requests.ts";

const OFFICERS = ["owner", "privacy_officer", "staff"] as const;

describe("a grant says that the tool which was asked for may be used", () => {
  test.each([
    ["another tool", {}, "Northwind Chat", {}],
    ["the same name of another company", { vendor: "Nib Works" }, "Quillfeather", { vendor: "Northwind Labs" }],
    [
      "a weaker plan than the one that was named",
      { product: "Quillfeather Enterprise" },
      "Quillfeather",
      { surface: "Free" },
    ],
    [
      "a weaker plan at the same address",
      { product: "Quillfeather Enterprise", address: "quill.example" },
      ...(["Quillfeather", { surface: "Free", hostnames: "quill.example" }] as const),
    ],
    [
      "another product below the same host",
      { product: "Quillfeather", address: "feather.quill.example" },
      ...(["Quill Office", { hostnames: "quill.example" }] as const),
    ],
    [
      "another plan than the catalogue's entry",
      { product: "", catalogueKey: "openai-chatgpt-enterprise" },
      ...(["ChatGPT", { vendor: "OpenAI", surface: "Personal account" }] as const),
    ],
  ])("not %s: the page offers it for the third answer only", async (_, fields, product, tool) => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff, fields);
    const answerToolId = await decidedTool(as.owner, product, "not_for_phi", tool);
    const { desk } = await requestNow(as.owner, requestId);
    expect(desk?.choices).toMatchObject([{ toolId: answerToolId, isAskedFor: false }]);
    const before = await contentsOf(clinicId);
    const answer = { requestId, version, answerToolId, reason: "It is so." };
    await expect(answerRequest(as.owner, { ...answer, answer: "granted" })).rejects.toMatchObject({
      ...{ code: "tool_request.grant_not_asked_for", field: "answerToolId" },
      params: { product, asked: expect.any(String) },
    });
    expect(await contentsOf(clinicId)).toEqual(before);
    await answerRequest(as.owner, { ...answer, answer: "use_instead" });
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: "use_instead" });
  });

  test.each([
    ["by its name, without its company", { product: "QUILLfeather" }, {}],
    ["by its name and company", { vendor: "northwind labs" }, {}],
    ["by a name that is nearly so", { product: "Quill Feather app" }, {}],
    ["with the plan that was named", { product: "Quillfeather Pro" }, { surface: "Pro and Team" }],
    ["by its address", { product: "That writing thing", address: "quill.example" }, { hostnames: "quill.example" }],
  ])("named %s, it is offered and granted", async (_, fields, tool) => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff, fields);
    const answerToolId = await decidedTool(as.owner, "Quillfeather", "not_for_phi", tool);
    await decidedTool(as.owner, "Aurora Chat", "not_for_phi");
    const { desk } = await requestNow(as.owner, requestId);
    expect(desk?.choices.map(({ product, isAskedFor }) => [product, isAskedFor])).toEqual([
      ["Quillfeather", true],
      ["Aurora Chat", false],
    ]);
    await answerRequest(as.owner, { requestId, version, answer: "granted", answerToolId, reason: "" });
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: "granted", tool: { toolId: answerToolId } });
  });

  test("where a tool is called exactly so, one that is called nearly so is another", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    await decidedTool(as.owner, "Quillfeather", "prohibited");
    const answerToolId = await decidedTool(as.owner, "Quillfeather Cards", "not_for_phi");
    const near = answerRequest(as.owner, { requestId, version, answer: "granted", answerToolId, reason: "" });
    await expect(near).rejects.toMatchObject({ code: "tool_request.grant_not_asked_for" });
  });

  test("an adopted entry of the catalogue is granted to who asked for that entry", async () => {
    const { as } = await mintClinic(OFFICERS);
    const catalogueKey = "openai-chatgpt-enterprise";
    const { requestId, version } = await asked(as.staff, { catalogueKey, product: "" });
    const { toolIds } = await adoptTools(as.owner, { keys: [catalogueKey] });
    // Nobody has approved it: the name fits, and the next rule speaks.
    const grant = { requestId, version, answer: "granted", answerToolId: toolIds[0] ?? "", reason: "" } as const;
    await expect(answerRequest(as.owner, grant)).rejects.toMatchObject({ code: "tool_request.grant_needs_approval" });
  });

  test("a tool under another name is granted once an officer has said that it is the one they mean", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId } = await asked(as.staff);
    const toolId = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
    await linkRequest(as.owner, { requestId, toolId, version: 1 });
    expect((await requestNow(as.owner, requestId)).desk?.choices).toMatchObject([{ toolId, isAskedFor: true }]);
    await answerRequest(as.owner, { requestId, version: 2, answer: "granted", answerToolId: toolId, reason: "" });
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: "granted" });
  });
});
