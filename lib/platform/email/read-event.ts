import "server-only";
import { Resend } from "resend";
import { z } from "zod";

/** What the mail service says became of a message, as far as it concerns us. */
export type MailEvent = {
  readonly clinicId: string;
  readonly messageId: string;
  readonly receipt: string;
  readonly how: "bounced" | "complained";
};

const Ours = z.object({
  type: z.enum(["email.bounced", "email.complained"]),
  data: z.object({
    email_id: z.string().min(1).max(200),
    tags: z.object({ clinic: z.uuid(), message: z.uuid() }),
  }),
});

/**
 * Reads an event that the mail service posted. `forged` where the signature isn't the secret's or is older than five
 * minutes; null for what is well signed and not about a message of ours.
 */
export function readMailEvent(payload: string, headers: Headers, secret: string): MailEvent | "forged" | null {
  const named = (name: string) => headers.get(`svix-${name}`) ?? headers.get(`webhook-${name}`) ?? "";
  const signed = { id: named("id"), timestamp: named("timestamp"), signature: named("signature") };
  let said: unknown;
  try {
    said = new Resend("verifies only").webhooks.verify({ payload, headers: signed, webhookSecret: secret });
  } catch {
    return "forged";
  }
  const event = Ours.safeParse(said);
  if (!event.success) return null;
  const { type, data } = event.data;
  return {
    ...{ clinicId: data.tags.clinic, messageId: data.tags.message, receipt: data.email_id },
    how: type === "email.bounced" ? "bounced" : "complained",
  };
}
