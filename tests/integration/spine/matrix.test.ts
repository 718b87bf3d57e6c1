import { describe, expect, test } from "vitest";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { Forbidden, InvalidInput, NotFound, Refusal } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf } from "#tests/support/contents.ts";
import {
  allDefinitions,
  contextOf,
  type Definition,
  HOLDERS,
  holderOf,
  idPaths,
  namesInSource,
  pathsOf,
} from "#tests/support/definitions.ts";
import { ID_NAMES, type Ids, INPUTS, idsOf } from "#tests/support/foreign-inputs.ts";

const definitions = await allDefinitions();
const takingIds = definitions.filter(({ schema }) => idPaths(schema).length > 0);

const TOMORROW = addDays(calendarDateIn("America/New_York", new Date()), 1);

/** What can't be asked with nothing. */
const PLAIN_INPUTS: Record<string, object> = {
  "catalogue-entry": { key: "openai-chatgpt-enterprise" },
  "search-clinic": { q: "ChatGPT" },
  "block-list-file": { format: "plain" },
  "ended-emergency": { permission: "tool.adopt" },
  "import-sheet": { kind: "tools" },
  "mail-due": { at: new Date("2099-01-01T00:00:00Z") },
  "issue-policy-page": { code: "P02" },
  "policy-page": { code: "P02" },
  "policy-preview": {
    ...{ code: "P02", newest: 1, reason: "A second look.", effectiveOn: TOMORROW, amnestyUntil: TOMORROW },
    ...{ dueDays: 3, reportMinutes: 60, privacyOfficer: "Dana Whitfield", securityOfficer: "Luis Ortega" },
    ...{ governingBody: "Grace Okafor", addresses: "deepseek.com" },
  },
  "policy-signature-rows": { code: "P02", number: 1 },
  "policy-signatures": { code: "P02", number: 1 },
};

test("every command and query that the source defines is in these matrices", () => {
  expect(definitions.map(({ name }) => name).sort()).toEqual(namesInSource().sort());
});

test("each role may do what this table says, and nothing else", async () => {
  const clinic = await mintClinic();
  const lines: string[] = [];
  for (const definition of definitions) {
    const answers: string[] = [];
    for (const holder of HOLDERS) answers.push(await mayOrMayNot(definition, contextOf(clinic, holder)));
    lines.push(line(`${definition.kind} ${definition.name}`, answers));
  }
  const table = [line("", [...HOLDERS]), ...lines, ""].join("\n");
  await expect(table).toMatchFileSnapshot("./who-may-do-what.txt");
});

// Not an input of anything: who may is told that it is not understood, who may not is refused before it is read.
async function mayOrMayNot(definition: Definition, ctx: Parameters<Definition["run"]>[0]): Promise<string> {
  const error = await definition.run(ctx, "not an input").catch((thrown: unknown) => thrown);
  if (error instanceof Forbidden) return ".";
  if (error instanceof InvalidInput) return "may";
  throw new Error(`${definition.name} took what is no input`, { cause: error });
}

function line(name: string, cells: readonly string[]): string {
  return [name.padEnd(38), ...cells.map((cell) => cell.padEnd(16))].join("").trimEnd();
}

describe("a foreign clinic's ids", () => {
  test("each command and query that takes ids is tried with all of them", () => {
    const left = takingIds.filter(({ name, schema }) => {
      const tried = pathsOf(INPUTS[name]?.(strangersIds()));
      return idPaths(schema).some((path) => !tried.includes(path));
    });
    expect(left.map(({ name, schema }) => `${name}: ${idPaths(schema)}`)).toEqual([]);
    expect(Object.keys(INPUTS).sort()).toEqual(takingIds.map(({ name }) => name).sort());
  });

  test("they are what an unknown id is, touch nothing here or there, and mean something at home", async () => {
    const [here, there] = [await mintClinic(), await mintClinic()];
    const foreign = await idsOf(there);
    const before = [await contentsOf(here.clinicId), await contentsOf(there.clinicId)];
    const answers: Record<string, { foreign: string; unknown: string }> = {};
    for (const definition of takingIds) {
      const ctx = contextOf(here, holderOf(definition.permission));
      answers[definition.name] = {
        foreign: await answerOf(definition, ctx, foreign),
        unknown: await answerOf(definition, ctx, strangersIds()),
      };
    }
    expect([await contentsOf(here.clinicId), await contentsOf(there.clinicId)]).toEqual(before);
    for (const [name, answer] of Object.entries(answers)) {
      expect([name, answer.foreign]).toEqual([name, answer.unknown]);
      expect([name, answer.foreign]).toEqual([name, name === "event-for-reaction" ? "null" : "not found"]);
    }
    for (const definition of takingIds) {
      const answer = await answerOf(definition, contextOf(there, holderOf(definition.permission)), foreign);
      expect([definition.name, answer]).not.toEqual([definition.name, answers[definition.name]?.foreign]);
    }
  });
});

function strangersIds(): Ids {
  return Object.fromEntries(ID_NAMES.map((name) => [name, newId()])) as Ids;
}

async function answerOf(definition: Definition, ctx: Parameters<Definition["run"]>[0], ids: Ids): Promise<string> {
  try {
    const value = await definition.run(ctx, INPUTS[definition.name]?.(ids));
    return value === null ? "null" : `found ${typeof value}`;
  } catch (error) {
    if (error instanceof NotFound) return "not found";
    if (error instanceof Refusal) return `refused ${error.code} ${JSON.stringify(error.params)}`;
    throw new Error(`${definition.name} broke on it`, { cause: error });
  }
}

test("no list, count or sum of a clinic changes when another clinic gets rows", async () => {
  const [here, there] = [await mintClinic(), await mintClinic()];
  await idsOf(here);
  // Who asks for a served list brings the clinic's own secret: tests/integration/tools/block-list.test.ts.
  const asked = definitions.filter(
    ({ kind, name }) => kind === "query" && INPUTS[name] === undefined && name !== "served-block-list",
  );
  const look = async () => {
    const answers: Record<string, unknown> = {};
    for (const { name, permission, run } of asked) {
      const answer = await run(contextOf(here, holderOf(permission)), PLAIN_INPUTS[name] ?? {}).catch(
        (error: unknown) => {
          throw new Error(`${name} has no plain input`, { cause: error });
        },
      );
      answers[name] = { ...(answer as object), asOf: "the moment of looking" };
    }
    return answers;
  };
  const before = await look();
  expect(Object.keys(before)).toContain("register-page");
  await idsOf(there);
  await inviteMember(there.as.owner, { email: "new@clinic.test", name: "Ines Duarte", role: "privacy_officer" });
  expect(await look()).toEqual(before);
  const typed = { vendor: "Tidewater", product: "FrontDesk Helper", surface: "Pilot", why: "A pilot was offered." };
  await registerTool(here.as.owner, { ...typed, category: "voice", hostnames: "helper.example" });
  const after = await look();
  expect(after["register-page"]).not.toEqual(before["register-page"]);
  expect(after["ledger-page"]).not.toEqual(before["ledger-page"]);
});
