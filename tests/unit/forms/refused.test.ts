import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { refusedState, typedValues } from "#app/refused.ts";
import { bindField, bytesOf, FORM_BYTES_MAX, withKept } from "#components/ui/form-state.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { DecideTool, RegisterTool } from "#lib/domain/tools/schema.ts";
import { Conflict, Forbidden, NotFound, refuse } from "#lib/kernel/errors.ts";

const START = "/c/harbor-family";

function refusalOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    return refusedState(error, "en", START);
  }
  return expect.fail("nothing was refused");
}

function formOf(fields: Record<string, string | string[] | File>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, one);
  return form;
}

describe("a refused form", () => {
  test("says dates as the clinic writes them, in the reader's language", () => {
    const refusal = refuse("tool.review_too_far", { latest: "2029-11-21" }, "reviewOn");
    expect(refusedState(refusal, "en", START)?.errors?.reviewOn).toContain("up to 21 Nov 2029;");
    expect(refusedState(refusal, "es", START)?.errors?.reviewOn).toContain("21 nov 2029");
  });

  test("leaves a text that only looks like a date as it is", () => {
    const names = { product: "2029-13-41", surface: "Free", vendor: "X" };
    expect(refusedState(refuse("tool.already_registered", names, "product"), "en", START)?.errors?.product).toContain(
      "2029-13-41",
    );
  });

  test("leads to the tool that is there already", () => {
    const names = { product: "Chat", surface: "Free", vendor: "X", toolId: "tool-1" };
    expect(refusedState(refuse("tool.already_registered", names, "product"), "en", START)).toMatchObject({
      errors: { product: expect.stringContaining("already has Chat, Free, by X") },
      link: { href: "/c/harbor-family/tools/tool-1", label: "Open that tool" },
    });
  });

  test("leads to the decision by which a retired tool comes back", () => {
    const names = { product: "Chat", surface: "Free", vendor: "X", toolId: "tool-1", retiredOn: "2026-11-20" };
    expect(refusedState(refuse("tool.retired_earlier", names), "en", START)).toMatchObject({
      message: expect.stringContaining("retired here on 20 Nov 2026"),
      link: { href: "/c/harbor-family/tools/tool-1#decide", label: "Open that tool" },
    });
  });

  test("leads to the page of who is a member with that address", () => {
    const member = refuse("member.already_member", { name: "Ana Díaz", memberId: "member-1" }, "email");
    expect(refusedState(member, "en", START)).toMatchObject({
      link: { href: "/c/harbor-family/people/member-1", label: "Open their page" },
    });
  });

  test("leads to emergency access and to the review that stands in tabs of their own: what is typed stays", () => {
    const ended = refuse("emergency_access.has_ended", { at: "22 Nov 2026, 09:14", people: "Grace Okafor" });
    expect(refusedState(ended, "en", START)).toMatchObject({
      message: expect.stringContaining("ended on 22 Nov 2026, 09:14"),
      link: { href: "/c/harbor-family/people/emergency-access/open", newTab: true },
    });
    const reviewed = refuse("emergency_access.reviewed_already", { name: "Dana Whitfield", useId: "use-1" });
    expect(refusedState(reviewed, "en", START)).toMatchObject({
      link: { href: "/c/harbor-family/people/emergency-access/use-1#review", newTab: true },
    });
  });

  test.each([
    ["somebody decided meanwhile", refuse("tool.decided_meanwhile", { product: "Chat" })],
    ["the proposal is gone", refuse("deepseek_narrowing.not_open")],
    ["two did the same", new Conflict()],
  ])("offers to look again when %s", (_, error) => {
    expect(refusedState(error, "en", START)).toMatchObject({ stale: true, message: expect.any(String) });
  });

  test.each([
    ["a rule", refuse("tool.approval_needs_conditions", {}, "conditions")],
    ["a missing permission", new Forbidden("tool.decide")],
  ])("does not, when the no is that of %s", (_, error) => {
    expect(refusedState(error, "en", START)?.stale ?? false).toBe(false);
  });

  test("is nothing that was expected when something broke, or isn't there", () => {
    expect(refusedState(new Error("boom"), "en", START)).toBeNull();
    expect(refusedState(new NotFound(), "en", START)).toBeNull();
  });
});

describe("a text of several megabytes", () => {
  const long = "Zwölf Ärzte 🧠 ".repeat(400_000);

  test("is refused at its field, with how long it is, and not sent back", () => {
    const form = formOf({ reason: long, status: "retired", conditions: "One" });
    const raw = {
      toolId: crypto.randomUUID(),
      version: "1",
      status: "retired",
      reason: long,
      conditions: "",
      reviewOn: "",
    };
    expect(refusalOf(() => parseInput(DecideTool, raw))?.errors).toEqual({
      reason: "At most 2,000 characters. This has 5,599,999.",
    });
    expect(typedValues(form)).toEqual({ values: { status: "retired", conditions: "One" }, kept: ["reason"] });
  });

  test("is put back by the browser, which has it still", () => {
    const form = formOf({ reason: long, status: "retired" });
    const state = withKept(typedValues(form), form);
    expect(bindField(state, "reason").defaultValue).toBe(long);
    expect(bindField(state, "status").defaultValue).toBe("retired");
  });

  test("in any field of a form gets that field's own words", () => {
    const fields = ["vendor", "product", "surface", "modelFamily", "jurisdiction", "why"];
    const raw = { ...Object.fromEntries(fields.map((name) => [name, long])), category: "voice", hostnames: "" };
    const errors = refusalOf(() => parseInput(RegisterTool, raw as never))?.errors;
    expect(Object.keys(errors ?? {})).toEqual(fields);
    expect(JSON.stringify(errors).length).toBeLessThan(2000);
  });
});

describe("what is sent back", () => {
  test("is what was typed, but never a password, a token or a file", () => {
    const form = formOf({
      ...{ email: "a@b.example", keys: ["one", "two"], password: "secret", newPassword: "secret", token: "t" },
      ...{ file: new File(["x"], "baa.pdf"), $ACTION_REF_1: "x" },
    });
    expect(typedValues(form)).toEqual({ values: { email: "a@b.example", keys: ["one", "two"], file: [] }, kept: [] });
  });

  test("stays small whatever comes: many fields together are no way around it", () => {
    const form = formOf(Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`field${at}`, "x".repeat(20_000)])));
    const { values, kept } = typedValues(form);
    expect(JSON.stringify(values).length).toBeLessThan(150_000);
    expect(Object.keys(values ?? {}).length + (kept ?? []).length).toBe(60);
  });
});

test("the largest form that the browser sends is one that the server reads to its end", () => {
  expect(bytesOf(formOf({ text: "é🧠", file: new File(["12345"], "x.pdf") }))).toBe(6 + 5);
  const config = readFileSync("next.config.ts", "utf8");
  expect(config).toContain("{ serverActions: { bodySizeLimit: bodyLimit }, proxyClientMaxBodySize: bodyLimit }");
  const [, mb] = /const bodyLimit = "(\d+)mb";/.exec(config) ?? [];
  expect(Number(mb) * 1024 * 1024).toBeGreaterThan(FORM_BYTES_MAX + 500_000);
});
