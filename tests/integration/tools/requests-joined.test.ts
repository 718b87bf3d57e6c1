import { expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { findSimilarTools, getMyRequests } from "#lib/domain/tools/requests/queries.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { minutesAgo } from "#tests/support/emergency.ts";
import { asked, requestNow, somebody } from "#tests/support/requests.ts";

const DAY = 24 * 60;

/** Asked for ten days ago by staff; the manager and one more joined three days ago. */
async function joined() {
  const clinic = await mintClinic(["owner", "privacy_officer", "manager", "staff"]);
  const { as } = clinic;
  const { requestId } = await asked(minutesAgo(as.staff, 10 * DAY));
  const joining = minutesAgo(as.manager, 3 * DAY);
  await supportRequest(joining, { requestId });
  await supportRequest(await somebody(clinic, "staff"), { requestId });
  return { as, requestId, joinedAt: joining.occurredAt, timeZone: as.staff.timeZone };
}

test("who joined is not counted among the others on the request's page", async () => {
  const { as, requestId } = await joined();
  expect(await requestNow(as.manager, requestId)).toMatchObject({ isSupported: true, otherSupporters: 1 });
  expect(await requestNow(as.staff, requestId)).toMatchObject({ isOwn: true, otherSupporters: 2 });
  await supportRequest(as.privacy_officer, { requestId });
  const { supporters, otherSupporters } = await requestNow(as.privacy_officer, requestId);
  expect([supporters?.length, otherSupporters]).toEqual([2, 2]);
});

test("who joined sees their own day, not that of who asked", async () => {
  const { as, requestId, joinedAt, timeZone } = await joined();
  const on = calendarDateIn(timeZone, joinedAt ?? new Date());
  expect(await requestNow(as.manager, requestId)).toMatchObject({ requestedAt: null, joinedAt });
  expect((await getMyRequests(as.manager, {})).rows).toMatchObject([{ id: requestId, since: joinedAt, isOwn: false }]);
  expect((await getToday(as.manager, {})).requests).toMatchObject([{ id: requestId, since: joinedAt }]);
  const { similar } = await findSimilarTools(as.manager, { product: "Quillfeather" });
  expect(similar.requests).toMatchObject([{ requestId, isSupported: true, people: 3, requestedOn: on }]);
});
