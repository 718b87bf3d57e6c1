import type { TableSection } from "#lib/domain/evidence/schema.ts";
import type { Cell, Table } from "#lib/proof/tables.ts";

type Words = (key: string, params?: Record<string, string | number | Date>) => string;
type RowCells = Readonly<Record<string, Cell>>;

/** A column for reading: its share of the width, and its text out of a row of the section's table. */
type ReadingColumn = readonly [name: string, width: number, text: (row: RowCells, say: Reader) => string];

type Reader = {
  readonly text: (row: RowCells, column: string) => string;
  readonly word: (kind: string, row: RowCells, column: string) => string;
  readonly day: (row: RowCells, column: string) => string;
  readonly moment: (row: RowCells, column: string) => string;
  readonly yes: (row: RowCells, column: string) => string;
  readonly words: Words;
};

const toolName = (row: RowCells, { text }: Reader) => `${text(row, "product")}, ${text(row, "surface")}`;
const decider =
  (name: string) =>
  (row: RowCells, { text, words }: Reader) =>
    row.sole_decider === true ? words("soleDecider", { name: text(row, name) }) : text(row, name);

// What a reader needs to see of each table; every column stands in its data file.
const READINGS: Readonly<Record<TableSection, readonly ReadingColumn[]>> = {
  tools: [
    ["tool", 1.3, toolName],
    ["vendor", 1, (row, { text }) => text(row, "vendor")],
    ["status", 1, (row, { word }) => word("status", row, "status")],
    ["standing", 1.1, (row, { word }) => word("standing", row, "standing")],
    ["conditions", 1.4, (row, { text }) => text(row, "conditions")],
    ["by", 0.9, decider("decided_by")],
  ],
  tool_decisions: [
    ["at", 0.9, (row, { moment }) => moment(row, "decided_at")],
    ["tool", 1.2, toolName],
    ["status", 1, (row, { word }) => word("status", row, "status")],
    ["reason", 1.8, (row, { text }) => text(row, "reason")],
    ["by", 0.9, decider("decided_by")],
  ],
  tool_requests: [
    ["at", 0.9, (row, { moment }) => moment(row, "requested_at")],
    ["tool", 1, (row, { text }) => text(row, "product")],
    ["for", 1.5, (row, { text, word }) => `${text(row, "purpose")} (${word("goes_in", row, "goes_in")})`],
    ["by", 0.8, (row, { text }) => text(row, "requested_by")],
    [
      "answer",
      1.4,
      (row, { text, word, moment, words }) => {
        const answer = [word("request", row, "status"), text(row, "answer_reason")].join(": ");
        if (row.taken_back_at === null) return answer;
        const by = { name: text(row, "taken_back_by"), at: moment(row, "taken_back_at") };
        return `${answer}\n${words("takenBack", { ...by, reason: text(row, "taken_back_reason") })}`;
      },
    ],
    ["answeredBy", 0.9, decider("answered_by")],
  ],
  tool_exceptions: [
    ["tool", 1.2, toolName],
    [
      "who",
      1,
      (row, { text, word, words }) =>
        row.member === null ? words("everybody", { role: word("role", row, "role") }) : text(row, "member"),
    ],
    ["from", 0.8, (row, { day }) => day(row, "starts_on")],
    ["to", 0.8, (row, { day }) => day(row, "ends_on")],
    ["reason", 1.6, (row, { text }) => text(row, "reason")],
    ["by", 0.9, decider("granted_by")],
  ],
  block_list: [
    ["hostname", 1.4, (row, { text }) => text(row, "hostname")],
    ["state", 0.7, (row, { word }) => word("block", row, "state")],
    ["because", 1.5, (row, { text }) => text(row, "because")],
    ["reason", 1.2, (row, { word }) => word("left_out", row, "left_out_reason")],
  ],
  vendors: [
    ["vendor", 1.1, (row, { text }) => text(row, "name")],
    ["associate", 0.8, (row, { word }) => word("business_associate", row, "business_associate")],
    ["reason", 1.6, (row, { text }) => text(row, "business_associate_reason")],
    ["baas", 0.6, (row, { text }) => text(row, "baas_in_force")],
    ["tools", 1.3, (row, { text }) => text(row, "tools")],
    ["by", 0.8, (row, { text }) => text(row, "described_by")],
  ],
  baas: [
    ["vendor", 1.2, (row, { text }) => `${text(row, "vendor")}: ${text(row, "reference")}`],
    ["version", 0.8, (row, { text, word }) => `${text(row, "number")}, ${word("kind", row, "kind")}`],
    [
      "state",
      0.8,
      (row, reader) =>
        row.governs === true ? reader.word("state", row, "state") : reader.words("value.state.superseded"),
    ],
    ["from", 0.7, (row, { day }) => day(row, "effective_on")],
    ["to", 0.7, (row, { day, words }) => (row.expires_on === null ? words("evergreen") : day(row, "expires_on"))],
    ["surfaces", 1.1, (row, { text }) => text(row, "surfaces")],
    ["papers", 1.3, (row, { text }) => text(row, "papers")],
  ],
  baa_terms: [
    ["agreement", 1, (row, { text }) => `${text(row, "vendor")}: ${text(row, "reference")}`],
    ["term", 1.8, (row, { text }) => text(row, "text")],
    ["rule", 1, (row, { text, word }) => text(row, "citation").replace(/^–$/, "") || word("force", row, "force")],
    ["answer", 0.7, (row, { word }) => word("answer", row, "answer")],
    [
      "clause",
      0.9,
      (row, { text }) => [row.clause, row.note].filter((part) => part !== "").join(" · ") || text(row, "clause"),
    ],
    ["by", 0.8, (row, { text }) => text(row, "checked_by")],
  ],
  inference_paths: [
    ["tool", 1.1, toolName],
    ["position", 0.4, (row, { text }) => text(row, "position")],
    [
      "processor",
      1.2,
      (row, { text }) => [row.processor, row.place].filter((part) => part !== "").join(", ") || text(row, "processor"),
    ],
    [
      "coverage",
      1.2,
      (row, { text, word }) =>
        row.baa === ""
          ? word("coverage", row, "coverage")
          : `${word("coverage", row, "coverage")}: ${text(row, "baa")}`,
    ],
    ["covered", 0.6, (row, { yes }) => yes(row, "covered")],
    ["stated", 1.2, (row, { text }) => text(row, "stated_in")],
  ],
  due_diligence: [
    ["tool", 1, toolName],
    ["question", 1.6, (row, { text }) => text(row, "text")],
    ["answer", 0.7, (row, { word }) => word("worksheet", row, "answer")],
    ["note", 1.3, (row, { text }) => text(row, "note")],
    ["at", 0.8, (row, { moment }) => moment(row, "completed_at")],
    ["by", 0.8, (row, { text }) => text(row, "completed_by")],
  ],
  policies: [
    ["policy", 1.2, (row, { text }) => `${text(row, "code")}: ${text(row, "title_en")}`],
    ["version", 0.5, (row, { text }) => text(row, "number")],
    ["from", 0.8, (row, { day }) => day(row, "effective_on")],
    ["due", 0.8, (row, { day }) => day(row, "due_on")],
    ["reason", 1.5, (row, { text }) => text(row, "reason")],
    ["by", 0.9, (row, { text }) => text(row, "issued_by")],
  ],
  attestations: [
    ["name", 1, (row, { text }) => text(row, "member")],
    ["policy", 0.9, (row, { text }) => `${text(row, "code")}, ${text(row, "version")}`],
    ["at", 0.9, (row, { moment }) => moment(row, "signed_at")],
    ["typed", 1, (row, { text }) => text(row, "typed_name")],
    ["locale", 0.6, (row, { word }) => word("locale", row, "locale")],
    ["hash", 1.4, (row, { text }) => text(row, "text_sha256")],
  ],
  signature_rolls: [
    ["name", 1.1, (row, { text }) => text(row, "member")],
    ["job", 1, (row, { text, word }) => (row.job_title === "" ? word("role", row, "role") : text(row, "job_title"))],
    ["policy", 0.7, (row, { text }) => `${text(row, "code")}, ${text(row, "version")}`],
    ["state", 0.8, (row, { word }) => word("signature", row, "state")],
    ["due", 0.8, (row, { day }) => day(row, "due_on")],
    ["at", 1, (row, { moment }) => moment(row, "signed_at")],
  ],
  members: [
    ["name", 1.2, (row, { text }) => text(row, "name")],
    ["role", 0.9, (row, { word }) => word("role", row, "role")],
    ["job", 1.2, (row, { text }) => text(row, "job_title")],
    ["from", 0.8, (row, { day }) => day(row, "started_on")],
    ["to", 0.8, (row, { day }) => day(row, "ended_on")],
  ],
  role_history: [
    ["at", 0.9, (row, { moment }) => moment(row, "granted_at")],
    ["name", 1.1, (row, { text }) => text(row, "member")],
    ["role", 0.9, (row, { word }) => word("role", row, "role")],
    ["before", 0.9, (row, { word }) => word("role", row, "previous_role")],
    ["reason", 1.6, (row, { text }) => text(row, "reason")],
    ["by", 1, (row, { text }) => text(row, "granted_by")],
  ],
  offboarding: [
    ["name", 1.1, (row, { text }) => text(row, "member")],
    ["last", 0.8, (row, { day }) => day(row, "last_day")],
    [
      "what",
      1.4,
      (row, { text, word }) =>
        row.account === ""
          ? word("offboarding", row, "kind")
          : `${word("offboarding", row, "kind")}: ${text(row, "account")}`,
    ],
    ["state", 0.7, (row, { word }) => word("settled", row, "state")],
    ["note", 1.2, (row, { text }) => text(row, "note")],
    ["by", 0.9, (row, { text }) => text(row, "settled_by")],
  ],
  designations: [
    ["office", 1, (row, { word }) => word("office", row, "office")],
    ["name", 1, (row, { text }) => text(row, "member")],
    ["from", 0.8, (row, { day }) => day(row, "from_on")],
    ["to", 0.8, (row, { day }) => day(row, "to_on")],
    ["duties", 1.8, (row, { text }) => text(row, "duties")],
    ["by", 0.9, (row, { text }) => text(row, "designated_by")],
  ],
  access_reviews: [
    ["number", 0.5, (row, { text }) => text(row, "number")],
    ["list", 0.8, (row, { day }) => day(row, "frozen_on")],
    ["people", 0.6, (row, { text }) => text(row, "people")],
    ["state", 0.8, (row, { word }) => word("review", row, "status")],
    [
      "outcome",
      1.3,
      (row, { text, words }) =>
        row.keep === null
          ? text(row, "keep")
          : words("reviewOutcome", {
              ...{ keep: text(row, "keep"), change: text(row, "change"), end: text(row, "end") },
            }),
    ],
    ["at", 0.9, (row, { moment }) => moment(row, "closed_at")],
    ["by", 0.9, (row, { text, words }) => soleReviewed(row, "closed_by", { text, words })],
  ],
  access_review_rows: [
    ["review", 0.5, (row, { text }) => text(row, "review")],
    ["name", 1.1, (row, { text }) => text(row, "member")],
    [
      "access",
      1.1,
      (row, { text, word }) =>
        [word("role", row, "role"), row.job_title].filter(Boolean).join(", ") || text(row, "role"),
    ],
    ["signIn", 0.8, (row, { day }) => day(row, "last_sign_in_on")],
    ["verdict", 0.7, (row, { word }) => word("verdict", row, "verdict")],
    [
      "change",
      1.3,
      (row, { text }) => [row.change_to, row.note].filter((part) => part !== "").join(" · ") || text(row, "change_to"),
    ],
    ["by", 0.9, (row, { text, words }) => soleReviewed(row, "decided_by", { text, words })],
  ],
  emergency_people: [
    ["name", 1, (row, { text }) => text(row, "member")],
    ["from", 0.8, (row, { day }) => day(row, "from_on")],
    ["to", 0.8, (row, { day }) => day(row, "to_on")],
    ["reason", 1.6, (row, { text }) => text(row, "reason")],
    ["by", 0.9, (row, { text }) => text(row, "named_by")],
    [
      "ended",
      1.2,
      (row, { moment, day, text, words }) => {
        if (row.ended_at !== null) return `${moment(row, "ended_at")}: ${text(row, "end_reason")}`;
        return row.member_left_on === null
          ? text(row, "ended_at")
          : words("leftOn", { day: day(row, "member_left_on") });
      },
    ],
  ],
  emergency_access: [
    ["at", 0.9, (row, { moment }) => moment(row, "opened_at")],
    ["name", 0.9, (row, { text, word }) => `${text(row, "member")}: ${word("emergency_kind", row, "kind")}`],
    ["reason", 1.5, (row, { text }) => text(row, "reason")],
    ["over", 0.9, (row, { moment }) => moment(row, "over_at")],
    [
      "review",
      1.6,
      (row, { text, word, words }) =>
        row.justified === null
          ? words("notReviewed")
          : [word("justified", row, "justified"), row.done, row.follow_up].filter((part) => part !== "").join(". ") ||
            text(row, "done"),
    ],
    [
      "by",
      0.9,
      (row, { text, words }) =>
        row.sole_reviewer === true
          ? words("soleEmergencyReviewer", { name: text(row, "reviewed_by") })
          : text(row, "reviewed_by"),
    ],
  ],
  emergency_rules: [
    ["at", 1, (row, { moment }) => moment(row, "set_at")],
    ["minutes", 1, (row, { text }) => text(row, "minutes_max")],
    ["days", 1, (row, { text }) => text(row, "review_days")],
    ["by", 1, (row, { text }) => text(row, "set_by")],
  ],
  sign_in_settings: [
    ["setting", 1.3, (row, { word }) => word("setting", row, "setting")],
    ["subject", 1.1, (row, { text }) => text(row, "subject")],
    ["value", 1.3, signInValue],
    ["joins", 0.8, (row, { yes, text }) => (row.joins === null ? text(row, "joins") : yes(row, "joins"))],
    ["since", 0.9, (row, { moment }) => moment(row, "since")],
    ["until", 0.9, (row, { moment }) => moment(row, "until")],
  ],
};

function soleReviewed(row: RowCells, column: string, { text, words }: Pick<Reader, "text" | "words">): string {
  return row.sole_reviewer === true ? words("soleReviewer", { name: text(row, column) }) : text(row, column);
}

function signInValue(row: RowCells, { text, word, words }: Reader): string {
  if (row.unit !== "") return words(`value.unit.${row.unit}`, { count: Number(row.value) });
  return row.setting === "second_factor"
    ? word("second_factor", row, "value")
    : word("way", row, "value") || text(row, "value");
}

/** A table as its reader sees it, newest first, as the template's `records` asks; the words are those of pack items. */
export function readingOf(
  section: TableSection,
  table: Table,
  { timeZone, words }: { timeZone: string; words: Words },
) {
  const moments = new Intl.DateTimeFormat("en-US", { timeZone, dateStyle: "medium", timeStyle: "short" });
  const days = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", dateStyle: "medium" });
  const none = words("none");
  const text = (row: RowCells, column: string) => String(row[column] ?? "").replaceAll("\n", " · ") || none;
  const reader: Reader = {
    text,
    words,
    word: (kind, row, column) =>
      row[column] === null || row[column] === "" ? none : words(`value.${kind}.${row[column]}`),
    day: (row, column) => (row[column] === null ? none : days.format(new Date(`${row[column]}T00:00:00Z`))),
    moment: (row, column) => (row[column] === null ? none : moments.format(new Date(String(row[column])))),
    yes: (row, column) => words(row[column] === true ? "yes" : "no"),
  };
  const columns = READINGS[section];
  const rows = table.rows.map((cells) => {
    const row: RowCells = Object.fromEntries(table.columns.map((column, index) => [column, cells[index] ?? null]));
    return columns.map(([, , say]) => say(row, reader));
  });
  return {
    header: columns.map(([name]) => words(`section.${section}.columns.${name}`)),
    widths: columns.map(([, width]) => width),
    rows: NEWEST_FIRST.has(section) ? rows.toReversed() : rows,
  };
}

// The others stand in an order of their own: by vendor, by tool, by name.
const NEWEST_FIRST: ReadonlySet<TableSection> = new Set([
  "tool_decisions",
  "tool_requests",
  "tool_exceptions",
  "role_history",
  "emergency_access",
  "attestations",
  "access_reviews",
]);
