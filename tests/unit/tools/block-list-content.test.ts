import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { blockListOf } from "#lib/domain/tools/block-list/rules.ts";
import { BlockListContent, FALLBACK_CONTROLS, type RegisterEntry } from "#lib/domain/tools/block-list/schema.ts";
import { statusOnAdoption } from "#lib/domain/tools/rules.ts";
import { CatalogueFile, type Status } from "#lib/domain/tools/schema.ts";
import { readContent } from "#lib/platform/content/read-content.ts";

const TODAY = "2026-11-22";
const raw: unknown = parse(readFileSync("content/block-list/instead.yaml", "utf8"));
const content = BlockListContent.parse(raw);
const hosts = content.tooBroad.flatMap((group) => group.hosts);

describe("what to do instead of blocking", () => {
  test("is one file of its folder", () => {
    expect(readContent("block-list", BlockListContent)).toEqual([{ name: "instead", value: content }]);
  });

  test("has each of the answers that stand in where no control is known, which fit any host", () => {
    for (const code of Object.values(FALLBACK_CONTROLS)) {
      expect(content.controls.find((control) => control.code === code)?.hosts, code).toEqual([]);
    }
    const without = { ...content, controls: content.controls.filter(({ code }) => code !== "exact-host") };
    expect(BlockListContent.safeParse(without).error?.issues[0]?.message).toBe("is missing: exact-host");
    const twice = { ...content, controls: [...content.controls, ...content.controls.slice(0, 1)] };
    expect(BlockListContent.safeParse(twice).error?.issues[0]?.message).toBe(
      `stands twice: ${content.controls[0]?.code}`,
    );
  });

  test("names a page for each control of a vendor, a day not in the future, and no high confidence for a page without a date", () => {
    for (const { code, hosts, sources, asOf, confidence } of content.controls) {
      expect(asOf <= TODAY, code).toBe(true);
      if (hosts.length === 0) continue;
      expect(
        sources.some(({ url }) => url !== undefined),
        code,
      ).toBe(true);
      if (confidence === "high")
        expect(
          sources.some(({ title }) => /20\d\d-\d\d-\d\d/.test(title)),
          code,
        ).toBe(true);
    }
  });

  test("says all in Spanish too, in words of its own, in finished sentences", () => {
    for (const { code, does, needs, limits } of content.controls) {
      for (const said of [does, needs, limits].filter((each) => each !== undefined)) {
        expect(said.es, code).not.toBe(said.en);
        expect(`${said.en} ${said.es}`, code).toMatch(/\.$/);
        expect(said.en, code).toMatch(/\.$/);
      }
    }
  });

  test("gives a host to no two controls of a kind", () => {
    const all = content.controls.flatMap(({ kind, hosts }) => hosts.map((host) => `${kind} ${host}`));
    expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
  });
});

describe("names that are too broad", () => {
  test("stand once, without wildcards, and DeepSeek's are not among them", () => {
    expect(hosts.filter((host, index) => hosts.indexOf(host) !== index)).toEqual([]);
    expect(hosts.filter((host) => host.startsWith("*.") || host.includes("deepseek"))).toEqual([]);
  });
});

describe("a clinic that decides all that the catalogue has as it recommends", () => {
  const tools: RegisterEntry[] = readContent("catalogue", CatalogueFile).flatMap(({ value: { vendor, entries } }) =>
    entries.map((entry) => ({
      ...{ toolId: entry.key, vendor, product: entry.product, surface: entry.surface },
      ...{ deepseek: entry.deepseek, hostnames: entry.hostnames },
      status: entry.deepseek === "none" ? entry.recommendation : statusOnAdoption(entry).status,
    })),
  );
  const list = blockListOf(tools, content);
  const listed = list.listed.map(({ hostname }) => hostname);
  const leftOut = new Map(list.leftOut.map(({ hostname, reason, instead }) => [hostname, `${reason}: ${instead}`]));

  test("blocks DeepSeek and what is prohibited outright", () => {
    expect(listed).toEqual(
      expect.arrayContaining(["deepseek.com", "chat.deepseek.com", "api.deepseek.com", "character.ai", "kimi.com"]),
    );
    expect(listed).toEqual(expect.arrayContaining(["copilot.microsoft.com", "midjourney.com", "grok.com"]));
  });

  test("doesn't block what serves a prohibited plan and an approved one, and gives the vendor's control", () => {
    expect(leftOut.get("chatgpt.com")).toBe("shared_with_approved: openai-allowed-workspaces");
    expect(leftOut.get("claude.ai")).toBe("shared_with_approved: anthropic-allowed-organizations");
    expect(leftOut.get("gemini.google.com")).toBe("shared_with_approved: google-allowed-domains");
    expect(leftOut.get("bedrock-runtime.us-east-1.amazonaws.com")).toBe("shared_with_approved: aws-deny-models");
    expect(leftOut.get("ai.azure.com")).toBe("shared_with_approved: azure-approved-models");
    expect(listed).not.toEqual(expect.arrayContaining(["chatgpt.com"]));
  });

  test("keeps its search engine and the social network, of which only a part is prohibited", () => {
    expect(leftOut.get("bing.com")).toBe("carries_much_else: bing-without-chat");
    expect(leftOut.get("x.com")).toBe("carries_much_else: browser-path");
  });

  test("blocks otter.ai and perplexity.ai until it approves a plan there", () => {
    expect(listed).toEqual(expect.arrayContaining(["otter.ai", "perplexity.ai"]));
    const approved: Status = "approved_for_phi";
    const later = tools.map((tool) =>
      tool.toolId.startsWith("otter-ai-") || tool.toolId.startsWith("perplexity-")
        ? { ...tool, status: tool.status === "needs_review" ? approved : tool.status }
        : tool,
    );
    const then = blockListOf(later, content).leftOut.map(({ hostname, instead }) => `${hostname}: ${instead}`);
    expect(then).toEqual(expect.arrayContaining(["otter.ai: managed-accounts", "perplexity.ai: managed-accounts"]));
  });
});

test("a clinic that prohibited DeepSeek on other hosts and approved nothing blocks no cloud's console", () => {
  const cloud: RegisterEntry = {
    ...{
      toolId: "1",
      vendor: "AWS",
      product: "Amazon Bedrock",
      surface: "DeepSeek-R1",
      status: "prohibited",
      deepseek: "hosted",
    },
    hostnames: ["bedrock-runtime.us-east-1.amazonaws.com", "console.aws.amazon.com"].map((name) => ({
      name,
      verified: false,
    })),
  };
  const { listed, leftOut } = blockListOf([cloud], content);
  expect(listed.map(({ hostname }) => hostname)).toEqual(["bedrock-runtime.us-east-1.amazonaws.com"]);
  expect(leftOut).toMatchObject([
    { hostname: "console.aws.amazon.com", reason: "carries_much_else", instead: "aws-deny-models" },
  ]);
});
