import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { objectAddress } from "#components/ledger/object-address.ts";
import { EVENT_DEFINITIONS } from "#lib/domain/ledger/events.ts";
import words from "#messages/en/ledger.json";

const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
const PAGELESS = [
  "account_event",
  "attestation",
  "clinic",
  "file",
  "first_steps",
  "mail_preference",
  "notice",
  "reset_link",
  "session",
  "sign_in_window",
];
const pages = path.resolve("app/(workspace)/c/[clinic]");

const entries = EVENT_DEFINITIONS.map(({ type, objectType, schema }) => {
  const has = (field: string) => field in schema.shape;
  const data = {
    ...(has("toolId") && { toolId: ID }),
    ...(has("vendorId") && { vendorId: ID }),
    ...(has("policyCode") && { policyCode: "P02" }),
    ...(has("number") && { number: 2 }),
    ...(has("memberId") && { memberId: ID }),
  };
  return [type as string, { object: { type: objectType, id: ID }, data }] as const;
});

describe("an entry of the ledger", () => {
  test.each(entries.filter(([, { object }]) => !PAGELESS.includes(object.type)))(
    "leads to its page: %s",
    (_, event) => {
      const address = objectAddress(event);
      expect(address).not.toBeNull();
      expect(Object.keys(words.open)).toContain(address?.label);
      expect(existsSync(path.join(pages, folderOf(address?.path ?? ""), "page.tsx")), address?.path).toBe(true);
    },
  );

  test.each(entries.filter(([, { object }]) => PAGELESS.includes(object.type)))("has no page: %s", (_, event) => {
    expect(objectAddress(event)).toBeNull();
  });
});

/** Where the page of an address lies, by the folders there are. */
function folderOf(address: string): string {
  const segments = address.replace(/#.*$/, "").split("/").filter(Boolean);
  return segments.reduce((folder, segment, index) => {
    const plain = path.join(folder, segment);
    if (existsSync(path.join(pages, plain))) return plain;
    const names = [
      "[toolId]",
      "[vendorId]",
      "[baaId]",
      "[requestId]",
      "[importId]",
      "[worksheetId]",
      "[code]",
      "[number]",
      "[memberId]",
      "[useId]",
      "[invitationId]",
      "[reviewId]",
    ];
    return path.join(folder, names.find((name) => existsSync(path.join(pages, folder, name))) ?? `missing-${index}`);
  }, "");
}
