import {
  AREAS,
  type Area,
  type AreaReadiness,
  PACK_OLD_DAYS,
  type ReadinessFacts,
  type Reason,
} from "#lib/domain/calendar/readiness/schema.ts";
import { MORE_PATHS } from "#lib/domain/calendar/waiting/rules.ts";

const PATHS: Readonly<Record<Area, string>> = {
  register: "/tools",
  agreements: "/vendors",
  policies: "/policies",
  people: "/people",
  evidence: "/evidence",
};

/** Each area with its state and every reason for it. An area without a record has not begun, whatever else is so. */
export function readinessOf(facts: ReadinessFacts): AreaReadiness[] {
  return AREAS.map((area) => {
    const reasons = reasonsOf(area, facts).filter(({ count }) => count > 0);
    const begun = hasBegun(area, facts);
    const state = begun ? (reasons.length === 0 ? "in_hand" : "attention") : "not_begun";
    return { area, state, path: PATHS[area], reasons };
  });
}

function hasBegun(area: Area, { tools, baas, policies, packAgeDays }: ReadinessFacts): boolean {
  switch (area) {
    case "register":
      return tools > 0;
    case "agreements":
      return baas > 0;
    case "policies":
      return policies > 0;
    case "people":
      return true;
    case "evidence":
      return packAgeDays !== null;
    default: {
      const unhandled: never = area;
      return unhandled;
    }
  }
}

function reasonsOf(area: Area, facts: ReadinessFacts): Reason[] {
  const { waiting, unsigned, updates, withoutFactor, packAgeDays, missing } = facts;
  const waits = (code: keyof typeof waiting): Reason => ({ code, count: waiting[code], path: MORE_PATHS[code] });
  switch (area) {
    case "register":
      return [
        waits("requests"),
        waits("narrowings"),
        waits("underReview"),
        waits("reviews"),
        { code: "updates", count: updates, path: "/tools/updates" },
      ];
    case "agreements":
      return [waits("unbacked"), waits("baas"), waits("worksheets")];
    case "policies":
      return [
        { code: "overdue", count: unsigned.overdue, path: "/policies" },
        { code: "unsigned", count: unsigned.open - unsigned.overdue, path: "/policies" },
      ];
    case "people":
      return [
        waits("offices"),
        waits("offboarding"),
        waits("emergencies"),
        waits("accessReviews"),
        waits("accessVerdicts"),
        { code: "withoutFactor", count: withoutFactor, path: "/people" },
        waits("invitations"),
        waits("mail"),
      ];
    case "evidence":
      return [
        { code: "missing", count: missing, path: "/evidence#index" },
        {
          code: "packOld",
          count: packAgeDays !== null && packAgeDays > PACK_OLD_DAYS ? packAgeDays : 0,
          path: "/evidence#request",
        },
      ];
    default: {
      const unhandled: never = area;
      return unhandled;
    }
  }
}
