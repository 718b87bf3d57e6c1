import { connection } from "next/server";
import { checkHealth } from "#lib/platform/db/health.ts";

/** For load balancers and the supervisor: 200 when everything this service needs is well, else 503 with what isn't. */
export async function GET(): Promise<Response> {
  await connection();
  const health = await checkHealth();
  const well = Object.values(health).every((state) => state === "ok");
  return Response.json(
    { status: well ? "ok" : "unwell", ...health },
    { status: well ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
