import type { z } from "zod";
import {
  type Described,
  type MemberOnRecord,
  NAME_PARTS,
  PersonRow,
  type PlaceOnRecord,
} from "#lib/domain/clinic/imports/schema.ts";
import { assertMayChange, assertMayGrant } from "#lib/domain/clinic/people/rules.ts";
import type { InvitationState, InviteMember } from "#lib/domain/clinic/people/schema.ts";
import type { Actor } from "#lib/domain/context.ts";
import {
  type Change,
  cellLines,
  type Note,
  type Plan,
  type PlannedLine,
  type Problem,
  parsed,
  planOf,
  problem,
  type SheetRead,
  type SheetRecord,
  type SheetRow,
  type SheetWords,
  sameSet,
  tried,
  withoutRepeats,
} from "#lib/domain/sheet.ts";
import { foldForSearch, hasInvisible } from "#lib/domain/text.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

/** A row that names a person; `key` is their address. */
export type PersonLine = { readonly record: SheetRecord; readonly key: string; readonly typed: PersonRow };

export type PersonLines = { readonly lines: readonly PersonLine[]; readonly problems: readonly Problem[] };

export type PersonStep =
  | { readonly kind: "invite"; readonly invited: z.output<typeof InviteMember> }
  | { readonly kind: "describe"; readonly member: MemberOnRecord; readonly described: Described };

export type PeoplePlanFacts = {
  readonly actor: Actor;
  /** The members whom the rows name, by address. */
  readonly members: ReadonlyMap<string, MemberOnRecord>;
  /** The invitations that nobody has used yet, by address. */
  readonly invitations: ReadonlyMap<string, { readonly id: string; readonly state: InvitationState }>;
  readonly places: readonly PlaceOnRecord[];
  readonly today: CalendarDate;
};

type Planned = PlannedLine<PersonStep>;

const PARTS = NAME_PARTS.map((words) => new Set(words.map(foldForSearch)));

/** Rows whose names stand in several columns with each name in one, under the header of its first part. */
export function withWholeNames(
  rows: readonly SheetRow[],
  { headers }: Pick<SheetWords, "headers">,
): readonly SheetRow[] {
  const [header, ...body] = rows;
  if (header === undefined) return rows;
  const folded = header.cells.map(foldForSearch);
  const parts = PARTS.map((words) => folded.findIndex((text) => words.has(text)));
  const whole = folded.findIndex((text) => headers.get(text) === "name");
  const [first = -1, middle = -1, last = -1, secondLast = -1] = parts;
  // "Nombre" beside "Apellidos" is the first part of a name; beside a first and a last name it is all of it.
  const given = first === -1 ? whole : first;
  if (last === -1 || given === -1 || (first !== -1 && whole !== -1)) return rows;
  const places = [given, middle, last, secondLast].filter((place) => place !== -1);
  const joined = (cells: readonly string[], text: string) =>
    cells.map((cell, index) => (index === given ? text : places.includes(index) ? "" : cell));
  return [
    { ...header, cells: joined(header.cells, "name") },
    ...body.map((row) => {
      const name = places.map((place) => (row.cells[place] ?? "").trim()).filter((part) => part !== "");
      // A row may end before the first part.
      const cells = Array.from({ length: Math.max(row.cells.length, given + 1) }, (_, at) => row.cells[at] ?? "");
      return { ...row, cells: joined(cells, name.join(" ")) };
    }),
  ];
}

/** The rows that can be read at all, each address once. */
export function personLines(read: SheetRead): PersonLines {
  const typed = read.records.map(typedRow);
  const lines = typed.flatMap(({ line }) => line ?? []);
  const unique = withoutRepeats(lines, "email");
  return { lines: unique.lines, problems: [...typed.flatMap(({ problems }) => problems), ...unique.problems] };
}

function typedRow(record: SheetRecord): { line: PersonLine | null; problems: readonly Problem[] } {
  const { cells } = record;
  const { value, problems } = parsed(PersonRow, record, {
    ...{ email: cells.email ?? "", name: cells.name ?? "", jobTitle: cells.jobTitle ?? "" },
    role: (cells.role ?? null) as PersonRow["role"],
    workforceType: (cells.workforceType ?? null) as PersonRow["workforceType"],
    tracks: tracksIn(cells.tracks),
    ...{ startsOn: cells.startsOn ?? "", endsOn: cells.endsOn ?? "" },
  });
  if (problems !== null) return { line: null, problems };
  return { line: { record, key: value.email, typed: value }, problems: [] };
}

// One a line, or as people and our own list part them in one line.
function tracksIn(cell: string | undefined): string[] {
  const named = cellLines(cell);
  const parts = named.length > 1 ? named : (cell ?? "").split(/[;,·]/);
  return [...new Map(parts.map((part) => [foldForSearch(part) || part, part])).values()];
}

/** Whom the rows would invite, and what they would change of those who are here. */
export function planPeople(
  read: SheetRead,
  { lines, problems }: PersonLines,
  facts: PeoplePlanFacts,
): Plan<PersonStep> {
  const placeOf = placeFinder(facts.places);
  const planned = lines.map((line): Planned => {
    const member = facts.members.get(line.key);
    if (member?.left) return leftAlready(line, member);
    const place = isStillThere(line, member) ? { id: member?.locationId ?? null, problems: [] } : placeOf(line.record);
    const { row, problems: found } =
      member === undefined ? planNew(line, place.id, facts) : planMember(line, place.id, member, facts);
    return {
      row: row && { ...row, notes: [...takenOut(line), ...row.notes] },
      problems: [...place.problems, ...found],
    };
  });
  return planOf(read, problems, planned);
}

// Who is at a place that has been closed since stays there.
function isStillThere({ record }: PersonLine, member: MemberOnRecord | undefined): boolean {
  const { location } = record.cells;
  return member !== undefined && location !== undefined && foldForSearch(location) === foldForSearch(member.location);
}

const said = ({ record, typed }: PersonLine) => ({ row: record.row, names: [typed.name, typed.email] });

function unchangedRow(line: PersonLine, ...notes: Note[]): Planned {
  return { row: { ...said(line), outcome: "unchanged", changes: [], notes, step: null }, problems: [] };
}

function note(code: string, params: Note["params"] = {}): Note {
  return { code, params };
}

// Who reads the file sees the name as it will be kept, and not what stood in it.
function takenOut({ record: { cells } }: PersonLine): Note[] {
  return hasInvisible(cells.name ?? "") ? [note("import.note.name_had_invisible")] : [];
}

function leftAlready(line: PersonLine, { id: memberId, name, endedOn }: MemberOnRecord): Planned {
  return unchangedRow(line, note("import.note.has_left", { memberId, name, on: endedOn ?? "" }));
}

function planNew(line: PersonLine, locationId: string | null, facts: PeoplePlanFacts): Planned {
  const { record, typed } = line;
  const invitation = facts.invitations.get(line.key);
  if (invitation !== undefined) {
    const { id: invitationId, state } = invitation;
    return unchangedRow(line, note("import.note.invited_already", { invitationId, name: typed.name, state }));
  }
  const { email, name, jobTitle, tracks, startsOn, endsOn } = typed;
  const role = typed.role ?? "staff";
  const problems = [
    ...(tried(record, () => assertMayGrant(facts.actor, role)).problems ?? []),
    ...datesAgainst(line, facts.today),
  ];
  if (problems.length > 0) return { row: null, problems };
  const workforceType = typed.workforceType ?? "employee";
  const invited = { email, name, role, jobTitle, workforceType, locationId, tracks, startsOn, endsOn };
  const texts = { role, jobTitle, workforceType, location: record.cells.location?.trim(), tracks: tracks.join("\n") };
  const changes = Object.entries({ ...texts, startsOn, endsOn }).flatMap(([column, to]): Change[] =>
    to ? [{ column, from: null, to }] : [],
  );
  const notes = startsOn !== null && startsOn < facts.today ? [note("import.note.starts_with_joining")] : [];
  return { row: { ...said(line), outcome: "added", changes, notes, step: { kind: "invite", invited } }, problems: [] };
}

function datesAgainst({ record, typed: { startsOn, endsOn } }: PersonLine, today: CalendarDate): Problem[] {
  const against = (code: string) => [problem(record.row, "endsOn", record.cells.endsOn ?? "", code)];
  if (endsOn === null) return [];
  if (startsOn !== null && endsOn < startsOn) return against("input.end_before_start");
  return endsOn < today ? against("import.ends_in_past") : [];
}

function planMember(
  line: PersonLine,
  placeId: string | null,
  member: MemberOnRecord,
  { actor }: PeoplePlanFacts,
): Planned {
  const { record, typed } = line;
  const kept = keptProblems(line, member);
  const { jobTitle, workforceType, locationId, tracks } = member;
  const described: Described = {
    jobTitle: typed.jobTitle || jobTitle,
    workforceType: typed.workforceType ?? workforceType,
    locationId: placeId ?? locationId,
    // A name on record may hold what parts two elsewhere.
    tracks: isSaid(record, typed, tracks) ? typed.tracks : tracks,
  };
  const changes: Change[] = [
    { column: "jobTitle", from: jobTitle, to: described.jobTitle },
    { column: "workforceType", from: workforceType, to: described.workforceType },
    {
      column: "location",
      from: member.location,
      to: described.locationId === locationId ? member.location : (record.cells.location ?? "").trim(),
    },
    { column: "tracks", from: tracks.join("\n"), to: described.tracks.join("\n") },
  ].filter(({ from, to }) => from !== to);
  const isChanged = changes.length > 0;
  const above = isChanged ? (tried(record, () => assertMayChange(actor, member)).problems ?? []) : [];
  const problems = [...kept, ...above];
  if (problems.length > 0) return { row: null, problems };
  const notes = keptNotes(line, member);
  if (!isChanged) return unchangedRow(line, ...notes);
  const step = { kind: "describe", member, described } as const;
  return { row: { ...said(line), outcome: "changed", changes, notes, step }, problems: [] };
}

function isSaid({ cells }: SheetRecord, { tracks }: PersonRow, onRecord: readonly string[]): boolean {
  return tracks.length > 0 && !sameSet(tracks, onRecord) && !sameSet(cellLines(cells.tracks), onRecord);
}

/** What a row would change of a member that has a page of its own for it. */
function keptProblems({ record, typed: { role, endsOn } }: PersonLine, member: MemberOnRecord): Problem[] {
  const { id: memberId, name, endedOn } = member;
  const against = (column: "role" | "endsOn", code: string, params: Problem["params"]) =>
    problem(record.row, column, record.cells[column] ?? "", code, { memberId, name, ...params });
  return [
    ...(role !== null && role !== member.role ? [against("role", "import.role_kept", { is: member.role })] : []),
    ...(endsOn !== null && endsOn !== endedOn
      ? [against("endsOn", "import.last_day_kept", { is: endedOn ?? "", given: endedOn === null ? "no" : "yes" })]
      : []),
  ];
}

function keptNotes({ typed }: PersonLine, { name, startedOn }: MemberOnRecord): Note[] {
  const isCalled = foldForSearch(typed.name) === foldForSearch(name);
  const isSince = typed.startsOn === null || typed.startsOn === startedOn;
  return [
    ...(isCalled ? [] : [note("import.note.name_kept", { name })]),
    ...(isSince ? [] : [note("import.note.first_day_kept", { startedOn })]),
  ];
}

// Of more names that nobody knows than a reader is told, the nearest is not looked for.
const NEAREST_MAX = 200;

type Found = { readonly id: string | null; readonly problems: readonly Problem[] };

/** Finds the place that a row names, or says which open one comes nearest to it. */
function placeFinder(places: readonly PlaceOnRecord[]): (record: SheetRecord) => Found {
  const open = places.filter(({ closed }) => !closed);
  const known = new Map(
    [...places.filter(({ closed }) => closed), ...open].map((place) => [foldForSearch(place.name), place]),
  );
  const nearest = new Map<string, string>();
  return ({ row, cells: { location } }) => {
    if (location === undefined) return { id: null, problems: [] };
    const key = foldForSearch(location);
    const place = known.get(key);
    if (place !== undefined && !place.closed) return { id: place.id, problems: [] };
    if (place !== undefined) {
      return { id: null, problems: [problem(row, "location", location, "location.closed", { name: place.name })] };
    }
    if (!nearest.has(key) && nearest.size < NEAREST_MAX) nearest.set(key, nearestName(key, open));
    const near = nearest.get(key) ?? "";
    const any = open.length === 0 ? "none" : near === "" ? "far" : "near";
    return { id: null, problems: [problem(row, "location", location, "import.location_unknown", { any, near })] };
  };
}

const COMPARED_MAX = 60;

function nearestName(key: string, places: readonly PlaceOnRecord[]): string {
  const looked = key.slice(0, COMPARED_MAX);
  const [nearest] = places
    .map(({ name }) => {
      const other = foldForSearch(name).slice(0, COMPARED_MAX);
      const held = other.length > 2 && looked.length > 2 && (other.includes(looked) || looked.includes(other));
      return { name, far: held ? 0 : distance(looked, other) / Math.max(looked.length, other.length, 1) };
    })
    .sort((a, b) => a.far - b.far);
  return nearest !== undefined && nearest.far <= 0.5 ? nearest.name : "";
}

/** How many letters have to be put in, taken out or exchanged to make one text the other. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let at = 1; at <= b.length; at += 1) {
      const exchanged = (above[at - 1] ?? 0) + (a[row - 1] === b[at - 1] ? 0 : 1);
      current.push(Math.min(exchanged, (above[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
