import type { z } from "zod";
import type { ClinicContext, Role } from "#lib/domain/context.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { getRequest } from "#lib/domain/tools/requests/queries.ts";
import type { AskForTool } from "#lib/domain/tools/requests/schema.ts";
import type { Status } from "#lib/domain/tools/schema.ts";
import type { TestClinic } from "#tests/support/clinic.ts";
import { newPerson } from "#tests/support/people.ts";
import { typedTool } from "#tests/support/tools.ts";

/** What a person might ask for; the catalogue doesn't know it. */
export function asking(fields: Partial<z.input<typeof AskForTool>> = {}): z.input<typeof AskForTool> {
  return { product: "Quillfeather", purpose: "Letters to suppliers.", goesIn: "nothing", ...fields };
}

/** Somebody else of the role, as whom a test acts. */
export async function somebody(clinic: TestClinic, role: Role): Promise<ClinicContext> {
  const { memberId } = await newPerson(clinic, role);
  return { ...clinic.system, actor: { kind: "member", memberId, name: "Noor Haddad", role } };
}

export function memberIdOf({ actor }: ClinicContext): string {
  return actor.kind === "member" ? actor.memberId : "";
}

/** A tool of the register with a decision on it. */
export async function decidedTool(
  as: ClinicContext,
  product: string,
  status: Status,
  fields: Parameters<typeof typedTool>[1] = {},
): Promise<string> {
  const { toolId } = await registerTool(as, typedTool(product, fields));
  const conditions = status === "not_for_phi" ? "Nothing about patients goes in" : "";
  await decideTool(as, { toolId, version: 1, status, reason: "For the office.", conditions });
  return toolId;
}

/** The id and the version of a request that was just made. */
export async function asked(as: ClinicContext, fields: Partial<z.input<typeof AskForTool>> = {}) {
  const { requestId } = await askForTool(as, asking(fields));
  return { requestId, version: 1 };
}

/** The request as its page shows it. */
export async function requestNow(as: ClinicContext, requestId: string) {
  const { request, desk } = await getRequest(as, { requestId });
  return { ...request, desk };
}
