import { describe, expect, test } from "vitest";
import type { ClinicContext } from "#lib/domain/context.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { getMayIUseIt } from "#lib/domain/tools/look-up/queries.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { linkRequest } from "#lib/domain/tools/requests/commands/link-request.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { withdrawRequest } from "#lib/domain/tools/requests/commands/withdraw-request.ts";
import { findSimilarTools, getRequestForm } from "#lib/domain/tools/requests/queries.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { asked, decidedTool, requestNow } from "#tests/support/requests.ts";
import { asApp } from "#tests/support/sql.ts";

const PEOPLE = ["owner", "privacy_officer", "manager", "staff", "auditor"] as const;
const REASON = "It trains on inputs.";

/** A request of the staff member's that the owner refused. */
async function refusedOne(as: { owner: ClinicContext; staff: ClinicContext }, fields = {}) {
  const request = await asked(as.staff, fields);
  await answerRequest(as.owner, { ...request, answer: "refused", reason: REASON });
  return request.requestId;
}

/** The staff member asks for a product by this name; the owner says which tool that is, and grants it. */
async function grantedAs(as: { owner: ClinicContext; staff: ClinicContext }, product: string, toolId: string) {
  const request = await asked(as.staff, { product });
  await linkRequest(as.owner, { ...request, toolId });
  await answerRequest(as.owner, { ...request, version: 2, answer: "granted", answerToolId: toolId });
}

// 400 like one "Chatter", each answered a second after the last where it was.
const CHATTERS = `INSERT INTO tool_request (requester_id, vendor, product, surface, name_key, hostname, purpose, goes_in, status, requested_at, answered_by, answered_at, answer_reason)
  SELECT requester_id, vendor, 'Chatter ' || n, surface, ' · chatter ' || n || ' · ', hostname, purpose, goes_in, status, requested_at, answered_by, answered_at + make_interval(secs => n), answer_reason
    FROM tool_request, generate_series(1, 400) n WHERE product = 'Chatter'`;

const lookUp = async (as: ClinicContext, input: Parameters<typeof getMayIUseIt>[1]) =>
  (await getMayIUseIt(as, input)).before;

describe("who looks a tool up is told", () => {
  test("that they asked for it and it waits, and of another's open request without who asked and what for", async () => {
    const { as } = await mintClinic(PEOPLE);
    const { requestId } = await asked(as.staff, { vendor: "Nib Works" });
    for (const q of ["quillfeather", "Can I use Quill Feather?"]) {
      const own = await lookUp(as.staff, { q });
      expect(own.requests).toMatchObject([{ requestId, isOwn: true, people: 1 }]);
    }
    const others = await lookUp(as.manager, { q: "quillfeather" });
    expect(others.requests).toMatchObject([{ requestId, isOwn: false, isSupported: false }]);
    expect(JSON.stringify(others)).not.toMatch(/Maria|suppliers/);
    await supportRequest(as.manager, { requestId });
    const wanted = await lookUp(as.manager, { q: "quillfeather" });
    expect(wanted.requests).toMatchObject([{ requestId, isSupported: true, people: 2 }]);
    await withdrawRequest(as.staff, { requestId });
    expect(await lookUp(as.staff, { q: "quillfeather" })).toEqual({ requests: [], answers: [] });
  });

  test("that the clinic refused it and when, not why, who asked and what for", async () => {
    const { as } = await mintClinic(PEOPLE);
    const requestId = await refusedOne(as, { address: "app.quill.example" });
    for (const q of ["QUILLFEATHER", "https://app.quill.example/x"]) {
      const { answers, requests } = await lookUp(as.manager, { q });
      expect(answers).toMatchObject([{ requestId, status: "refused", reason: null, instead: null, answeredBy: null }]);
      expect(answers[0]?.answeredOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(requests).toEqual([]);
      expect(JSON.stringify(answers)).not.toMatch(/Maria|Grace|suppliers|trains/);
    }
  });

  test("why only where they asked for it or support it: officers too, who read the rest with a request", async () => {
    const { as } = await mintClinic(PEOPLE);
    const request = await asked(as.staff);
    await supportRequest(as.manager, request);
    await answerRequest(as.owner, { ...request, answer: "refused", reason: REASON });
    for (const who of [as.staff, as.manager]) {
      expect((await lookUp(who, { q: "quillfeather" })).answers).toMatchObject([{ reason: REASON }]);
      expect((await findSimilarTools(who, { product: "Quillfeather" })).answers).toMatchObject([{ reason: REASON }]);
    }
    for (const who of [as.privacy_officer, as.owner, as.auditor]) {
      const { answers } = await lookUp(who, { q: "quillfeather" });
      expect(answers).toMatchObject([{ requestId: request.requestId, status: "refused" }]);
      expect(JSON.stringify(answers)).not.toContain("trains");
    }
  });

  test("which other tool was to be used instead", async () => {
    const { as } = await mintClinic(PEOPLE);
    const request = await asked(as.staff);
    const answerToolId = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
    await answerRequest(as.owner, { ...request, answer: "use_instead", answerToolId, reason: "It does the same." });
    const { answers } = await lookUp(as.manager, { q: "quillfeather" });
    expect(answers).toMatchObject([
      {
        status: "use_instead",
        instead: { toolId: answerToolId, product: "Northwind Chat", standing: "may_use_without_phi" },
        ...{ granted: null, isReaders: false, reason: null },
      },
    ]);
  });

  test("of a tool of the register, and of an entry of the catalogue, what was asked for by that very entry", async () => {
    const { as } = await mintClinic(PEOPLE);
    const catalogueKey = "openai-chatgpt-enterprise";
    const { requestId } = await asked(as.staff, { catalogueKey, product: "" });
    expect((await lookUp(as.staff, { q: "ChatGPT Enterprise" })).requests).toMatchObject([{ requestId }]);
    const { toolIds } = await adoptTools(as.owner, { keys: [catalogueKey, "openai-chatgpt-consumer"] });
    const [toolId = "", other = ""] = toolIds;
    expect((await lookUp(as.staff, { toolId })).requests).toMatchObject([{ requestId }]);
    expect((await lookUp(as.staff, { toolId: other })).requests).toEqual([]);
  });

  test("of each tool of the catalogue what a request for that very one was answered, while it stands", async () => {
    const { as } = await mintClinic(PEOPLE);
    const found = async (q: string) => {
      const { inCatalogue } = await getMayIUseIt(as.manager, { q });
      return new Map(inCatalogue.map(({ catalogueKey, answered }) => [catalogueKey, answered]));
    };
    expect((await found("Suki")).get("suki-ambient")).toBeNull();
    await refusedOne(as, { product: "Suki" });
    expect((await found("Suki")).get("suki-ambient")).toBe("refused");
    const request = await asked(as.staff, { catalogueKey: "openai-chatgpt-enterprise", product: "" });
    const answerToolId = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
    await answerRequest(as.owner, { ...request, answer: "use_instead", answerToolId, reason: "It does the same." });
    const chatGpts = await found("ChatGPT");
    expect(chatGpts.get("openai-chatgpt-enterprise")).toBe("use_instead");
    expect(chatGpts.get("openai-chatgpt-consumer")).toBeNull();
    // The form says of each what the look-up says of it.
    for (const [catalogueKey, answered] of chatGpts) {
      const { answers } = await getRequestForm(as.manager, { catalogueKey });
      expect(answers[0]?.status ?? null).toBe(answered);
    }
    await decideTool(as.owner, { toolId: answerToolId, version: 2, status: "prohibited", reason: "It leaked." });
    expect((await found("ChatGPT")).get("openai-chatgpt-enterprise")).toBeNull();
  });

  test("no word of asking for a tool of the register that the clinic said no to, while that stands", async () => {
    const { as } = await mintClinic(PEOPLE);
    const toolId = await decidedTool(as.owner, "Quillfeather", "prohibited");
    const mayAskFor = async () => (await getMayIUseIt(as.manager, { toolId })).results[0]?.mayAskFor;
    expect(await mayAskFor()).toBe(true);
    await refusedOne(as, { toolId });
    expect(await mayAskFor()).toBe(false);
    await decideTool(as.owner, {
      ...{ toolId, version: 2, status: "not_for_phi", reason: "Checked.", conditions: "No patients" },
    });
    expect(await mayAskFor()).toBe(true);
  });

  test("that what they asked for was granted, and which plan that covers, as long as it may be used", async () => {
    const { as } = await mintClinic(PEOPLE);
    const [request, later] = [await asked(as.staff), await asked(as.privacy_officer)];
    await supportRequest(as.manager, request);
    const toolId = await decidedTool(as.owner, "Quillfeather", "not_for_phi", { surface: "Team" });
    const answer = { answer: "granted" as const, answerToolId: toolId, reason: "The Team plan." };
    await answerRequest(as.owner, { ...request, ...answer });
    // What somebody else was granted later takes nobody's own grant from them.
    await answerRequest(as.owner, { ...later, ...answer });
    const granted = { toolId, surface: { text: "Team" }, standing: "may_use_without_phi" };
    const said = [
      { requestId: request.requestId, status: "granted", isReaders: true, granted, reason: "The Team plan." },
    ];
    for (const who of [as.staff, as.manager]) {
      for (const asking of [{ q: "quillfeather" }, { toolId }]) {
        expect((await lookUp(who, asking)).answers).toMatchObject(said);
      }
      expect((await findSimilarTools(who, { product: "Quillfeather" })).answers).toMatchObject(said);
      expect((await getRequestForm(who, { toolId })).answers).toMatchObject(said);
    }
    // To others the answer of the tool itself says it.
    expect((await lookUp(as.auditor, { q: "quillfeather" })).answers).toEqual([]);
    const again = await refusedOne(as, { goesIn: "phi" });
    expect((await lookUp(as.staff, { q: "quillfeather", goesIn: "phi" })).answers).toMatchObject([
      { requestId: again },
    ]);
    await decideTool(as.owner, { toolId, version: 2, status: "prohibited", reason: "It leaked." });
    expect((await lookUp(as.manager, { toolId })).answers).toMatchObject([{ status: "refused" }]);
    expect((await lookUp(as.manager, { toolId })).answers).toHaveLength(1);
  });

  test.each(["ChatGPT Free", "chatgpt plus", "ChatGPT personal account", "chatgpt mobile app", "chat gpt home"])(
    "nothing of a grant by %s, which may be another plan than was granted",
    async (q) => {
      const { as } = await mintClinic(PEOPLE);
      const toolId = await decidedTool(as.owner, "ChatGPT", "not_for_phi", { surface: "Enterprise workspace" });
      await grantedAs(as, "ChatGPT", toolId);
      const { results, inCatalogue, before } = await getMayIUseIt(as.staff, { q, goesIn: "nothing" });
      expect(results.filter((result) => result.toolId !== toolId)).toEqual([]);
      expect(inCatalogue.filter(({ answered }) => answered === "granted")).toEqual([]);
      if (results.length === 0) expect(before.answers).toEqual([]);
      expect((await lookUp(as.staff, { q: "chatgpt" })).answers).toMatchObject([{ granted: { toolId } }]);
    },
  );

  test("that a name which the register doesn't know was granted as another tool, and only by that very name", async () => {
    const { as } = await mintClinic(PEOPLE);
    const toolId = await decidedTool(as.owner, "Quillfeather", "not_for_phi", { surface: "Team" });
    await grantedAs(as, "Zephyr Notes", toolId);
    for (const q of ["zephyr-notes", "May I use Zephyr Notes?"]) {
      expect((await lookUp(as.staff, { q })).answers).toMatchObject([{ granted: { toolId } }]);
    }
    for (const q of ["Zephyr", "Zephyr Notes Free", "Zephyr Notes Pro"]) {
      expect((await lookUp(as.staff, { q })).answers).toEqual([]);
    }
  });

  test("nothing of a grant that no longer holds: the tool's own answer says why", async () => {
    const { as } = await mintClinic(PEOPLE);
    const request = await asked(as.staff);
    const toolId = await decidedTool(as.owner, "Quillfeather", "not_for_phi");
    await answerRequest(as.owner, { ...request, answer: "granted", answerToolId: toolId });
    expect((await lookUp(as.staff, { toolId })).answers).toHaveLength(1);
    await decideTool(as.owner, { toolId, version: 2, status: "prohibited", reason: "It leaked." });
    expect((await lookUp(as.staff, { toolId })).answers).toEqual([]);
  });

  test("nothing of a refusal that was overtaken: by an approval, or by a later grant", async () => {
    const { as } = await mintClinic(PEOPLE);
    await refusedOne(as, { goesIn: "phi" });
    const toolId = await decidedTool(as.owner, "Quillfeather", "prohibited");
    expect((await lookUp(as.staff, { toolId })).answers).toMatchObject([{ reason: REASON }]);
    await decideTool(as.owner, {
      ...{ toolId, version: 2, status: "not_for_phi", reason: "Checked.", conditions: "No patients" },
    });
    expect((await lookUp(as.manager, { toolId })).answers).toEqual([]);
    // What was refused after that approval stands, for what the tool is not approved for.
    const requestId = await refusedOne(as, { toolId, goesIn: "phi" });
    expect((await lookUp(as.manager, { toolId, goesIn: "phi" })).answers).toMatchObject([{ requestId }]);
    expect((await lookUp(as.manager, { toolId, goesIn: "nothing" })).answers).toEqual([]);
    const again = await asked(as.staff, { toolId, goesIn: "deidentified" });
    await answerRequest(as.owner, { ...again, answer: "granted", answerToolId: toolId, reason: "Show me first." });
    expect((await lookUp(as.manager, { toolId, goesIn: "phi" })).answers).toEqual([]);
  });

  test.each([
    ["written otherwise, among 400 that wait", "Chat GPT app", "status = 'open'"],
    ["of exactly the name, among 400 that were refused later", "ChatGPT", "status = 'refused'"],
  ])("of a refusal %s for tools of names that begin alike", async (_, product, those) => {
    const { as, clinicId } = await mintClinic(PEOPLE);
    const requestId = await refusedOne(as, { product });
    await refusedOne(as, { product: "Chatter" });
    await asked(as.staff, { product: "Chatter" });
    await asApp(clinicId, (sql) => sql(`${CHATTERS} AND ${those}`));
    for (const q of ["chatgpt", "Can I use ChatGPT?"]) {
      expect((await lookUp(as.staff, { q })).answers).toMatchObject([{ requestId, reason: REASON }]);
    }
  });

  test("nothing of another tool, nor of another clinic", async () => {
    const [one, other] = [await mintClinic(PEOPLE), await mintClinic(PEOPLE)];
    await refusedOne(one.as);
    expect((await lookUp(one.as.manager, { q: "northwind" })).answers).toEqual([]);
    expect((await lookUp(one.as.manager, { q: "?!" })).answers).toEqual([]);
    expect((await lookUp(other.as.manager, { q: "quillfeather" })).answers).toEqual([]);
  });
});

describe("who is about to ask", () => {
  test("reads on the form what the clinic answered last, by a link as by what they typed", async () => {
    const { as } = await mintClinic(PEOPLE);
    const toolId = await decidedTool(as.owner, "Quillfeather", "prohibited");
    const requestId = await refusedOne(as, { toolId });
    const answers = [{ requestId, status: "refused", reason: null, answeredBy: null }];
    expect(await getRequestForm(as.manager, { toolId })).toMatchObject({ answers });
    expect(await findSimilarTools(as.manager, { product: "quill feather" })).toMatchObject({ answers });
    expect(await findSimilarTools(as.manager, { product: "Something else" })).toMatchObject({ answers: [] });
  });

  test("is not invited to ask for what runs DeepSeek's models on another host, adopted or not", async () => {
    const { as } = await mintClinic(PEOPLE);
    const found = async () => (await findSimilarTools(as.staff, { product: "Fireworks AI" })).similar;
    expect((await found()).entries).toMatchObject([{ product: "Fireworks AI", isProhibited: true }]);
    await adoptTools(as.owner, { all: "prohibited" });
    expect((await found()).tools).toMatchObject([{ product: "Fireworks AI", way: { use: false, ask: false } }]);
  });

  test("sees their own open request before those of others", async () => {
    const { as } = await mintClinic(PEOPLE);
    for (const [index, who] of [as.manager, as.owner, as.privacy_officer].entries()) {
      await asked(who, { product: `Quillfeather ${index}` });
    }
    const { requestId } = await asked(as.staff, { product: "Quillfeather 7" });
    const { similar } = await findSimilarTools(as.staff, { product: "Quillfeather" });
    expect(similar.requests[0]).toMatchObject({ requestId, isOwn: true });
  });
});

test("an officer with a request reads how the same was answered before, by whom and why, granted or not", async () => {
  const { as } = await mintClinic(PEOPLE);
  const refused = await refusedOne(as);
  const granted = await asked(as.manager, { product: "QuillFeather app" });
  const answerToolId = await decidedTool(as.owner, "Quillfeather", "not_for_phi");
  await answerRequest(as.privacy_officer, { ...granted, answer: "granted", answerToolId, reason: "The Team plan." });
  await refusedOne(as, { product: "Northwind Chat" });
  const { requestId } = await asked(as.staff, { product: "quillfeather" });
  expect((await requestNow(as.owner, requestId)).desk?.answers).toMatchObject([
    { requestId: granted.requestId, status: "granted", reason: "The Team plan.", answeredBy: "Dana Whitfield" },
    { requestId: refused, status: "refused", reason: REASON, answeredBy: "Grace Okafor" },
  ]);
});

test("nothing of another tool to use instead that may not be used today", async () => {
  const { as } = await mintClinic(PEOPLE);
  const request = await asked(as.staff);
  const answerToolId = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
  await answerRequest(as.owner, { ...request, answer: "use_instead", answerToolId, reason: "It does the same." });
  await decideTool(as.owner, { toolId: answerToolId, version: 2, status: "prohibited", reason: "It leaked." });
  expect((await lookUp(as.manager, { q: "quillfeather" })).answers).toEqual([]);
});
