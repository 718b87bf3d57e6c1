import type { z } from "zod";
import type { ClinicContext } from "#lib/domain/context.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getToolPage } from "#lib/domain/tools/queries.ts";
import type { RegisterTool } from "#lib/domain/tools/schema.ts";

/** What a person might type for a tool that the catalogue does not know. */
export function typedTool(
  product: string,
  fields: Partial<z.input<typeof RegisterTool>> = {},
): z.input<typeof RegisterTool> {
  return {
    vendor: "Northwind Labs",
    product,
    surface: "Team plan",
    modelFamily: "",
    category: "general_chat",
    hostnames: [],
    jurisdiction: "United States",
    why: "Asked for by the front desk.",
    ...fields,
  };
}

/** A typed tool that runs DeepSeek's weights on a host of its own; prohibited by the blanket until it is narrowed. */
export async function registerHosted(as: ClinicContext, product = "R1 on Northwind") {
  return registerTool(as, typedTool(product, { modelFamily: "DeepSeek R1" }));
}

/** The tool as its page shows it. */
export async function toolNow(as: ClinicContext, toolId: string) {
  const { tool, standing, decisions, narrowing } = await getToolPage(as, { toolId });
  return { ...tool, standing, decisions, narrowing };
}
