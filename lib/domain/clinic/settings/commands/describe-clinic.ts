import "server-only";
import { DescribeClinic } from "#lib/domain/clinic/settings/schema.ts";
import { requireClinicFacts } from "#lib/domain/clinic/settings/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Writes down what the clinic is: its legal name and address, zone and states, and what decides which rules it looks at. */
export const describeClinic = defineCommand(
  "describe-clinic",
  "clinic.configure",
  DescribeClinic,
  async ({ tx, ctx }, { version, ...described }) => {
    const { version: current, ...before } = await requireClinicFacts(tx);
    if (current !== version) throw refuse("clinic.changed_meanwhile");
    const isSame = (Object.keys(described) as Array<keyof typeof described>).every(
      (name) => String(before[name]) === String(described[name]),
    );
    if (isSame) return unchanged({});
    const { count } = await tx.clinic.updateMany({
      where: { id: ctx.clinicId, version },
      data: { ...described, version: { increment: 1 } },
    });
    if (count === 0) throw refuse("clinic.changed_meanwhile");
    return done({}, { type: "clinic.described", id: ctx.clinicId, ...described });
  },
);
