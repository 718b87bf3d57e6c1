import { describe, expect, test } from "vitest";
import { memberState, reaches } from "#lib/domain/clinic/people/rules.ts";
import { ROLES } from "#lib/domain/context.ts";

const TODAY = "2026-11-22";
const THIS_MORNING = new Date("2026-11-22T14:00:00Z");

describe("where a member stands", () => {
  test.each([
    ["without an end", "2026-01-05", null, null, "active"],
    ["on the first day", TODAY, null, null, "active"],
    ["before the first day", "2026-11-23", null, null, "not_started"],
    ["on the last day", "2026-01-05", TODAY, null, "leaving"],
    ["ended in the course of the last day", "2026-01-05", TODAY, THIS_MORNING, "left"],
    ["after the last day", "2026-01-05", "2026-11-21", null, "left"],
    ["with an end to come", "2026-01-05", "2026-12-31", null, "leaving"],
    ["ended before the first day came", "2026-12-01", TODAY, THIS_MORNING, "left"],
  ] as const)("%s", (_, startedOn, endedOn, endedAt, expected) => {
    expect(memberState({ startedOn, endedOn, endedAt }, TODAY)).toBe(expected);
  });
});

test("each role reaches itself and those below it, and a job reaches every role", () => {
  const reached = (role: (typeof ROLES)[number]) =>
    ROLES.filter((other) => reaches({ kind: "member", memberId: "m", name: "Ana", role }, other));
  expect(reached("owner")).toEqual([...ROLES]);
  expect(reached("privacy_officer")).toEqual(["privacy_officer", "manager", "staff", "auditor"]);
  expect(reached("staff")).toEqual(["staff"]);
  expect(ROLES.filter((role) => reaches({ kind: "system", job: "test" }, role))).toEqual([...ROLES]);
});
