import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { assertMayDecide } from "#lib/domain/tools/rules.ts";
import { DecideTool } from "#lib/domain/tools/schema.ts";
import { putDecisionInForce } from "#lib/domain/tools/steps.ts";
import { requireTool } from "#lib/domain/tools/store.ts";

/** Decides what a tool may be used for. The decision is kept for ever beside the facts it rests on; the newest is in force. */
export const decideTool = defineCommand("decide-tool", "tool.decide", DecideTool, async ({ tx, ctx }, input) => {
  const tool = await requireTool(tx, input.toolId);
  const narrowed = tool.deepseekNarrowed;
  const { version, status, conditions, reason, reviewOn } = input;
  assertMayDecide({ ...tool, narrowed, status, conditions, reviewOn }, ctx.today);
  const decision = { tool, narrowed, version, status, basis: "officer" as const, reason, conditions, reviewOn };
  const { decisionId, event } = await putDecisionInForce(tx, ctx, decision);
  return done({ toolId: tool.id, decisionId, status }, event);
});
