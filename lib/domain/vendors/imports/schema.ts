import { z } from "zod";
import type { SheetColumn } from "#lib/domain/sheet.ts";
import { paragraph } from "#lib/domain/text.ts";
import { RecordBaa } from "#lib/domain/vendors/baas/schema.ts";
import {
  BUSINESS_ASSOCIATE_ANSWERS,
  type BusinessAssociate,
  DescribeVendor,
  RegisterVendor,
  SIGNATURES,
} from "#lib/domain/vendors/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

/** The columns of a file of vendors, in the order in which our own has them. */
export const VENDOR_COLUMNS = [
  { id: "vendor", needed: true },
  { id: "businessAssociate", choice: "closed" },
  { id: "reason" },
  { id: "jurisdiction" },
  { id: "website" },
  { id: "contactName" },
  { id: "contactEmail" },
  { id: "notes" },
] as const satisfies readonly SheetColumn[];

/** The columns of a file of BAAs. */
export const BAA_COLUMNS = [
  { id: "vendor", needed: true },
  { id: "reference", needed: true },
  { id: "ourParty", needed: true },
  { id: "theirParty", needed: true },
  { id: "agreedOn", needed: true },
  { id: "effectiveOn", needed: true },
  { id: "expiresOn", needed: true, choice: "open" },
  { id: "noticeDays" },
  { id: "services" },
  { id: "surfaces" },
  { id: "signature", needed: true, choice: "closed" },
  { id: "note" },
  { id: "endedOn" },
  { id: "endedReason" },
] as const satisfies readonly SheetColumn[];

/** What a cell of `expiresOn` says of an agreement without an end. */
export const EVERGREEN = "evergreen";

export const VENDOR_VALUES = { businessAssociate: BUSINESS_ASSOCIATE_ANSWERS } as const;
export const BAA_VALUES = { expiresOn: [EVERGREEN], signature: SIGNATURES } as const;

export const VendorName = RegisterVendor.pick({ name: true });
export const VendorDescribed = DescribeVendor;
export const BaaAgreed = RecordBaa;

export const BaaEnded = z.object({
  lastDay: z.iso.date({ error: "date_not_understood" }),
  reason: paragraph(2000),
});

/** A vendor as the list has it. */
export type VendorOnRecord = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
} & VendorFacts;

export type VendorFacts = {
  readonly businessAssociate: BusinessAssociate;
  readonly businessAssociateReason: string;
  readonly jurisdiction: string;
  readonly website: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly notes: string;
};

export const NOTHING_KNOWN: VendorFacts = {
  businessAssociate: "unknown",
  businessAssociateReason: "",
  jurisdiction: "",
  website: "",
  contactName: "",
  contactEmail: "",
  notes: "",
};

/** A version of an agreement as an import compares it. */
export type AgreementOnRecord = {
  readonly ourParty: string;
  readonly theirParty: string;
  readonly agreedOn: CalendarDate;
  readonly effectiveOn: CalendarDate;
  readonly expiresOn: CalendarDate | null;
  readonly noticeDays: number | null;
  readonly services: readonly string[];
  readonly signature: string;
  readonly note: string;
  /** Ids of the tools that it names. */
  readonly surfaces: readonly string[];
};
