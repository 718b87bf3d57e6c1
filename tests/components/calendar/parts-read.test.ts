import { createElement, type ReactNode } from "react";
import { describe, expect, test } from "vitest";
import { AccessToday } from "#components/calendar/access-today.tsx";
import { AskedItems } from "#components/calendar/asked-items.tsx";
import { EvidenceToday } from "#components/calendar/evidence-today.tsx";
import { FirstSteps } from "#components/calendar/first-steps.tsx";
import { ReadinessTable } from "#components/calendar/readiness-table.tsx";
import { TeamList } from "#components/calendar/team-list.tsx";
import { WaitingList } from "#components/calendar/waiting-list.tsx";
import { LoadingList, LoadingToday } from "#components/layout/loading-page.tsx";
import { WhyAsked } from "#components/layout/why-asked.tsx";
import { FIRST_STEPS } from "#lib/domain/calendar/first-steps/schema.ts";
import { AREA_STATES, AREAS } from "#lib/domain/calendar/readiness/schema.ts";
import type { Waiting } from "#lib/domain/calendar/waiting/schema.ts";
import { OFFICE_WARNINGS } from "#lib/domain/clinic/settings/schema.ts";
import { ASKED_ABOUT } from "#lib/domain/evidence/asked-about/schema.ts";
import { SECTIONS } from "#lib/domain/evidence/schema.ts";
import { MAIL_KINDS } from "#lib/domain/notifications/outbox/schema.ts";
import { drawn } from "#tests/support/drawn.ts";

const clock = { today: "2026-11-22", timeZone: "America/New_York" };
const home = "/c/harbor-family";
const at = new Date("2026-11-20T15:00:00Z");
const tool = { toolId: "t", product: "Scribe", surface: "Web" };
const few = <T>(...shown: T[]) => ({ shown, more: 3 });

const everything: Waiting = {
  unbacked: few({ ...tool, reason: "baa_expired" as const }),
  offboarding: few({ memberId: "m", name: "Ines", lastDay: "2026-11-20", open: 2 }),
  baas: few({ ...{ baaId: "b", vendorId: "v", vendor: "Abridge", reference: "2024", until: "2026-12-24", losing: 1 } }),
  requests: few({ requestId: "r", product: "Notes", requestedBy: "María", requestedAt: at }),
  narrowings: few(
    ...(["no", "needs_another", "enough"] as const).map((own) => ({
      ...tool,
      proposedBy: "Dana",
      proposedAt: at,
      own,
    })),
  ),
  reviews: few({ ...tool, reviewOn: "2026-11-30" }),
  worksheets: few({ ...tool, worksheetId: "w", reverifyOn: "2027-01-30" }),
  emergencies: few(
    ...(["emergency", "drill"] as const).map((kind) => ({ useId: kind, member: "Luis", kind, reviewBy: "2026-11-24" })),
  ),
  accessReviews: few(
    { dueOn: "2026-11-30", open: null },
    { dueOn: "2026-11-30", open: { reviewId: "r", undecided: 2 } },
  ),
  accessVerdicts: few(
    ...(["change", "end"] as const).map((verdict) => ({
      ...{ reviewId: "r", memberId: verdict, name: "Ines", verdict, signedOn: "2026-11-20" },
    })),
  ),
  offices: few(...OFFICE_WARNINGS.map((warning) => ({ office: "privacy_official" as const, warning, name: "Dana" }))),
  mail: few(...MAIL_KINDS.map((kind) => ({ messageId: kind, kind, member: "Luis", failedAt: at }))),
  invitations: few({ invitationId: "i", name: "Noor", expiredAt: at }),
  underReview: few({ ...tool, vendor: "Northwind", since: at }),
  updates: 2,
};

const item = { item: 10, title: "The security official", citation: "45 CFR 164.308(a)(2)" };
const evidence = {
  lastPack: { id: "p", finishedAt: at, asOf: at, fileName: "pack.zip", sha256: "0" },
  items: { answered: 1, partly: 2, none: 61, asked: 64 },
  missing: SECTIONS.map((section, index) => ({ ...item, item: index, section, path: "/tools" })),
  fingerprint: "SHA256:x",
};
const nothing = async () => undefined;
const steps = FIRST_STEPS.map((step, index) => ({
  ...{ step, done: index === 0, mine: index !== 1, path: "/tools", asked: [item] },
}));
const owed = { name: "María", since: "2026-11-01", dueOn: "2026-11-04" };
const policy = { code: "P02", number: 2, title: "Directive", open: 25, overdue: 2, shown: [owed] };

const PARTS: Readonly<Record<string, ReactNode>> = {
  "what waits": createElement(WaitingList, { waiting: everything, home, ...clock, registerEmpty: false }),
  "an empty register": createElement(WaitingList, { waiting: everything, home, ...clock, registerEmpty: true }),
  evidence: createElement(EvidenceToday, { evidence, home, timeZone: clock.timeZone }),
  team: createElement(TeamList, {
    team: {
      location: "Annex",
      people: 3,
      policies: [policy, { ...policy, code: "P03", open: 0, overdue: 0, shown: [] }],
    },
    ...{ home, today: clock.today },
  }),
  "a team without a location": createElement(TeamList, {
    ...{ team: { location: null, people: 1, policies: [] }, home, today: clock.today },
  }),
  readiness: createElement(ReadinessTable, {
    areas: AREAS.flatMap((area) => AREA_STATES.map((state) => ({ area, state, path: "/tools", reasons: [] }))),
    home,
  }),
  access: createElement(AccessToday, {
    access: {
      ...{ byRole: { staff: 3 }, openInvitations: 1, offboarding: 0 },
      withoutFactor: { count: 9, shown: [{ memberId: "m", name: "Priya" }] },
    },
    home,
  }),
  "asked items": createElement(AskedItems, {
    items: [
      {
        ...item,
        rule: "security" as const,
        status: "partly" as const,
        places: [{ section: "ledger", path: "/ledger" }],
      },
      { ...item, rule: "breach" as const, status: "none" as const, places: [] },
    ],
    home,
  }),
  "first steps": createElement(FirstSteps, { steps: { steps, aside: 1 }, home, putAside: nothing, callBack: nothing }),
  loading: createElement("div", {}, createElement(LoadingList), createElement(LoadingToday)),
  "why OCR asks": createElement(
    "div",
    {},
    ...Object.keys(ASKED_ABOUT).map((place) => createElement(WhyAsked, { place, items: [item], asOf: "2026-11-21" })),
  ),
};

const read = (part: ReactNode, locale: "en" | "es") => drawn(part, { locale, timeZone: clock.timeZone, now: at });

describe.each(["en", "es"] as const)("in %s", (locale) => {
  test.each(Object.entries(PARTS))("every word of %s is there", (_, part) => {
    expect(read(part, locale)).not.toMatch(/calendar\.|help\.|layout\.|undefined|NaN| style=/);
  });
});

test("what waits is named with what it is, since or until when, and the page that sees to it", () => {
  const html = read(PARTS["what waits"], "en");
  expect(html).toContain('href="/c/harbor-family/people/officers#privacy_official"');
  expect(html).toMatch(/Request from staff.*Notes.*Asked by María.*for 2 days/s);
  expect(html).toContain("2 days overdue");
  expect(html).toContain("Mail that went nowhere: 3 more");
});

test("how many items have no record is said with how many are answered, and nothing beside it says otherwise", () => {
  const items = { answered: 0, partly: 30, none: 34, asked: 64 };
  const box = (counts: typeof items) =>
    read(
      createElement(EvidenceToday, { evidence: { ...evidence, items: counts, missing: [] }, home, timeZone: "UTC" }),
      "en",
    );
  expect(box(items)).toContain("Of the 64 items");
  expect(box(items)).toContain("answer none in full and 30 in part. 34 items have no record here.");
  expect(box(items)).toContain("For the 34 items without a record there is none to make now");
  expect(box(items)).not.toMatch(/every item/i);
  expect(box({ ...items, partly: 64, none: 0 })).toContain("No item is without a record.");
});

test("a step that is done says so without colour, and offers nothing more to do", () => {
  const html = read(PARTS["first steps"], "en");
  expect(html).toContain("(done)");
  expect(html.match(/name="steps"/g)).toHaveLength(2 * (FIRST_STEPS.length - 1));
  expect(html.match(/An owner does this\./g)).toHaveLength(1);
});

test("Spanish pages say nothing in English", () => {
  for (const [name, part] of Object.entries(PARTS)) {
    expect(read(part, "es"), name).not.toMatch(/\b(Open|Make|Loading|Item|Waits|Needs|Nobody)\b/);
  }
});
