import "server-only";
import { Resend } from "resend";
import { env } from "#lib/platform/env.ts";

export type Mail = {
  /** By which the service knows a repetition. */
  readonly key: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** What the service gives back in its events. Ids only. */
  readonly tags: Readonly<Record<string, string>>;
};

export type SendOutcome =
  | { readonly is: "accepted"; readonly receipt: string | null }
  | {
      readonly is: "failed";
      readonly failure: "unreachable" | "provider_trouble" | "key_refused" | "message_refused";
      readonly again: boolean;
    }
  /** The service asks for a pause; nothing was tried. */
  | { readonly is: "busy" };

const TIMEOUT_SECONDS = 15;

/** Hands one message to the mail service. Never throws for what the service answers, or doesn't. */
export async function sendMail({ key, tags, ...message }: Mail): Promise<SendOutcome> {
  const { RESEND_API_KEY, RESEND_BASE_URL, MAIL_FROM } = env();
  if (RESEND_API_KEY === undefined || MAIL_FROM === undefined) throw new Error("no mail is sent without a key");
  const service = new Resend(RESEND_API_KEY, RESEND_BASE_URL === undefined ? {} : { baseUrl: RESEND_BASE_URL });
  try {
    const { data, error } = await service.emails.send(
      { ...message, from: MAIL_FROM, tags: Object.entries(tags).map(([name, value]) => ({ name, value })) },
      { idempotencyKey: key, signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000) },
    );
    return error === null ? { is: "accepted", receipt: data.id } : outcomeOf(error);
  } catch {
    return { is: "failed", failure: "unreachable", again: true };
  }
}

function outcomeOf({ name, statusCode }: { name: string; statusCode: number | null }): SendOutcome {
  if (name === "rate_limit_exceeded") return { is: "busy" };
  // The key is known with other words: an attempt whose answer never came was accepted, and its reader changed meanwhile.
  if (name === "invalid_idempotent_request") return { is: "accepted", receipt: null };
  if (statusCode === null) return { is: "failed", failure: "unreachable", again: true };
  if (statusCode === 401 || statusCode === 403) return { is: "failed", failure: "key_refused", again: true };
  if (statusCode === 400 || statusCode === 422) return { is: "failed", failure: "message_refused", again: false };
  return { is: "failed", failure: "provider_trouble", again: true };
}
