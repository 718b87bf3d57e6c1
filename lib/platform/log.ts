import pino from "pino";

/** Structured log. Fields are ids, counts and codes; never a payload, a name or a typed text. */
export const log = pino({
  level: process.env.WARDBOOK_LOG_LEVEL ?? "info",
  base: { service: "wardbook" },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: errorWithoutPayload },
});

// A database error's message can quote the row that it refused; its code and place can't.
function errorWithoutPayload(error: Error & { code?: unknown }): Record<string, unknown> {
  return {
    name: error.name,
    code: error.code,
    at: error.stack
      ?.split("\n")
      .filter((line) => line.trimStart().startsWith("at "))
      .slice(0, 8)
      .map((line) => line.trim()),
  };
}
