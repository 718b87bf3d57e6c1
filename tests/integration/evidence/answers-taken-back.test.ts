import { expect, test } from "vitest";
import type { ClinicContext } from "#lib/domain/context.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { reopenRequest } from "#lib/domain/tools/requests/commands/reopen-request.ts";
import { requestsTable } from "#lib/domain/tools/requests/evidence.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { eventTypes, inPack, madePack, tableOf } from "#tests/support/packs.ts";
import { asked } from "#tests/support/requests.ts";

const daysAgo = (as: ClinicContext, days: number) => ({ ...as, occurredAt: new Date(Date.now() - days * 86_400_000) });

/** Asked ten days ago, refused eight days ago, taken back six days ago, refused again four days ago. */
async function refusedTwice() {
  const clinic = await mintClinic(["owner", "privacy_officer", "staff"]);
  const { as } = clinic;
  const { requestId } = await asked(daysAgo(as.staff, 10));
  const refused = { requestId, answer: "refused" } as const;
  await answerRequest(daysAgo(as.owner, 8), { ...refused, version: 1, reason: "It is another company's." });
  const taken = { requestId, version: 2, reason: "It meant another tool." };
  await reopenRequest(daysAgo(as.privacy_officer, 6), taken);
  await answerRequest(daysAgo(as.owner, 4), { ...refused, version: 3, reason: "It trains on inputs." });
  return clinic;
}

test("a pack shows an answer that was taken back on a row of its own, each with the entries that say so", async () => {
  const { bag } = await madePack(await refusedTwice());
  const types = eventTypes(bag);
  const rows = tableOf(bag, "tool_requests");
  expect(rows).toMatchObject([
    {
      ...{ status: "refused", answered_by: "Grace Okafor", answer_reason: "It is another company's." },
      ...{ taken_back_by: "Dana Whitfield", taken_back_reason: "It meant another tool." },
    },
    { status: "refused", answer_reason: "It trains on inputs.", taken_back_by: null, taken_back_event_seq: null },
  ]);
  const answered = rows.map((row) => Number(row.answered_event_seq));
  expect(answered.map((seq) => types[seq])).toEqual(["tool_request.refused", "tool_request.refused"]);
  expect(new Set(answered).size).toBe(2);
  expect(types[Number(rows[0]?.taken_back_event_seq)]).toBe("tool_request.reopened");
});

test.each([
  [9, [["open", null]]],
  [7, [["refused", null]]],
  [
    5,
    [
      ["refused", "Dana Whitfield"],
      ["open", null],
    ],
  ],
  [
    3,
    [
      ["refused", "Dana Whitfield"],
      ["refused", null],
    ],
  ],
] as const)("as of %i days ago it shows what stood then", async (days, expected) => {
  const asOf = new Date(Date.now() - days * 86_400_000);
  const { table } = await inPack(await refusedTwice(), { asOf }, requestsTable);
  const { columns, rows } = table;
  const at = (name: string) => columns.indexOf(name);
  expect(rows.map((row) => [row[at("status")], row[at("taken_back_by")]])).toEqual(expected);
});
