import { z } from "zod";

const personalFields = z.registry<{ personal: true }>();

/**
 * Marks a field of an event as personal or typed by people: it enters the ledger only as a salted commitment.
 * Names, emails, addresses, free text, and names of tools that a clinic typed are all of this kind.
 */
export function personal<S extends z.ZodString | z.ZodArray<z.ZodString>>(schema: S): S {
  personalFields.add(schema, { personal: true });
  return schema;
}

export function isPersonal(schema: z.ZodType): boolean {
  return personalFields.has(schema);
}

/** An event of the ledger's vocabulary: what was meant (`tool.prohibited`), on which object, with which facts. */
export function defineEvent<Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  objectType: string,
  shape: Shape,
) {
  return { type, objectType, schema: z.strictObject({ type: z.literal(type), id: z.string(), ...shape }) };
}

export type EventDefinition = ReturnType<typeof defineEvent>;
