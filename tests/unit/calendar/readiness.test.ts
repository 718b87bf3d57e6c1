import { describe, expect, test } from "vitest";
import { readinessOf } from "#lib/domain/calendar/readiness/rules.ts";
import { AREAS, PACK_OLD_DAYS, type ReadinessFacts } from "#lib/domain/calendar/readiness/schema.ts";
import { WAITING_KINDS } from "#lib/domain/calendar/waiting/rules.ts";
import type { WaitingKind } from "#lib/domain/calendar/waiting/schema.ts";
import english from "#messages/en/calendar.json";
import spanish from "#messages/es/calendar.json";

const NOTHING_WAITS = {
  ...{ unbacked: 0, underReview: 0, requests: 0, narrowings: 0, reviews: 0, baas: 0, worksheets: 0 },
  ...{ offices: 0, offboarding: 0, invitations: 0, mail: 0, emergencies: 0, accessReviews: 0, accessVerdicts: 0 },
};
/** What waits and says nothing of how far an area is in hand: each with its reason. */
const OF_NO_AREA: readonly WaitingKind[] = [];

const IN_HAND: ReadinessFacts = {
  ...{ tools: 5, baas: 2, policies: 1, unsigned: { open: 0, overdue: 0 }, waiting: NOTHING_WAITS },
  ...{ updates: 0, withoutFactor: 0, packAgeDays: 3, missing: 0 },
};
const areaOf = (facts: ReadinessFacts, area: string) => readinessOf(facts).find((row) => row.area === area);

describe("how far the book is in hand", () => {
  test("an area with nothing open is in hand, without a reason", () => {
    expect(readinessOf(IN_HAND).map(({ area, state, reasons }) => [area, state, reasons])).toEqual(
      AREAS.map((area) => [area, "in_hand", []]),
    );
  });

  test.each([
    ["register", { ...IN_HAND, tools: 0 }],
    ["agreements", { ...IN_HAND, baas: 0 }],
    ["policies", { ...IN_HAND, policies: 0 }],
    ["evidence", { ...IN_HAND, packAgeDays: null }],
  ])("%s without a record has not begun, however little is open", (area, facts) => {
    expect(areaOf(facts, area)?.state).toBe("not_begun");
  });

  test("each reason says how many and where", () => {
    const waiting = { ...NOTHING_WAITS, unbacked: 3, baas: 1 };
    expect(areaOf({ ...IN_HAND, waiting }, "agreements")).toMatchObject({
      state: "attention",
      reasons: [
        { code: "unbacked", count: 3, path: "/tools?status=approved_for_phi" },
        { code: "baas", count: 1, path: "/vendors?ends=90" },
      ],
    });
  });

  test("whatever waits keeps its area from being in hand", () => {
    const judged = (kind: WaitingKind) => {
      const areas = readinessOf({ ...IN_HAND, waiting: { ...NOTHING_WAITS, [kind]: 1 } });
      return areas.some(({ state, reasons }) => state === "attention" && reasons.some(({ code }) => code === kind));
    };
    expect(WAITING_KINDS.filter((kind) => !judged(kind))).toEqual(OF_NO_AREA);
  });

  test("signatures that are late and those that have time are two reasons", () => {
    const reasons = areaOf({ ...IN_HAND, unsigned: { open: 5, overdue: 2 } }, "policies")?.reasons;
    expect(reasons?.map(({ code, count }) => [code, count])).toEqual([
      ["overdue", 2],
      ["unsigned", 3],
    ]);
  });

  test("a pack of ninety days is recent, a day more is not", () => {
    const stateAt = (packAgeDays: number) => areaOf({ ...IN_HAND, packAgeDays }, "evidence")?.state;
    expect([PACK_OLD_DAYS, PACK_OLD_DAYS + 1].map(stateAt)).toEqual(["in_hand", "attention"]);
  });
});

test.each([
  ["en", english],
  ["es", spanish],
])("every reason and state has words in %s", (_, words) => {
  const all = {
    ...IN_HAND,
    unsigned: { open: 2, overdue: 1 },
    updates: 1,
    withoutFactor: 1,
    packAgeDays: 91,
    missing: 1,
  };
  const waiting = Object.fromEntries(Object.keys(NOTHING_WAITS).map((kind) => [kind, 1])) as typeof NOTHING_WAITS;
  const codes = readinessOf({ ...all, waiting }).flatMap(({ reasons }) => reasons.map(({ code }) => code));
  expect([...codes].sort()).toEqual(Object.keys(words.readiness.reason).sort());
  expect(Object.keys(words.readiness.area)).toEqual([...AREAS]);
});
