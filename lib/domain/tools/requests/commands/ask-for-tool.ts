import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { askedHost, isAllowedAlready } from "#lib/domain/tools/requests/rules.ts";
import { AskForTool } from "#lib/domain/tools/requests/schema.ts";
import { holdAskedUnder } from "#lib/domain/tools/requests/steps.ts";
import { namedByLink, toolsById, typedAsked } from "#lib/domain/tools/requests/store.ts";
import { deepseekRelationOf, nameKeyOf } from "#lib/domain/tools/rules.ts";
import { requireMemberId } from "#lib/domain/tools/steps.ts";
import { askerOf } from "#lib/domain/tools/store.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";

/**
 * Somebody asks for a tool. DeepSeek's own is answered at once and never waits; what they may use already is not asked
 * for; and who has an open request for it is told.
 */
export const askForTool = defineCommand("ask-for-tool", "tool_request.ask", AskForTool, async ({ tx, ctx }, input) => {
  const requesterId = requireMemberId(ctx);
  const { vendor, product, purpose, goesIn } = input;
  const typed = typedAsked({ vendor, product, hostname: askedHost(input.address) });
  const which = (await namedByLink(tx, input)) ?? typed;
  const { asked, toolId } = which;
  const { hostname, ...names } = asked;
  const described = { ...names, modelFamily: "", hostnames: hostname === "" ? [] : [hostname] };
  if ((which.deepseek ?? deepseekRelationOf(described)) === "own") {
    throw refuse("tool_request.deepseek_own", { product: names.product });
  }
  const known = (await toolsById(tx, [toolId], ctx, askerOf(ctx))).get(toolId ?? "");
  if (known !== undefined && isAllowedAlready(known.standing, goesIn)) {
    throw refuse("tool_request.allowed_already", {
      ...{ product: names.product, surface: names.surface, toolId: known.id },
    });
  }
  const requestId = newId();
  const nameKey = nameKeyOf(names);
  await holdAskedUnder(tx, { requesterId, nameKey });
  // Of two sent at once the second waits here, and finds that the first is open.
  const { count } = await tx.toolRequest.createMany({
    data: [
      {
        ...{ ...names, hostname, purpose, goesIn, nameKey, requesterId, toolId },
        ...{ id: requestId, status: "open", requestedAt: ctx.now },
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) {
    const open = await tx.toolRequest.findFirstOrThrow({ where: { requesterId, nameKey, status: "open" } });
    throw refuse("tool_request.already_asked", { product: names.product, requestId: open.id });
  }
  const said = { ...names, hostname, purpose, goesIn, toolId };
  return done({ requestId }, { type: "tool_request.asked", id: requestId, ...said });
});
