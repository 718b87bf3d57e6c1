import { expect, test } from "vitest";
import type { ClinicContext } from "#lib/domain/context.ts";
import { Forbidden, InvalidInput } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { allDefinitions, type Definition } from "#tests/support/definitions.ts";
import { nameFor, nextRequest, openAs } from "#tests/support/emergency.ts";

const definitions = await allDefinitions();

test("emergency access gives what this table says beside a person's own role, and nothing else", async () => {
  const { as } = await mintClinic();
  const under: Partial<Record<"manager" | "staff", ClinicContext>> = {};
  for (const role of ["manager", "staff"] as const) {
    await nameFor(as.owner, as[role]);
    await openAs(as[role]);
    under[role] = await nextRequest(as[role]);
  }
  const people = { staff: as.staff, "under it": under.staff, manager: as.manager, "also under it": under.manager };
  const asked = Object.values(people).map((who) => who ?? expect.fail());
  const lines: string[] = [];
  for (const definition of definitions) {
    const answers: string[] = [];
    for (const who of [...asked, as.privacy_officer]) answers.push(await mayOrMayNot(definition, who));
    const [staff, staffUnder, manager, managerUnder] = answers;
    if (staff === staffUnder && manager === managerUnder) continue;
    lines.push(line(`${definition.kind} ${definition.name}`, answers));
  }
  const table = [line("", [...Object.keys(people), "privacy_officer"]), ...lines, ""].join("\n");
  await expect(table).toMatchFileSnapshot("./what-emergency-access-gives.txt");
});

// Not an input of anything: who may is told that it is not understood, who may not is refused before it is read.
async function mayOrMayNot(definition: Definition, ctx: ClinicContext): Promise<string> {
  const error = await definition.run(ctx, "not an input").catch((thrown: unknown) => thrown);
  if (error instanceof Forbidden) return ".";
  if (error instanceof InvalidInput) return "may";
  throw new Error(`${definition.name} took what is no input`, { cause: error });
}

function line(name: string, cells: readonly string[]): string {
  return [name.padEnd(38), ...cells.map((cell) => cell.padEnd(16))].join("").trimEnd();
}
