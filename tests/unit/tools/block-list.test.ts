import { describe, expect, test } from "vitest";
import { blockListOf } from "#lib/domain/tools/block-list/rules.ts";
import type { BlockList, BlockListContent, Control, RegisterEntry } from "#lib/domain/tools/block-list/schema.ts";
import { DEEPSEEK_RELATIONS, STATUSES } from "#lib/domain/tools/schema.ts";

const text = { en: "Text.", es: "Texto." };
const sourced = { sources: [{ title: "A page" }], asOf: "2026-11-22", confidence: "high" as const };
const control = (code: string, kind: Control["kind"], ...hosts: string[]): Control => ({
  ...{ code, kind, hosts, name: code, does: text, needs: text },
  ...sourced,
});
const CONTENT: BlockListContent = {
  controls: [
    control("chat-accounts", "accounts", "chat.example"),
    control("cloud-models", "models", "cloud.example"),
    control("cloud-accounts", "accounts", "cloud.example"),
    control("search-features", "features", "search.example"),
    control("managed-accounts", "accounts"),
    control("browser-path", "features"),
    control("exact-host", "naming"),
  ],
  tooBroad: [
    { reason: "anybodys_hosts", hosts: ["pages.example", "co.example"], ...sourced },
    { reason: "carries_much_else", hosts: ["search.example", "console.cloud.example"], ...sourced },
  ],
};

let tools = 0;
function tool(status: RegisterEntry["status"], hostnames: string, facts: Partial<RegisterEntry> = {}): RegisterEntry {
  tools += 1;
  return {
    toolId: `tool-${String(tools).padStart(6, "0")}`,
    ...{ vendor: "Northwind", product: `Product ${status}`, surface: "All plans", status, deepseek: "none" },
    hostnames: hostnames.split(" ").map((name) => ({ name, verified: false })),
    ...facts,
  };
}

const listOf = (...entries: RegisterEntry[]) => blockListOf(entries, CONTENT);
const named = ({ hostname, wildcard }: { hostname: string; wildcard: boolean }) =>
  wildcard ? `*.${hostname}` : hostname;
const inWords = ({ listed, leftOut }: BlockList) => [
  ...listed.map((host) => `${named(host)} listed`),
  ...leftOut.map((host) => `${named(host)} left out: ${host.reason}, instead ${host.instead}`),
];

describe("a host of a prohibited tool", () => {
  test.each([
    ["bad.example", "approved_for_phi", "bad.example", "left out: shared_with_approved, instead managed-accounts"],
    ["bad.example", "not_for_phi", "bad.example", "left out: shared_with_approved, instead managed-accounts"],
    ["bad.example", "needs_review", "bad.example", "listed"],
    ["bad.example", "retired", "bad.example", "listed"],
    ["bad.example", "prohibited", "bad.example", "listed"],
    ["bad.example", "approved_for_phi", "api.bad.example", "left out: above_approved, instead exact-host"],
    ["bad.example", "approved_for_phi", "a.b.c.bad.example", "left out: above_approved, instead exact-host"],
    ["bad.example", "needs_review", "api.bad.example", "listed"],
    ["api.bad.example", "approved_for_phi", "bad.example", "left out: below_approved, instead exact-host"],
    ["a.b.c.bad.example", "not_for_phi", "bad.example", "left out: below_approved, instead exact-host"],
    ["api.bad.example", "needs_review", "bad.example", "listed"],
    ["chat.bad.example", "approved_for_phi", "api.bad.example", "listed"],
    ["bad.example", "approved_for_phi", "notbad.example", "listed"],
    ["bad.example", "approved_for_phi", "bad.example.org", "listed"],
    ["*.bad.example", "approved_for_phi", "bad.example", "left out: shared_with_approved, instead managed-accounts"],
    ["bad.example", "approved_for_phi", "*.bad.example", "left out: shared_with_approved, instead managed-accounts"],
    ["*.bad.example", "approved_for_phi", "*.bad.example", "left out: shared_with_approved, instead managed-accounts"],
    ["*.bad.example", "approved_for_phi", "api.bad.example", "left out: above_approved, instead exact-host"],
    ["*.bad.example", "approved_for_phi", "*.api.bad.example", "left out: above_approved, instead exact-host"],
    ["api.bad.example", "approved_for_phi", "*.bad.example", "left out: below_approved, instead exact-host"],
    ["*.api.bad.example", "approved_for_phi", "*.bad.example", "left out: below_approved, instead exact-host"],
    ["*.bad.example", "needs_review", "*.bad.example", "listed"],
    ["www.bad.example", "approved_for_phi", "bad.example", "left out: below_approved, instead exact-host"],
    ["bad.example", "approved_for_phi", "www.bad.example", "left out: above_approved, instead exact-host"],
  ] as const)("%s, beside a tool that is %s on %s: %s", (prohibited, status, other, outcome) => {
    const [first] = inWords(listOf(tool("prohibited", prohibited), tool(status, other)));
    expect(first).toBe(`${prohibited} ${outcome}`);
  });

  test("is there only because of the prohibition: no other status lists a host", () => {
    for (const status of STATUSES.filter((each) => each !== "prohibited")) {
      expect(listOf(tool(status, "some.example *.other.example")), status).toEqual({ listed: [], leftOut: [] });
    }
  });

  test("says which prohibited tools have it, which approved ones need it, and whether somebody saw it answer", () => {
    const hostnames = [{ name: "shared.example", verified: true }];
    const [host] = listOf(
      tool("prohibited", "shared.example", { product: "Zeta", surface: "Free" }),
      tool("prohibited", "shared.example", { product: "Alpha", surface: "Plus", hostnames }),
      tool("prohibited", "shared.example", { product: "Alpha", surface: "Free" }),
      tool("not_for_phi", "shared.example", { product: "Team", surface: "Paid" }),
      tool("approved_for_phi", "api.shared.example shared.example", { product: "Enterprise", surface: "BAA" }),
      tool("approved_for_phi", "shared.example.org", { product: "Stranger" }),
    ).leftOut;
    const names = (list: readonly { product: string; surface: string }[] = []) =>
      list.map((each) => `${each.product} ${each.surface}`);
    expect(names(host?.because)).toEqual(["Alpha Free", "Alpha Plus", "Zeta Free"]);
    expect(names(host?.keptBy)).toEqual(["Enterprise BAA", "Team Paid"]);
    expect(host).toMatchObject({ hostname: "shared.example", verified: true, reason: "shared_with_approved" });
  });

  test("stands once, and apart from its wildcard, in an order that doesn't hang on how the register came", () => {
    const entries = [
      tool("prohibited", "*.b.example b.example a.example"),
      tool("prohibited", "a.example c.b.example"),
      tool("prohibited", "keep.example z.example"),
      tool("approved_for_phi", "keep.example z.example"),
    ];
    const list = listOf(...entries);
    expect(list.listed.map(named)).toEqual(["a.example", "b.example", "*.b.example", "c.b.example"]);
    expect(list.leftOut.map(named)).toEqual(["keep.example", "z.example"]);
    expect(listOf(...entries.toReversed())).toEqual(list);
  });
});

describe("DeepSeek's own hosts", () => {
  test.each(["deepseek.com", "chat.deepseek.com", "*.deepseek.com", "deepseek.cn", "api.eu.deepseek.ai"])(
    "such as %s are listed even beside an approved tool that was given the same host",
    (name) => {
      const list = listOf(
        tool("prohibited", name, { deepseek: "own" }),
        tool("approved_for_phi", `${name} deepseek.com`),
      );
      expect(list.leftOut).toEqual([]);
      expect(list.listed.map(named)).toEqual([name]);
    },
  );

  test("are listed whatever status such a tool was given, and such a tool saves no host of another", () => {
    for (const status of STATUSES) {
      const list = listOf(tool(status, "wrapper.example", { deepseek: "own" }), tool("prohibited", "wrapper.example"));
      expect(inWords(list), status).toEqual(["wrapper.example listed"]);
    }
  });

  test("don't make a wrapper's own host theirs: another approved tool there saves it", () => {
    const list = listOf(
      tool("prohibited", "wrapper.example", { deepseek: "own" }),
      tool("not_for_phi", "wrapper.example"),
    );
    expect(inWords(list)).toEqual(["wrapper.example left out: shared_with_approved, instead managed-accounts"]);
  });
});

describe("what to do instead", () => {
  const beside = (name: string, facts: Partial<RegisterEntry>, kept = name) =>
    listOf(tool("prohibited", name, facts), tool("approved_for_phi", kept)).leftOut[0]?.instead;

  test("is the vendor's control of accounts where one is known for the host or a name above it", () => {
    expect(beside("chat.example", {})).toBe("chat-accounts");
    expect(beside("eu.chat.example", {})).toBe("chat-accounts");
    expect(beside("eu.chat.example", {}, "chat.example")).toBe("chat-accounts");
    expect(beside("chat.example.org", {})).toBe("managed-accounts");
  });

  test("is to switch off the model where only DeepSeek's weights are prohibited there, and else the accounts", () => {
    expect(beside("api.cloud.example", { deepseek: "hosted" })).toBe("cloud-models");
    expect(beside("api.cloud.example", { deepseek: "none" })).toBe("cloud-accounts");
    expect(beside("api.other.example", { deepseek: "hosted" })).toBe("managed-accounts");
    const both = listOf(
      tool("prohibited", "api.cloud.example", { deepseek: "hosted" }),
      tool("prohibited", "api.cloud.example"),
      tool("approved_for_phi", "api.cloud.example"),
    );
    expect(both.leftOut[0]?.instead).toBe("cloud-accounts");
  });
});

describe("a name that is too broad", () => {
  test.each([
    ["pages.example", "left out: anybodys_hosts, instead exact-host"],
    ["*.pages.example", "left out: anybodys_hosts, instead exact-host"],
    ["www.pages.example", "left out: anybodys_hosts, instead exact-host"],
    ["mine.pages.example", "listed"],
    ["search.example", "left out: carries_much_else, instead search-features"],
    ["chat.search.example", "listed"],
    ["console.cloud.example", "left out: carries_much_else, instead cloud-accounts"],
    ["cloud.example", "left out: carries_much_else, instead cloud-accounts"],
    ["api.cloud.example", "listed"],
  ])("%s is %s", (name, outcome) => {
    expect(inWords(listOf(tool("prohibited", name)))).toEqual([`${name} ${outcome}`]);
    expect(listOf(tool("prohibited", name)).leftOut[0]?.keptBy ?? []).toEqual([]);
  });

  test("says first of all that an approved tool needs it", () => {
    const list = listOf(tool("prohibited", "search.example"), tool("not_for_phi", "search.example"));
    expect(list.leftOut[0]).toMatchObject({ reason: "shared_with_approved" });
  });
});

test("no listed name is, covers or lies below a name of an approved tool, in 300 registers of all sorts", () => {
  const random = mulberry32(7);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const label = () => pick(["a", "b", "c", "api", "www"]);
  const name = () => {
    const labels = Array.from({ length: 1 + Math.floor(random() * 3) }, label);
    return `${random() < 0.2 ? "*." : ""}${labels.join(".")}.${pick(["example", "test.example", "deepseek.com"])}`;
  };
  for (let round = 0; round < 300; round += 1) {
    const entries = Array.from({ length: 12 }, () =>
      tool(pick(STATUSES), [...new Set([name(), name()])].join(" "), { deepseek: pick(DEEPSEEK_RELATIONS) }),
    );
    const { listed, leftOut } = listOf(...entries);
    const approved = entries
      .filter(
        ({ status, deepseek }) => (status === "approved_for_phi" || status === "not_for_phi") && deepseek !== "own",
      )
      .flatMap(({ hostnames }) => hostnames.map((host) => host.name.replace("*.", "")));
    const touches = (host: string) =>
      approved.some((kept) => `.${kept}`.endsWith(`.${host}`) || `.${host}`.endsWith(`.${kept}`));
    const ordinary = (host: { hostname: string }) => !host.hostname.endsWith("deepseek.com");
    expect(listed.filter(ordinary).filter(({ hostname }) => touches(hostname))).toEqual([]);
    expect(leftOut.filter(({ hostname }) => !touches(hostname))).toEqual([]);
    const prohibited = entries.filter(({ status, deepseek }) => status === "prohibited" || deepseek === "own");
    const names = new Set(prohibited.flatMap(({ hostnames }) => hostnames.map((host) => host.name)));
    expect(new Set([...listed, ...leftOut].map(named))).toEqual(names);
  }
});

test("an empty register makes an empty list", () => {
  expect(listOf()).toEqual({ listed: [], leftOut: [] });
});

test("20,000 tools, half of them on one approved domain, make one list", () => {
  const entries = Array.from({ length: 20_000 }, (_, index) =>
    tool(
      index % 2 === 0 ? "prohibited" : "approved_for_phi",
      index % 4 < 2 ? `h${index}.big.example big.example` : `h${index}.example`,
    ),
  );
  const { listed, leftOut } = listOf(...entries);
  expect(listed.length + leftOut.length).toBe(10_001);
  expect(leftOut.every(({ hostname }) => hostname.endsWith("big.example"))).toBe(true);
});

/** A small generator with a seed, so that a failure can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
