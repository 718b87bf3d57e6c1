import { z } from "zod";
import { foldForSearch, optionalLine, optionalParagraph, paragraph, searchLine } from "#lib/domain/text.ts";
import {
  PAGE_SIZES,
  type Said,
  type Standing,
  type StandingWithReasons,
  type Status,
  type ToolSaid,
} from "#lib/domain/tools/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// A request is open until an officer answers it: granted, refused, or pointed to another tool. Its requester may withdraw it
// while it is open. An answer is never changed; an officer takes it back with a reason, it stays on record, and the request
// is open again.

/** What would be typed into the tool: nothing about patients, de-identified data, patient data. */
export const GOES_IN = ["nothing", "deidentified", "phi"] as const;
export type GoesIn = (typeof GOES_IN)[number];

export const REQUEST_STATUSES = ["open", "granted", "refused", "use_instead", "withdrawn"] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

export const ANSWERS = ["granted", "refused", "use_instead"] as const;
export type Answer = (typeof ANSWERS)[number];

const optionalId = z.union([z.literal("").transform(() => null), z.uuid(), z.null()]).default(null);
const optionalKey = z.union([z.literal("").transform(() => null), z.string().max(200), z.null()]).default(null);

/** Long enough for an address out of a browser; only its host is kept. */
export const ADDRESS_LENGTH_MAX = 500;

/** A name has to say something: a request called "!!!" could never be told from another. */
const toolName = optionalLine(120).refine((name) => name === "" || foldForSearch(name) !== "", {
  error: "name_says_nothing",
});

/** Which tool is meant: one of the register, one of the catalogue, or one that is typed. */
const WhichTool = z.object({
  toolId: optionalId,
  catalogueKey: optionalKey,
  product: toolName,
  vendor: optionalLine(120),
  address: optionalLine(ADDRESS_LENGTH_MAX),
});

function isNamed(which: z.output<typeof WhichTool>): boolean {
  return which.toolId !== null || which.catalogueKey !== null || which.product !== "";
}

const nameMissing = { error: "required", path: ["product"] };

export const AskForTool = z
  .object({ ...WhichTool.shape, purpose: paragraph(1000), goesIn: z.enum(GOES_IN, { error: "choose_goes_in" }) })
  .refine(isNamed, nameMissing);

/** The first step of asking: what there is already that may be the same. */
export const FindSimilar = WhichTool.refine(isNamed, nameMissing);

/** The form of a request, empty or for a tool that a link names. */
export const RequestForm = z.object({ toolId: optionalId, catalogueKey: optionalKey });

export const SupportRequest = z.object({ requestId: z.uuid() });
export const WithdrawRequest = z.object({ requestId: z.uuid() });

const optionalVersion = z.coerce.number().int().positive().optional();

export const LinkRequest = z.object({
  requestId: z.uuid(),
  toolId: z.uuid(),
  /** The version of the request that the officer looked at; without one whatever it is now. */
  version: optionalVersion,
});

export const UnlinkRequest = z.object({ requestId: z.uuid(), version: z.coerce.number().int().positive() });

export const ReopenRequest = z.object({
  requestId: z.uuid(),
  version: z.coerce.number().int().positive(),
  /** Who asked, and who joined, read it. */
  reason: paragraph(2000),
});

export const AnswerRequest = z.object({
  requestId: z.uuid(),
  version: z.coerce.number().int().positive(),
  answer: z.enum(ANSWERS, { error: "choose_answer" }),
  answerToolId: optionalId,
  reason: optionalParagraph(2000),
});

export const REQUEST_SORTS = ["waiting", "requested", "product", "supporters"] as const;

export const RequestQueue = z.object({
  q: searchLine(200),
  status: z.array(z.enum(REQUEST_STATUSES)).default([]),
  sort: z.enum(REQUEST_SORTS).default("waiting"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(PAGE_SIZES).default(25),
});

/** All pages of the queue at once, for its files. */
export const RequestRows = RequestQueue.omit({ page: true, size: true });

/** How many of a person's own requests their page shows. */
export const OWN_REQUESTS_MAX = 200;

/** The names that an officer takes over into the register. */
export const RequestNames = z.object({ requestId: z.uuid() });

export const RequestPage = z.object({
  requestId: z.uuid(),
  /** What the officer looks a tool of the register up by. */
  q: searchLine(200),
});

type Names = { readonly vendor: string; readonly product: string; readonly surface: string };

export type RequestRow = Names & {
  readonly id: string;
  readonly hostname: string;
  readonly goesIn: GoesIn;
  readonly purpose: string;
  readonly status: RequestStatus;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  /** Days since it was asked for; null once it is closed. */
  readonly waitingDays: number | null;
  readonly supporters: number;
  /** How many answers to it were taken back. */
  readonly takenBack: number;
  /** When it was answered or withdrawn. */
  readonly closedAt: Date | null;
  readonly answeredBy: string;
  readonly reason: string;
  /** The tool that the answer names. */
  readonly answerTool: Names | null;
};

/** A person's own request, or one they support, as their list shows it. */
export type OwnRequestRow = ToolSaid & {
  readonly id: string;
  readonly status: RequestStatus;
  /** When they asked, or joined. */
  readonly since: Date;
  /** An answer to it was taken back, and it waits for another. */
  readonly isReopened: boolean;
  readonly isOwn: boolean;
};

/** A tool beside a request, with what it may be used for by the reader. */
export type ToolBeside = ToolSaid & {
  readonly toolId: string;
  readonly status: Status;
  readonly standing: StandingWithReasons;
  readonly conditions: readonly Said[];
};

/** What the reader can do with a tool that is there: use it, ask for it, or neither. */
export type WayOn = { readonly use: boolean; readonly ask: boolean };

export const SIMILARITIES = ["address", "name", "vendor"] as const;
/** By what two tools may be the same. */
export type Similarity = (typeof SIMILARITIES)[number];

/** What of two tools is alike, as it is said to a reader. */
export const LIKENESSES = ["same_name", "other_plan", "name", "word", "address", "site", "company"] as const;
export type Likeness = (typeof LIKENESSES)[number];

type Like = { readonly by: Similarity; readonly alike: readonly Likeness[] };

export type SimilarTool = ToolBeside & Like & { readonly way: WayOn };
/** Of the catalogue; what runs DeepSeek's models is prohibited before anybody adopts it. */
export type SimilarEntry = ToolSaid & Like & { readonly catalogueKey: string; readonly isProhibited: boolean };
export type SimilarRequest = ToolSaid & {
  readonly requestId: string;
  /** When it was first asked for; for who joined, the day on which they did. */
  readonly requestedOn: CalendarDate;
  readonly by: Similarity;
  /** Empty where only the tool itself is meant. */
  readonly alike: readonly Likeness[];
  /** The requester and who supports it. */
  readonly people: number;
  readonly isOwn: boolean;
  readonly isSupported: boolean;
};

/** What there is already that may be what somebody is about to ask for, nearest first. */
export type Similar = {
  readonly tools: readonly SimilarTool[];
  readonly entries: readonly SimilarEntry[];
  readonly requests: readonly SimilarRequest[];
};

/** How an earlier request for the same tool was answered. */
export type EarlierAnswer = ToolSaid & {
  readonly requestId: string;
  readonly status: Answer;
  readonly answeredOn: CalendarDate;
  /** In words for who asked; null for anybody else but officers with a request, and where none was given. */
  readonly reason: string | null;
  /** The tool that was to be used instead, as it may be used today; an officer with a request reads only which. */
  readonly instead: (ToolSaid & { readonly toolId: string; readonly standing: Standing | null }) | null;
  /** What a grant covers, as it may be used today; null for whom it was not granted. */
  readonly granted: (ToolSaid & { readonly toolId: string; readonly standing: Standing }) | null;
  /** Whether the reader asked for it, or wants it too. */
  readonly isReaders: boolean;
  /** Who answered; null for whom requests are not to be read. */
  readonly answeredBy: string | null;
};

/** What was asked and answered before of a tool that somebody looks up. */
export type AskedBefore = {
  readonly requests: readonly SimilarRequest[];
  readonly answers: readonly EarlierAnswer[];
};

/** Done with what emergency access gave; the use is named to those who may open its page. */
export type UnderEmergency = { readonly useId: string | null };

export type AnswerShown = {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
  readonly soleDecider: boolean;
  readonly emergency: UnderEmergency | null;
  readonly tool: ToolBeside | null;
};

/**
 * An answer that was taken back: as it was given, then by whom, when and why it no longer stands. Either reason is empty
 * for who joined after it was given.
 */
export type AnswerTakenBack = AnswerShown & {
  readonly number: number;
  readonly status: Answer;
  readonly takenBack: {
    readonly by: string;
    readonly at: Date;
    readonly reason: string;
    readonly alone: boolean;
    readonly emergency: UnderEmergency | null;
  };
};

export type RequestDecision = {
  readonly number: number;
  readonly status: Status;
  readonly conditions: readonly Said[];
  readonly reason: string;
  readonly soleDecider: boolean;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly recordedAt: Date;
  readonly tool: ToolSaid;
  readonly toolId: string;
};

/** A request as its page shows it. What is not for the reader is null: of somebody else's, who asked and what for. */
export type RequestShown = ToolSaid & {
  readonly id: string;
  readonly version: number;
  readonly hostname: string;
  readonly goesIn: GoesIn | null;
  readonly purpose: string | null;
  readonly status: RequestStatus;
  readonly requestedBy: string | null;
  /** When it was asked for; null for who joined, whose own day `joinedAt` is. */
  readonly requestedAt: Date | null;
  readonly joinedAt: Date | null;
  readonly recordedAt: Date;
  readonly closedAt: Date | null;
  readonly isOwn: boolean;
  readonly isSupported: boolean;
  readonly supporters: readonly { readonly name: string; readonly at: Date }[] | null;
  /** Who wants it beside who asked, without the reader. */
  readonly otherSupporters: number;
  readonly tool: ToolBeside | null;
  readonly answer: AnswerShown | null;
  /** Answers that were taken back, the last first. */
  readonly takenBack: readonly AnswerTakenBack[];
  /** Whether the reader may take its answer back, as for answering it: null where it has none or they may not answer. */
  readonly mayReopen: MayAnswer | null;
  readonly decisions: readonly RequestDecision[];
};

/** own: they asked for it, and somebody else can answer. alone: they asked for it, and nobody else can. */
export type MayAnswer = "yes" | "own" | "alone";

/** What the officer answers an open request with. */
export type RequestDesk = {
  readonly mayAnswer: MayAnswer;
  readonly similar: Similar;
  /** How earlier requests for the same tool were answered, and by whom. */
  readonly answers: readonly EarlierAnswer[];
  /** Tools of the register that were looked up. */
  readonly found: readonly ToolBeside[];
  /** Approved tools to grant or to point to: what was asked for and what is similar first. Only the former can be granted. */
  readonly choices: readonly (ToolBeside & { readonly isAskedFor: boolean })[];
};

/** A request on the page of the tool it is about, or that answered it. */
export type ToolRequestShown = {
  readonly id: string;
  readonly status: RequestStatus;
  readonly goesIn: GoesIn;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly answeredBy: string | null;
  readonly closedAt: Date | null;
  readonly reason: string;
  readonly soleDecider: boolean;
  /** It asked for another tool, and was pointed to this one. */
  readonly pointedHere: boolean;
};
