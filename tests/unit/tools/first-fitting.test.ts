import { expect, test } from "vitest";
import { firstFitting } from "#lib/domain/tools/usable/store.ts";

/** Numbers from 0 up to a count, of which those that fit are looked for; and how many of them were read. */
async function looked(count: number, enough: number, fits: (number: number) => boolean) {
  let reads = 0;
  const found = await firstFitting(enough, {
    fits,
    read: async ({ skip, take }) => {
      const rows = Array.from({ length: Math.max(0, Math.min(take, count - skip)) }, (_, index) => skip + index);
      reads += rows.length;
      return rows;
    },
  });
  return { found, reads };
}

test("what fits is found behind more than a page of what doesn't, and no more than enough", async () => {
  expect((await looked(1000, 3, (number) => number >= 120)).found).toEqual([120, 121, 122]);
});

test("reading stops once enough fit, where there are no more, and at a limit", async () => {
  expect((await looked(1000, 3, () => true)).reads).toBe(50);
  expect(await looked(70, 3, () => false)).toEqual({ found: [], reads: 70 });
  expect(await looked(20_000, 3, () => false)).toEqual({ found: [], reads: 300 });
});

test("nothing is read where nothing is wanted", async () => {
  expect(await looked(1000, 0, () => true)).toEqual({ found: [], reads: 0 });
});
