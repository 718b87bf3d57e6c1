/** Next calls this once before the first request. The condition keeps Node's own calls out of the edge bundle. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { refuseToStartUnlessSafe } = await import("#lib/platform/refuse-to-start.ts");
    refuseToStartUnlessSafe();
  }
}
