import { Conflict, NotFound } from "#lib/kernel/errors.ts";
import { Prisma } from "#lib/platform/generated/client.ts";

/**
 * A foreign or malformed id and a missing row look the same from outside: not found. Two that want the same unique
 * place: a conflict. Everything else stays a defect.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    // P2003 foreign key (23503), P2007 and P2023 malformed id (22P02), P2025 no row
    if (["P2003", "P2007", "P2023", "P2025"].includes(error.code)) return new NotFound();
    if (error.code === "P2002" || error.code === "P2034") return new Conflict();
    const driverCode = driverErrorCode(error.meta);
    if (driverCode === "23503" || driverCode === "22P02") return new NotFound();
    if (driverCode === "23505") return new Conflict();
  }
  return error;
}

function driverErrorCode(meta: unknown): string | undefined {
  const adapterError = (meta as { driverAdapterError?: { cause?: { originalCode?: string } } } | undefined)
    ?.driverAdapterError;
  return adapterError?.cause?.originalCode;
}
