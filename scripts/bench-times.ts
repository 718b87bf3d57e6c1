const WARM_UPS = 15;
const REQUESTS = 120;

export type Times = { readonly p50: number; readonly p95: number };

/** Milliseconds that the work takes, done again and again, one after the other. */
export async function times(work: () => Promise<unknown>): Promise<Times> {
  const taken: number[] = [];
  for (let request = 0; request < WARM_UPS + REQUESTS; request += 1) {
    const began = performance.now();
    await work();
    if (request >= WARM_UPS) taken.push(performance.now() - began);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

/** The seconds in the middle of several rounds, with what the last of them gave. */
export async function medianSeconds<T>(
  rounds: number,
  work: (round: number) => Promise<{ seconds: number; value: T }>,
): Promise<{ seconds: number; value: T }> {
  const first = await work(0);
  const all = [first];
  for (let round = 1; round < rounds; round += 1) all.push(await work(round));
  const seconds = all.map((one) => one.seconds).sort((a, b) => a - b);
  return { seconds: seconds[Math.floor(seconds.length / 2)] ?? 0, value: (all.at(-1) ?? first).value };
}

export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; value: T }> {
  const began = performance.now();
  const value = await work();
  return { seconds: (performance.now() - began) / 1000, value };
}
