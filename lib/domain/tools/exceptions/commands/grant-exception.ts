import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { assertMayExcept, grantsAlone } from "#lib/domain/tools/exceptions/rules.ts";
import { GrantException } from "#lib/domain/tools/exceptions/schema.ts";
import { assertNoOverlap, assertServes } from "#lib/domain/tools/exceptions/store.ts";
import { requireMemberId } from "#lib/domain/tools/steps.ts";
import { listActiveDeciders, requireTool } from "#lib/domain/tools/store.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { newId } from "#lib/kernel/ids.ts";

/** Lets a person or a role use a prohibited or undecided tool, without patient data, until a day. */
export const grantException = defineCommand(
  "grant-exception",
  "tool_exception.grant",
  GrantException,
  async ({ tx, ctx }, { toolId, memberId, role, reason, endsOn, ...input }) => {
    const grantedBy = requireMemberId(ctx);
    // Exceptions and decisions on one tool follow each other: two for the same person can't pass side by side.
    await tx.tool.updateMany({ where: { id: toolId }, data: { version: { increment: 0 } } });
    const tool = await requireTool(tx, toolId);
    const term = { startsOn: input.startsOn ?? ctx.today, endsOn };
    assertMayExcept(tool, term, ctx.today);
    const deciders = await listActiveDeciders(tx, ctx.today);
    const granterRole = ctx.actor.kind === "member" ? ctx.actor.role : null;
    const soleDecider = grantsAlone({ granterId: grantedBy, granterRole, memberId, role, deciders });
    if (memberId !== null) await assertServes(tx, memberId, term.startsOn);
    await assertNoOverlap(tx, tool.id, { memberId, role }, term);
    const exceptionId = newId();
    await tx.toolException.create({
      data: {
        ...{ id: exceptionId, toolId: tool.id, deepseek: tool.deepseek, memberId, role, reason, soleDecider },
        ...{ startsOn: toDatabaseDate(term.startsOn), endsOn: toDatabaseDate(endsOn), grantedBy, grantedAt: ctx.now },
      },
      select: { id: true },
    });
    const { vendor, product, surface } = tool;
    const said = { toolId: tool.id, vendor, product, surface, memberId, role, reason, ...term, soleDecider };
    return done({ exceptionId, toolId: tool.id }, { type: "tool_exception.granted", id: exceptionId, ...said });
  },
);
