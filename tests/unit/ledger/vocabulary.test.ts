import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineEvent, type EventDefinition, isPersonal, personal } from "#lib/domain/event.ts";
import { EVENT_DEFINITIONS } from "#lib/domain/ledger/events.ts";
import { EVENT_KINDS, typesOfKinds } from "#lib/domain/ledger/rules.ts";

describe("a text that enters the ledger in the clear", () => {
  it.each(EVENT_DEFINITIONS.map((definition) => [definition.type, definition] as const))(
    "is no text that a person could type: %s",
    (_, definition) => {
      expect(typedTextsInTheClear(definition)).toEqual([]);
    },
  );

  it("is found where somebody plants one", () => {
    const planted = defineEvent("tool.renamed", "tool", {
      name: z.string(),
      alias: z.string().max(40).nullable(),
      tags: z.array(z.string()),
      origin: z.object({ city: z.string().optional() }),
      either: z.union([z.iso.date(), z.string()]),
      anything: z.record(z.string(), z.unknown()),
      kept: personal(z.string()),
      list: personal(z.array(z.string())),
      toolId: z.uuid(),
      on: z.iso.date().nullable(),
      key: z.string().regex(/^[a-z]+$/),
      role: z.enum(["owner"]),
      count: z.int(),
      sure: z.boolean(),
    });
    const found = typedTextsInTheClear(planted);
    expect(found).toEqual(["name", "alias", "tags", "origin.city", "either", "anything"]);
  });
});

describe("an event type", () => {
  it("has the form that the ledger accepts, and is there once", () => {
    const types = EVENT_DEFINITIONS.map((definition) => definition.type);
    expect(types.filter((type) => !/^[a-z_]+\.[a-z_]+$/.test(type) || type.length > 64)).toEqual([]);
    expect(new Set(types).size).toBe(types.length);
  });

  it("belongs to exactly one of the kinds that a reader can ask for", () => {
    const ofKinds = Object.keys(EVENT_KINDS).flatMap((kind) => typesOfKinds([kind]));
    expect(ofKinds.sort()).toEqual(EVENT_DEFINITIONS.map((definition) => definition.type as string).sort());
  });
});

// The object's own id, which every event has, is made by us: a UUID, or one with a moment behind it.
const OWN_FIELDS = ["type", "id"];

function typedTextsInTheClear(definition: Pick<EventDefinition, "schema">): string[] {
  const fields = Object.entries(definition.schema.shape as Record<string, z.ZodType>);
  return fields.flatMap(([name, schema]) => (OWN_FIELDS.includes(name) ? [] : openTexts(schema, name)));
}

// What isn't known to be harmless counts as text: a new kind of schema has to be thought about here first.
function openTexts(schema: z.ZodType, path: string): string[] {
  if (isPersonal(schema)) return [];
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return openTexts(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodArray) return openTexts(schema.element as z.ZodType, path);
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape as Record<string, z.ZodType>);
    return fields.flatMap(([name, field]) => openTexts(field, `${path}.${name}`));
  }
  if (schema instanceof z.ZodUnion) {
    return [...new Set(schema.options.flatMap((option) => openTexts(option as z.ZodType, path)))];
  }
  const harmless = [
    z.ZodEnum,
    z.ZodLiteral,
    z.ZodBoolean,
    z.ZodNumber,
    z.ZodNull,
    z.ZodUUID,
    z.ZodISODate,
    z.ZodISODateTime,
  ];
  if (harmless.some((kind) => schema instanceof kind)) return [];
  return schema instanceof z.ZodString && isLimited(schema) ? [] : [path];
}

/** Held to a pattern from its first to its last character, such as a hash or a catalogue key. */
function isLimited(schema: z.ZodString): boolean {
  const checks = (schema.def.checks ?? []).map((check) => check._zod.def as { format?: string; pattern?: RegExp });
  return checks.some(({ format, pattern }) => format === "regex" && /^\^.*\$$/.test(pattern?.source ?? ""));
}
