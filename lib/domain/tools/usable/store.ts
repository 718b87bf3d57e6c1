import "server-only";
import type { WorkContext } from "#lib/domain/context.ts";
import { isYes } from "#lib/domain/tools/look-up/rules.ts";
import type { Instead } from "#lib/domain/tools/look-up/schema.ts";
import type { Named, Question } from "#lib/domain/tools/look-up/store.ts";
import { wayOn } from "#lib/domain/tools/requests/rules.ts";
import type { ToolRow } from "#lib/domain/tools/schema.ts";
import { toolRows } from "#lib/domain/tools/store.ts";
import { kindsFor, workOf } from "#lib/domain/tools/usable/rules.ts";
import { toolSaid } from "#lib/domain/tools/words/store.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const FITTING_PAGE = 50;
const FITTING_LOOKED_AT_MAX = 300;

/**
 * The first tools that fit, of as many pages as it takes and the limit allows: an approval for patient data may rest on a
 * BAA that has run out, which only its standing says.
 */
export async function firstFitting<Row>(
  enough: number,
  {
    read,
    fits,
  }: {
    read: (page: { skip: number; take: number }) => Promise<Row[]>;
    fits: (row: Row) => boolean;
  },
): Promise<Row[]> {
  const found: Row[] = [];
  for (let skip = 0; skip < FITTING_LOOKED_AT_MAX && found.length < enough; skip += FITTING_PAGE) {
    const rows = await read({ skip, take: FITTING_PAGE });
    found.push(...rows.filter(fits));
    if (rows.length < FITTING_PAGE) break;
  }
  return found.slice(0, enough);
}

const INSTEAD_MAX = 3;

// Only a standing says whether these hold today; without a BAA that names the tool and a path none ever does.
const WITH_COVERAGE = { status: "approved_for_phi", baas: { some: {} }, paths: { some: {} } };

/**
 * What may be used for the same, today: other plans of the product first, then the same kind of tool, then any that does
 * the same work. What does other work is no way on.
 */
export async function findInstead(tx: ClinicTx, not: Named, question: Question): Promise<Instead[]> {
  const { goesIn, asker, ctx } = question;
  const found: ToolRow[] = [];
  const kinds = [
    { vendor: not.vendor, product: not.product },
    { category: not.category },
    { category: { in: kindsFor(workOf(not.category)) } },
  ];
  for (const kind of kinds) {
    if (found.length >= INSTEAD_MAX) break;
    const seen = [...found.map(({ id }) => id), ...(not.toolId === null ? [] : [not.toolId])];
    const tools = await firstFitting<ToolRow>(INSTEAD_MAX - found.length, {
      fits: (tool: ToolRow) => isYes(tool.standing.standing, goesIn),
      read: async (page) => {
        const rows = await tx.tool.findMany({
          where: {
            ...kind,
            id: { notIn: seen },
            AND: [
              {
                OR: isYes("may_use_without_phi", goesIn) ? [WITH_COVERAGE, { status: "not_for_phi" }] : [WITH_COVERAGE],
              },
              { OR: [{ reviewOn: null }, { reviewOn: { gte: toDatabaseDate(ctx.today) } }] },
            ],
          },
          orderBy: [{ product: "asc" }, { nameKey: "asc" }],
          ...page,
        });
        return toolRows(tx, rows, ctx.today, asker);
      },
    });
    found.push(...tools);
  }
  return found.slice(0, INSTEAD_MAX).map((tool) => ({
    ...toolSaid(tool, ctx.locale),
    toolId: tool.id,
    standing: tool.standing.standing,
  }));
}

type Usable = {
  /** These before others. */
  readonly first?: readonly string[];
  readonly take: number;
};

/** Approved tools whose approval holds today: what may be granted, or used instead. */
export async function findUsable(tx: ClinicTx, ctx: Pick<WorkContext, "today">, asked: Usable): Promise<ToolRow[]> {
  const { first = [], take } = asked;
  const where = { status: { in: ["approved_for_phi", "not_for_phi"] } };
  const near = first.length === 0 ? [] : await tx.tool.findMany({ where: { ...where, id: { in: [...first] } } });
  const fits = ({ standing }: ToolRow) => wayOn(standing).use;
  const ordered = [...near].sort((a, b) => first.indexOf(a.id) - first.indexOf(b.id));
  const nearest = (await toolRows(tx, ordered, ctx.today)).filter(fits).slice(0, take);
  const others = await firstFitting(take - nearest.length, {
    fits,
    read: async (page) => {
      const rows = await tx.tool.findMany({
        where: { ...where, id: { notIn: [...first] } },
        orderBy: [{ product: "asc" }, { nameKey: "asc" }],
        ...page,
      });
      return toolRows(tx, rows, ctx.today);
    },
  });
  return [...nearest, ...others];
}
