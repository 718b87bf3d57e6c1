import { describe, expect, test } from "vitest";
import {
  byUrgency,
  furtherOf,
  linesOf,
  PATIENCE_DAYS,
  urgencyOf,
  WAITING_KINDS,
} from "#lib/domain/calendar/waiting/rules.ts";
import type { Waiting, WaitingLists } from "#lib/domain/calendar/waiting/schema.ts";
import english from "#messages/en/calendar.json";
import spanish from "#messages/es/calendar.json";

const clock = { today: "2026-11-22", timeZone: "America/New_York" };
const NOTHING = Object.fromEntries(WAITING_KINDS.map((kind) => [kind, { shown: [], more: 0 }])) as unknown;

function waiting(lists: Partial<WaitingLists>): Waiting {
  return { ...(NOTHING as WaitingLists), updates: 0, ...lists };
}

const tool = (product: string) => ({ toolId: product, product, surface: "Web" });
const shown = <T>(...rows: T[]) => ({ shown: rows, more: 0 });

describe("what waits is one list across kinds", () => {
  test("what should have been seen to longest ago comes first, whatever it is", () => {
    const lines = linesOf(
      waiting({
        requests: shown({
          ...{ requestId: "r", product: "Notes", requestedBy: "María" },
          requestedAt: new Date("2026-11-21T15:00:00Z"),
        }),
        baas: shown({
          ...{ baaId: "b", vendorId: "v", vendor: "Abridge", reference: "2024", until: "2026-11-30", losing: 1 },
        }),
        offboarding: shown({ memberId: "m", name: "Ines", lastDay: "2026-11-01", open: 2 }),
        reviews: shown({ ...tool("Late"), reviewOn: "2026-11-10" }),
      }),
      clock,
    );
    expect(lines.map(({ kind, pressesOn }) => [kind, pressesOn])).toEqual([
      ["offboarding", "2026-11-01"],
      ["reviews", "2026-11-10"],
      ["requests", "2026-11-24"],
      ["baas", "2026-11-30"],
    ]);
  });

  test("an approval for patient data that doesn't hold comes before everything that has a date", () => {
    const lines = linesOf(
      waiting({
        reviews: shown({ ...tool("Late"), reviewOn: "2001-01-01" }),
        unbacked: shown({ ...tool("Scribe"), reason: "baa_expired" as const }),
      }),
      clock,
    );
    expect(lines.map(({ kind }) => kind)).toEqual(["unbacked", "reviews"]);
    expect(urgencyOf(lines[0] ?? { pressesOn: "" }, clock.today)).toBe("now");
  });

  test("of what presses on the same day the kinds keep their order, and each kind its own", () => {
    const on = "2026-12-01";
    const lines = linesOf(
      waiting({
        worksheets: shown({ ...tool("C"), worksheetId: "w", reverifyOn: on }),
        reviews: shown({ ...tool("B"), reviewOn: on }, { ...tool("A"), reviewOn: on }),
      }),
      clock,
    );
    expect(lines.map(({ subject }) => subject)).toEqual(["B, Web", "A, Web", "C, Web"]);
  });

  test("the day on which something waits too long is counted in the clinic's zone", () => {
    const late = { invitationId: "i", name: "Noor", expiredAt: new Date("2026-11-01T02:00:00Z") };
    const [line] = linesOf(waiting({ invitations: shown(late) }), clock);
    // Still 31 October in New York.
    expect(PATIENCE_DAYS.invitations).toBe(14);
    expect(line?.pressesOn).toBe("2026-11-14");
  });

  test("today presses now, a fortnight is soon, the day after can wait", () => {
    const at = (pressesOn: string) => urgencyOf({ pressesOn }, clock.today);
    expect(["2026-11-22", "2026-11-23", "2026-12-06", "2026-12-07"].map(at)).toEqual(["now", "soon", "soon", "later"]);
  });

  test("parts of the list that hold nothing are left out", () => {
    const lines = linesOf(waiting({ reviews: shown({ ...tool("A"), reviewOn: "2027-01-01" }) }), clock);
    expect(byUrgency(lines, clock.today).map(({ urgency }) => urgency)).toEqual(["later"]);
  });

  test("an office that nobody holds presses today; one whose holder goes, soon", () => {
    const lines = linesOf(
      waiting({
        offices: shown(
          { office: "privacy_official", warning: "leaving", name: "Dana" },
          { office: "security_official", warning: "vacant", name: "" },
        ),
      }),
      clock,
    );
    expect(
      lines.map(({ key }) => [
        key,
        urgencyOf(lines.find((line) => line.key === key) ?? { pressesOn: "" }, clock.today),
      ]),
    ).toEqual([
      ["security_official-vacant", "now"],
      ["privacy_official-leaving", "soon"],
    ]);
  });

  test("kinds of which more wait than are named say how many and where", () => {
    expect(furtherOf(waiting({ mail: { shown: [], more: 4 } }))).toEqual([
      { kind: "mail", count: 4, path: "/outbox?state=failed&state=bounced" },
    ]);
  });
});

test.each([
  ["en", english],
  ["es", spanish],
])("every kind has words in %s", (_, words) => {
  expect(Object.keys(words.waiting.kind).sort()).toEqual([...WAITING_KINDS].sort());
});
