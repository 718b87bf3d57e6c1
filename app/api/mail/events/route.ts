import { systemContext } from "#lib/domain/clinic/queries.ts";
import { recordBounce } from "#lib/domain/notifications/outbox/commands/record-bounce.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { readMailEvent } from "#lib/platform/email/read-event.ts";
import { env } from "#lib/platform/env.ts";

const SIZE_MAX = 256 * 1024;
const HEADERS = { "Cache-Control": "no-store" };

/**
 * Where the mail service says that a message came back. What is signed and not known here is answered as well as what is:
 * the service would repeat it for days.
 */
export async function POST(request: Request): Promise<Response> {
  const { RESEND_WEBHOOK_SECRET } = env();
  if (RESEND_WEBHOOK_SECRET === undefined) return answer(404);
  if (Number(request.headers.get("content-length") ?? 0) > SIZE_MAX) return answer(413);
  const event = readMailEvent(await request.text(), request.headers, RESEND_WEBHOOK_SECRET);
  if (event === "forged") return answer(401);
  if (event === null) return answer(200);
  const { clinicId, ...came } = event;
  try {
    await recordBounce(await systemContext(clinicId, { kind: "system", job: "mail" }), came);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  return answer(200);
}

function answer(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}
