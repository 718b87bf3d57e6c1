import { createHash } from "node:crypto";
import { z } from "zod";
import { systemContext } from "#lib/domain/clinic/queries.ts";
import { getServedBlockList } from "#lib/domain/tools/block-list/queries.ts";
import type { BlockListFormat } from "#lib/domain/tools/block-list/schema.ts";
import { InvalidInput, NotFound } from "#lib/kernel/errors.ts";

type Context = { params: Promise<{ clinic: string; secret: string; format: string }> };

const NOT_FOUND = { status: 404, headers: { "Cache-Control": "no-store" } };

/** The block list for a filter that fetches it by the clinic's secret address; unchanged, it is 304. Nobody is signed in. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { clinic, secret, format } = await params;
  if (!z.uuid().safeParse(clinic).success) return new Response(null, NOT_FOUND);
  try {
    const ctx = await systemContext(clinic, { kind: "system", job: "block-list" });
    const file = await getServedBlockList(ctx, { secret, format: format as BlockListFormat });
    const etag = `"${createHash("sha256").update(file.bytes).digest("hex")}"`;
    const headers = { ETag: etag, "Cache-Control": "private, max-age=300", "Referrer-Policy": "no-referrer" };
    if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
    return new Response(file.bytes, {
      headers: { ...headers, "Content-Type": file.mediaType, "X-Content-Type-Options": "nosniff" },
    });
  } catch (error) {
    if (error instanceof NotFound || error instanceof InvalidInput) return new Response(null, NOT_FOUND);
    throw error;
  }
}
