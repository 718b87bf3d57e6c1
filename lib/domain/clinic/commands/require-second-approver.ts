import "server-only";
import { RequireSecondApprover } from "#lib/domain/clinic/schema.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";

/** Sets whether narrowing the DeepSeek blanket needs the word of a second person. */
export const requireSecondApprover = defineCommand(
  "require-second-approver",
  "clinic.configure",
  RequireSecondApprover,
  async ({ tx, ctx }, { required }) => {
    const { count } = await tx.clinic.updateMany({
      where: { id: ctx.clinicId, needsSecondApprover: !required },
      data: { needsSecondApprover: required },
    });
    if (count === 0) return unchanged({ required });
    const type = required ? "clinic.second_approver_required" : "clinic.second_approver_waived";
    return done({ required }, { type, id: ctx.clinicId });
  },
);
