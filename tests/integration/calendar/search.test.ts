import { beforeAll, describe, expect, test } from "vitest";
import { searchClinic } from "#lib/domain/calendar/search/queries.ts";
import { HITS_MAX } from "#lib/domain/calendar/search/schema.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { bringIn } from "#tests/support/imports.ts";

let clinic: TestClinic;
beforeAll(async () => {
  clinic = await mintClinic(["owner", "privacy_officer", "manager", "staff", "auditor"]);
  const rows = Array.from({ length: 9 }, (_, n) => `Fónix Labs,Fónix ${n},Team,voice,,Heard of it`);
  await bringIn(clinic.as.owner, "tools", ["vendor,product,surface,category,hostnames,why", ...rows].join("\n"));
});

const kindsOf = async (role: keyof TestClinic["as"], q: string) => {
  const { hits } = await searchClinic(clinic.as[role], { q });
  return hits.map(({ kind }) => kind);
};

describe("the search", () => {
  test("finds tools and vendors by a part of the name, without its accents, the first few of many", async () => {
    const { hits } = await searchClinic(clinic.as.privacy_officer, { q: "fonix" });
    expect(hits.filter(({ kind }) => kind === "tool").map(({ name }) => name)).toEqual(
      Array.from({ length: HITS_MAX }, (_, n) => `Fónix ${n}, Team`),
    );
    expect(hits.find(({ kind }) => kind === "vendor")).toMatchObject({ name: "Fónix Labs" });
  });

  test("leads staff to what they may do with a tool, and to nothing that they may not open", async () => {
    const { hits } = await searchClinic(clinic.as.staff, { q: "fonix 3" });
    expect(hits).toMatchObject([{ kind: "tool", path: "/may-i-use-it?q=F%C3%B3nix%203" }]);
    expect(await kindsOf("staff", "#0")).not.toContain("entry");
  });

  test("finds people for who may read the roster, and for nobody else", async () => {
    const { hits } = await searchClinic(clinic.as.owner, { q: "santos maría" });
    expect(hits).toMatchObject([{ kind: "person", name: "Maria Santos" }]);
    expect(await kindsOf("staff", "santos maría")).toEqual([]);
  });

  test("finds an entry by its number, and none that there isn't", async () => {
    const { hits } = await searchClinic(clinic.as.auditor, { q: "#0" });
    expect(hits[0]).toMatchObject({ kind: "entry", path: "/ledger?entry=0#entry-0" });
    expect(await kindsOf("auditor", "999999999")).toEqual([]);
  });

  test("takes signs for signs and not for patterns", async () => {
    for (const q of ["", "   ", "%", "_", "' OR 1=1 --", "🙂"]) expect(await kindsOf("owner", q), q).toEqual([]);
  });

  test("knows nothing of another clinic", async () => {
    const other = await mintClinic(["owner"]);
    expect((await searchClinic(other.as.owner, { q: "fonix" })).hits).toEqual([]);
  });
});
