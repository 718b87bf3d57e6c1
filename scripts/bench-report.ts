import type { Compared, Weight } from "#scripts/bench-pages.ts";
import type { Digests, ReviewStart } from "#scripts/bench-people.ts";

/** What a run measured; a part that was not asked for is missing. */
export type Measured = {
  readonly pages?: readonly Compared[];
  readonly peoplePages?: readonly Compared[];
  readonly queries?: readonly Compared[];
  readonly reviewStarts?: readonly ReviewStart[];
  readonly digests?: readonly Digests[];
  readonly weights?: readonly Weight[];
  readonly importSeconds?: number | undefined;
  readonly importedRows?: number | undefined;
};

export function tell(measured: Measured): void {
  const { pages, peoplePages, queries, reviewStarts, digests, weights, importSeconds, importedRows } = measured;
  const served = "Server time, request to last byte";
  if (pages) tellCompared(served, ["20 tools", "20,000 tools, 1,000,000 events"], pages);
  if (peoplePages) tellCompared(served, ["3 people", "5,003 people"], peoplePages);
  if (queries) tellCompared("Query alone, in this process", ["3 people", "5,003 people"], queries);
  if (reviewStarts) {
    console.log("Beginning an access review");
    for (const { people, seconds } of reviewStarts) console.log(`${peopleText(people)}${secondsText(seconds)}`);
    console.log();
  }
  if (digests) tellDigests(digests);
  if (weights) {
    console.log("Scripts of the first load, compressed");
    for (const { page, kilobytes } of weights) console.log(`${page.padEnd(34)}${kilobytes.toFixed(0).padStart(5)} kB`);
    console.log();
  }
  if (importSeconds !== undefined) console.log(`Import of ${importedRows} rows: ${importSeconds.toFixed(1)} s`);
}

function tellCompared(title: string, [few, many]: readonly [string, string], rows: readonly Compared[]): void {
  const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`.padStart(8);
  console.log(`${title.padEnd(39)}${few.padEnd(20)}${many}`);
  console.log("                                       p50       p95        p50       p95    ratio of p95");
  for (const { page, small, large, ratio } of rows) {
    console.log(
      `${page.padEnd(34)}${ms(small.p50)}  ${ms(small.p95)}   ${ms(large.p50)}  ${ms(large.p95)}   ${ratio.toFixed(2)}`,
    );
  }
  console.log();
}

function tellDigests(digests: readonly Digests[]): void {
  console.log("Queueing a morning's digests");
  for (const { people, seconds } of digests) console.log(`${peopleText(people)}${secondsText(seconds)}`);
  const [few, many] = digests.map(({ people, seconds }) => seconds / people);
  if (few !== undefined && many !== undefined)
    console.log(`${"ratio for each person".padEnd(34)}${(many / few).toFixed(2)}`);
  console.log();
}

function peopleText(people: number): string {
  return `${people.toLocaleString("en-US")} people`.padEnd(34);
}

function secondsText(seconds: number): string {
  return `${seconds.toFixed(2)} s`.padStart(8);
}
