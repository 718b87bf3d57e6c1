import { expect, test } from "vitest";
import { NameEmergencyPerson } from "#lib/domain/clinic/emergency-access/schema.ts";
import { DeactivateMember, InviteMember } from "#lib/domain/clinic/people/schema.ts";
import { DesignateOfficer } from "#lib/domain/clinic/settings/schema.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { InvalidInput } from "#lib/kernel/errors.ts";

const memberId = "3f0c7a52-6a86-4d8e-9d0f-3a8c1f3e2b11";
const invited = { email: "noor@clinic.test", name: "Noor", role: "staff" };

const FORMS = {
  "the last day of who is invited": (endsOn: string) => parseInput(InviteMember, { ...invited, endsOn } as never),
  "the last day of who leaves": (lastDay: string) =>
    parseInput(DeactivateMember, { memberId, version: 1, lastDay, reason: "Moves away.", accounts: "" } as never),
  "the first day of an officer": (fromOn: string) =>
    parseInput(DesignateOfficer, { office: "contact", memberId, fromOn, duties: "Takes complaints." } as never),
  "the last day of who is named for emergencies": (toOn: string) =>
    parseInput(NameEmergencyPerson, { memberId, fromOn: "2026-01-01", toOn, reason: "Runs the desk." } as never),
};

function refusalOf(parse: () => unknown): string[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.issues.map(({ code }) => code);
  }
}

test.each(Object.entries(FORMS))("%s is a day of a year in which people work", (_, parse) => {
  for (const day of ["0001-01-01", "1939-12-31", "2101-01-01", "9999-12-31"])
    expect(refusalOf(() => parse(day))[0]).toBe("date_out_of_years");
  expect(refusalOf(() => parse("2026-02-30"))).toEqual(["date_not_understood"]);
  expect(refusalOf(() => parse("2027-02-28"))).toEqual([]);
});
