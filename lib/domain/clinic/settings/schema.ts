import { z } from "zod";
import { TimeZone, WorkingDay } from "#lib/domain/clinic/schema.ts";
import type { Role } from "#lib/domain/context.ts";
import { line, optionalLine, optionalParagraph, paragraph } from "#lib/domain/text.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// What the clinic is, where it is, and who holds the offices that the rules ask for. A place is closed and an office
// handed over or left vacant; neither is ever deleted.

/** What a clinic is or does that decides which rules it looks at. Each is unknown until somebody says so. */
export const CLINIC_FACTS = ["federalFunds", "part2Program", "behavioralHealth", "treatsMinors"] as const;
export const FACT_ANSWERS = ["yes", "no", "unknown"] as const;
export type FactAnswer = (typeof FACT_ANSWERS)[number];

/** States, the District of Columbia and territories, as the postal service abbreviates them. */
// biome-ignore format: a line a letter would not read better
export const US_STATES = [
  "AK", "AL", "AR", "AS", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "GU", "HI", "IA", "ID", "IL", "IN", "KS", "KY",
  "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MP", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH", "OK",
  "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VI", "VT", "WA", "WI", "WV", "WY",
] as const;

const version = z.coerce.number().int().positive();
const fact = z.enum(FACT_ANSWERS, { error: "choose_fact" });

/** `ca, TX` is California and Texas, each once and in order. */
const States = z
  .union([z.string(), z.array(z.string())])
  .default("")
  .transform((typed) => (typeof typed === "string" ? typed.split(/[\s,;]+/) : typed))
  .transform((codes) =>
    [...new Set(codes.map((code) => code.trim().toUpperCase()).filter((code) => code !== ""))].sort(),
  )
  .pipe(z.array(z.enum(US_STATES, { error: "state_not_understood" })));

export const DescribeClinic = z.object({
  version,
  legalName: optionalLine(200),
  address: optionalParagraph(400),
  timeZone: TimeZone,
  states: States,
  federalFunds: fact,
  part2Program: fact,
  behavioralHealth: fact,
  treatsMinors: fact,
});

export type ClinicFacts = Omit<z.output<typeof DescribeClinic>, "states"> & { readonly states: readonly string[] };

const place = { name: line(120), address: optionalParagraph(400) };
export const AddLocation = z.object(place);
export const ChangeLocation = z.object({ locationId: z.uuid(), version, ...place });
export const CloseLocation = z.object({ locationId: z.uuid(), version });

export type LocationShown = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly addedAt: Date;
  readonly closedAt: Date | null;
  readonly version: number;
  /** How many members who have not left have it as theirs. */
  readonly people: number;
};

/** The privacy official and the contact of 45 CFR 164.530(a)(1), the security official of 164.308(a)(2). */
export const OFFICES = ["privacy_official", "security_official", "contact"] as const;
export type Office = (typeof OFFICES)[number];

export const DesignateOfficer = z.object({
  office: z.enum(OFFICES, { error: "choose_office" }),
  memberId: z.uuid({ error: "choose_person" }),
  fromOn: WorkingDay,
  duties: paragraph(2000),
});

export const EndDesignation = z.object({ designationId: z.uuid(), toOn: WorkingDay, reason: paragraph(1000) });

export type DesignationShown = {
  readonly id: string;
  readonly office: Office;
  readonly memberId: string;
  readonly name: string;
  readonly role: Role;
  readonly duties: string;
  readonly fromOn: CalendarDate;
  readonly toOn: CalendarDate | null;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly endReason: string;
};

export const OFFICE_WARNINGS = ["vacant", "left", "leaving", "role_apart"] as const;
export type OfficeWarning = (typeof OFFICE_WARNINGS)[number];
