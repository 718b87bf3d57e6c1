import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { approvesAlone, assertRequestAbout } from "#lib/domain/tools/requests/store.ts";
import { assertMayDecide } from "#lib/domain/tools/rules.ts";
import { DecideTool, isApproval } from "#lib/domain/tools/schema.ts";
import { putDecisionInForce } from "#lib/domain/tools/steps.ts";
import { requireTool } from "#lib/domain/tools/store.ts";
import { coverageOn } from "#lib/domain/vendors/rules.ts";
import type { CoverageFacts } from "#lib/domain/vendors/schema.ts";
import { coverageFactsOf } from "#lib/domain/vendors/store.ts";
import { newestWorksheetOf } from "#lib/domain/vendors/worksheet/store.ts";

/** Decides what a tool may be used for. The decision is kept for ever beside the facts it rests on; the newest is in force. */
export const decideTool = defineCommand("decide-tool", "tool.decide", DecideTool, async ({ tx, ctx }, input) => {
  const tool = await requireTool(tx, input.toolId);
  const narrowed = tool.deepseekNarrowed;
  const { version, status, conditions, reason, reviewOn, requestId } = input;
  const facts = status === "approved_for_phi" ? await coverageFactsOf(tx, [tool]) : new Map<string, CoverageFacts>();
  const coverage = facts.get(tool.id) ?? null;
  assertMayDecide({ ...tool, narrowed, status, conditions, reviewOn, coverage }, ctx.today);
  const alone = isApproval(status) && (await approvesAlone(tx, ctx, tool.id));
  if (requestId !== null) await assertRequestAbout(tx, requestId, tool.id);
  const { decisionId, event } = await putDecisionInForce(tx, ctx, {
    ...{ tool, narrowed, version, status, basis: "officer", reason, conditions, reviewOn },
    coverage: coverage === null ? null : coverageOn(coverage, ctx.today),
    dueDiligence: await newestWorksheetOf(tx, tool.id),
    ...{ requestId, alone },
  });
  return done({ toolId: tool.id, decisionId, status }, event);
});
