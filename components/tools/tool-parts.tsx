import type { ReactNode } from "react";
import type { ToolSaid } from "#lib/domain/tools/schema.ts";

/** What a sentence about a tool fills in; `plan` sets its plan apart from the words around it. */
export function toolParts({ product, surface }: Pick<ToolSaid, "product" | "surface">) {
  return {
    product,
    surface: surface.text,
    plan: (chunks: ReactNode) => (
      <span className="font-normal" lang={surface.lang}>
        {chunks}
      </span>
    ),
  };
}
