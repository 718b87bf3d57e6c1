import { z } from "zod";
import { defineEvent, personal } from "#lib/domain/event.ts";
import { BAA_KINDS, BUSINESS_ASSOCIATE_ANSWERS, COVERAGES, SIGNATURES } from "#lib/domain/vendors/schema.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.iso.date();
const text = () => personal(z.string());

const baaVersion = {
  vendorId: z.uuid(),
  versionId: z.uuid(),
  number: z.int().positive(),
  kind: z.enum(BAA_KINDS),
  corrects: z.int().positive().nullable(),
  reference: text(),
  ourParty: text(),
  theirParty: text(),
  agreedOn: day,
  effectiveOn: day,
  expiresOn: day.nullable(),
  noticeDays: z.int().nonnegative().nullable(),
  signature: z.enum(SIGNATURES),
  services: personal(z.array(z.string())),
  surfaces: z.array(z.uuid()),
  note: text(),
};

/** The tool that a path or a worksheet is about. */
const ofTool = { toolId: z.uuid(), product: text(), surface: text() };

export const vendorEvents = [
  defineEvent("vendor.registered", "vendor", { name: text(), jurisdiction: text() }),
  defineEvent("vendor.renamed", "vendor", { formerName: text(), name: text() }),
  defineEvent("vendor.described", "vendor", {
    businessAssociate: z.enum(BUSINESS_ASSOCIATE_ANSWERS),
    businessAssociateReason: text(),
    jurisdiction: text(),
    website: text(),
    contactName: text(),
    contactEmail: text(),
    notes: text(),
  }),
  defineEvent("baa.recorded", "baa", baaVersion),
  defineEvent("baa.renewed", "baa", baaVersion),
  defineEvent("baa.amended", "baa", baaVersion),
  defineEvent("baa.corrected", "baa", baaVersion),
  defineEvent("baa.document_attached", "baa", {
    vendorId: z.uuid(),
    versionId: z.uuid(),
    fileId: z.uuid(),
    fileSha256: sha256,
  }),
  defineEvent("baa.terminated", "baa", { vendorId: z.uuid(), terminationId: z.uuid(), lastDay: day, reason: text() }),
  defineEvent("baa.termination_withdrawn", "baa", { vendorId: z.uuid(), terminationId: z.uuid(), reason: text() }),
  defineEvent("baa.checked", "baa", {
    vendorId: z.uuid(),
    versionId: z.uuid(),
    checkId: z.uuid(),
    number: z.int().positive(),
    met: z.int().nonnegative(),
    notMet: z.int().nonnegative(),
    notApplicable: z.int().nonnegative(),
    answersSha256: sha256,
  }),
  defineEvent("baa.lapsed", "baa", { vendorId: z.uuid(), lastDay: day, tools: z.array(z.uuid()) }),
  defineEvent("inference_path.recorded", "inference_path", {
    ...ofTool,
    number: z.int().positive(),
    statedIn: text(),
    statedOn: day.nullable(),
    fileId: z.uuid().nullable(),
    processors: personal(z.array(z.string())),
    roles: personal(z.array(z.string())),
    places: personal(z.array(z.string())),
    evidence: personal(z.array(z.string())),
    coverages: z.array(z.enum(COVERAGES)),
    baas: z.array(z.uuid().nullable()),
  }),
  defineEvent("due_diligence.started", "due_diligence", {
    ...ofTool,
    number: z.int().positive(),
    /** The worksheet whose notes it begins with. */
    continues: z.int().positive().nullable(),
    answersSha256: sha256,
  }),
  defineEvent("due_diligence.saved", "due_diligence", {
    ...ofTool,
    number: z.int().positive(),
    answered: z.int().nonnegative(),
    answersSha256: sha256,
  }),
  defineEvent("due_diligence.document_attached", "due_diligence", {
    ...ofTool,
    question: z.string().regex(/^[a-z0-9-]{1,60}$/),
    fileId: z.uuid(),
    fileSha256: sha256,
  }),
  defineEvent("due_diligence.completed", "due_diligence", {
    ...ofTool,
    number: z.int().positive(),
    answered: z.int().nonnegative(),
    answersSha256: sha256,
    conclusion: text(),
    reverifyOn: day.nullable(),
  }),
] as const;
