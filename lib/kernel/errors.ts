export type RefusalParams = Readonly<Record<string, string | number>>;

/** An expected "no": a code that `messages/<locale>/refusals.json` turns into a sentence, and what the sentence names. */
export class Refusal extends Error {
  readonly code: string;
  readonly params: RefusalParams;
  /** The form field the refusal belongs beside, when there is one. */
  readonly field: string | undefined;

  constructor(code: string, params: RefusalParams = {}, field?: string) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.params = params;
    this.field = field;
  }
}

export function refuse(code: string, params: RefusalParams = {}, field?: string): Refusal {
  return new Refusal(code, params, field);
}

/** The thing does not exist in this clinic; another clinic's thing is indistinguishable from none. */
export class NotFound extends Error {
  constructor() {
    super("not found");
    this.name = "NotFound";
  }
}

/** The person's role does not carry the permission. Never an event, never explained beyond the role. */
export class Forbidden extends Error {
  readonly permission: string;

  constructor(permission: string) {
    super(`missing permission ${permission}`);
    this.name = "Forbidden";
    this.permission = permission;
  }
}

/** The input did not have the shape the command takes; `issues` maps a field path to a message code. */
export class InvalidInput extends Error {
  readonly issues: ReadonlyArray<{ path: string; code: string; params: RefusalParams }>;

  constructor(issues: InvalidInput["issues"]) {
    super("invalid input");
    this.name = "InvalidInput";
    this.issues = issues;
  }
}

/** Somebody else took the place first: a unique key, or a version that has moved on. */
export class Conflict extends Error {
  constructor() {
    super("conflict");
    this.name = "Conflict";
  }
}
