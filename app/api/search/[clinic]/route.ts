import { answerRequest } from "#app/api/answer-request.ts";
import { searchClinic } from "#lib/domain/calendar/search/queries.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";

type Context = { params: Promise<{ clinic: string }> };

/** What the clinic has by a name: `?q=`. It only reads, and no cache keeps it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerRequest(async () => {
    const ctx = await requireClinicContext((await params).clinic);
    const q = new URL(request.url).searchParams.get("q") ?? "";
    return Response.json(await searchClinic(ctx, { q }), { headers: { "Cache-Control": "no-store" } });
  });
}
