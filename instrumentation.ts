/** Refuses to serve with missing, short or default secrets, naming all of them at once. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("#lib/platform/env.ts");
  try {
    env();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    // Next would keep the process and answer every request with an error.
    process.exit(1);
  }
}
