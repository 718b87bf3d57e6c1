import "server-only";
import type { WorkContext } from "#lib/domain/context.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { isAbout, isGrantOf, isOvertaken, type Subject } from "#lib/domain/tools/asked-before/rules.ts";
import { wayOn } from "#lib/domain/tools/requests/rules.ts";
import type { Answer, AskedBefore, EarlierAnswer, GoesIn } from "#lib/domain/tools/requests/schema.ts";
import { toolsById } from "#lib/domain/tools/requests/store.ts";
import { namesCovering } from "#lib/domain/tools/rules.ts";
import { similarityOf, tellingWords } from "#lib/domain/tools/similar/rules.ts";
import { findAskedFor, requestSaid } from "#lib/domain/tools/similar/store.ts";
import type { Asker } from "#lib/domain/tools/store.ts";
import { toolSaid } from "#lib/domain/tools/words/store.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

type Reading = Pick<WorkContext, "today" | "locale" | "timeZone">;

const OPEN_MAX = 3;
const ANSWERS_MAX = 3;
const ANSWERS_FOR_OFFICERS_MAX = 10;
const LOOKED_AT_MAX = 300;

type Reader = { readonly asker: Asker; readonly goesIn: GoesIn | null };

/**
 * What whoever looks at these tools should know: what they asked for themselves and still waits, what others ask for, the
 * clinic's last answer where it was a no or another tool and nothing has overtaken it, and what they were granted and may
 * use today. Never who asked, or what for; and why only where they asked for it or support it, for it was written to them.
 */
export async function findAskedBefore(
  tx: ClinicTx,
  subjects: readonly Subject[],
  ctx: Reading,
  reader: Reader,
  answerTo?: AnswerTo,
): Promise<AskedBefore> {
  const open = (await listAbout(tx, subjects, "open"))
    .map((row) => requestSaid(row, byOf(row, subjects), ctx, reader.asker))
    .sort((one, other) => Number(isReaders(other)) - Number(isReaders(one)))
    .slice(0, OPEN_MAX);
  const standing = answerTo ?? (await findAnswers(tx, subjects, ctx, reader));
  const answers = new Set(subjects.flatMap((subject) => standing.get(subject) ?? []));
  return { requests: open, answers: [...answers].slice(0, ANSWERS_MAX) };
}

/** Of each tool that somebody looks at the answer that stands on it for them; none where nobody asked or it says nothing any more. */
export type AnswerTo = ReadonlyMap<Subject, EarlierAnswer>;

export async function findAnswers(
  tx: ClinicTx,
  subjects: readonly Subject[],
  ctx: Reading,
  reader: Reader,
): Promise<AnswerTo> {
  const answered = await listAbout(tx, subjects, "answered");
  const said = new Map<Row, EarlierAnswer | null>();
  const answerTo = new Map<Subject, EarlierAnswer>();
  for (const subject of subjects) {
    const row = lastAnswer(answered, subject, reader.asker);
    if (row === undefined) continue;
    if (!said.has(row)) said.set(row, await standingAnswer(tx, row, ctx, reader));
    const answer = said.get(row);
    if (answer) answerTo.set(subject, answer);
  }
  return answerTo;
}

/** What an answer says to a reader, as long as it stands. */
async function standingAnswer(
  tx: ClinicTx,
  row: Row,
  ctx: Reading,
  { asker, goesIn }: Reader,
): Promise<EarlierAnswer | null> {
  const isReaders = isWrittenTo(row, asker);
  const said = { ...answerSaid(row, ctx), reason: isReaders ? row.answerReason : null, answeredBy: null, isReaders };
  if (row.status === "granted") {
    const granted = isReaders ? await usableToday(tx, row, ctx, asker) : null;
    return granted && { ...said, granted };
  }
  const answer = { answeredAt: row.answeredAt ?? row.requestedAt, goesIn };
  const tools = await toolsById(tx, await findAskedFor(tx, row), ctx, asker);
  if ([...tools.values()].some((tool) => isOvertaken(answer, tool))) return null;
  if (row.status !== "use_instead") return said;
  const instead = await usableToday(tx, row, ctx, null);
  return instead && { ...said, instead };
}

/** The clinic's last answer on a tool; where that granted it to somebody else, the last that granted it to the reader. */
function lastAnswer(answered: readonly Row[], subject: Subject, asker: Asker): Row | undefined {
  const about = answered.filter(
    (row) => isAbout(row, subject) && (row.status !== "granted" || isGrantOf(row, subject)),
  );
  const [last] = about;
  if (last?.status !== "granted") return last;
  const own = about.find((row) => isWrittenTo(row, asker));
  return own?.status === "granted" ? own : last;
}

/** The tool that an answer names, where it may be used today: of what no longer holds its own answer says why. */
async function usableToday(
  tx: ClinicTx,
  { answerToolId }: Row,
  ctx: Reading,
  asker: Asker,
): Promise<EarlierAnswer["granted"]> {
  const tool = (await toolsById(tx, [answerToolId], ctx, asker)).get(answerToolId ?? "");
  if (tool === undefined || !wayOn(tool.standing).use) return null;
  return { ...toolSaid(tool, ctx.locale), toolId: tool.id, standing: tool.standing.standing };
}

/** How requests for the same tool were answered, for whoever answers the next: the newest first. */
export async function listEarlierAnswers(
  tx: ClinicTx,
  subjects: readonly Subject[],
  ctx: Reading,
): Promise<EarlierAnswer[]> {
  const rows = await listAbout(tx, subjects, "answered");
  return rows.slice(0, ANSWERS_FOR_OFFICERS_MAX).map((row) => {
    const answeredBy = row.answerer?.name ?? "";
    return { ...answerSaid(row, ctx), reason: row.answerReason, answeredBy, isReaders: false };
  });
}

type Row = Awaited<ReturnType<typeof findRows>>[number];

/** Requests about these tools that still wait, the longest first, or that were answered, the last first. */
async function listAbout(tx: ClinicTx, subjects: readonly Subject[], which: keyof typeof STATUSES): Promise<Row[]> {
  if (subjects.length === 0) return [];
  // Apart, so that those of names that only begin alike never crowd out those of the very name.
  const exact = await findRows(tx, which, exactly(subjects));
  const near = await findRows(tx, which, nearly(subjects));
  const rows = [...new Map([...exact, ...near].map((row) => [row.id, row])).values()];
  return rows
    .filter((row) => subjects.some((subject) => isAbout(row, subject)))
    .sort((one, other) => orderOf(one) - orderOf(other) || one.id.localeCompare(other.id));
}

function orderOf({ status, answeredAt, requestedAt }: Row): number {
  return status === "open" ? requestedAt.getTime() : -(answeredAt ?? requestedAt).getTime();
}

/** What asks for the tools by their place in the register, their very name, whatever vendor and surface, or their host. */
function exactly(subjects: readonly Subject[]) {
  const products = new Set(subjects.map(({ product }) => foldForSearch(product)).filter((name) => name !== ""));
  return [
    { toolId: { in: subjects.flatMap(({ toolId }) => (toolId === null ? [] : [toolId])) } },
    { hostname: { in: hostsOf(subjects).flatMap((host) => [host, `www.${host}`]) } },
    ...[...products].map((name) => ({ nameKey: { contains: ` · ${name} · ` } })),
  ];
}

function nearly(subjects: readonly Subject[]) {
  const hosts = hostsOf(subjects);
  // "quill feather" and "Quillfeather" begin alike; which of what is found is meant, the rule says.
  const beginnings = new Set(
    subjects.flatMap(({ product }) => tellingWords(product)).map((word) => [...word].slice(0, 4).join("")),
  );
  return [
    ...[...beginnings].slice(0, 12).map((word) => ({ nameKey: { contains: word } })),
    { hostname: { in: hosts.flatMap(namesCovering) } },
    ...hosts.slice(0, 12).map((host) => ({ hostname: { endsWith: `.${host}` } })),
  ];
}

function hostsOf(subjects: readonly Subject[]): string[] {
  return [...new Set(subjects.flatMap(({ hostnames }) => hostnames.map((name) => name.replace(/^\*\./, ""))))];
}

const STATUSES = { open: ["open"], answered: ["granted", "refused", "use_instead"] };

function findRows(
  tx: ClinicTx,
  which: keyof typeof STATUSES,
  conditions: ReturnType<typeof exactly> | ReturnType<typeof nearly>,
) {
  return tx.toolRequest.findMany({
    where: { status: { in: STATUSES[which] }, OR: conditions },
    include: {
      supporters: { select: { memberId: true, supportedAt: true } },
      answerer: { select: { name: true } },
      answerTool: { select: { id: true, vendor: true, product: true, surface: true } },
    },
    orderBy: [{ answeredAt: "desc" }, { requestedAt: "asc" }, { id: "asc" }],
    take: LOOKED_AT_MAX,
  });
}

function isReaders({ isOwn, isSupported }: AskedBefore["requests"][number]): boolean {
  return isOwn || isSupported;
}

function byOf(row: Row, subjects: readonly Subject[]) {
  return subjects.map((subject) => similarityOf(row, subject)).find((near) => near !== null)?.by ?? "name";
}

/** Whether somebody asked for this themselves or supports it. */
function isWrittenTo({ requesterId, supporters }: Row, asker: Asker): boolean {
  return requesterId === asker?.memberId || supporters.some(({ memberId }) => memberId === asker?.memberId);
}

function answerSaid(
  row: Row,
  { locale, timeZone }: Reading,
): Omit<EarlierAnswer, "answeredBy" | "reason" | "isReaders"> {
  const { id, answeredAt, requestedAt, answerTool } = row;
  return {
    ...{ ...toolSaid(row, locale), requestId: id },
    status: row.status as Answer,
    answeredOn: calendarDateIn(timeZone, answeredAt ?? requestedAt),
    instead:
      row.status === "use_instead" && answerTool !== null
        ? { ...toolSaid(answerTool, locale), toolId: answerTool.id, standing: null }
        : null,
    granted: null,
  };
}
