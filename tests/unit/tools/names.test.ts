import { describe, expect, test } from "vitest";
import { deepseekRelationOf, hostnameIn, nameKeyOf, namesCovering } from "#lib/domain/tools/rules.ts";
import { listCatalogue } from "#lib/domain/tools/store.ts";

const PLAIN = {
  vendor: "Northwind Labs",
  product: "Northwind Chat",
  surface: "Team plan",
  modelFamily: "",
  hostnames: [],
};

describe("a typed tool is DeepSeek", () => {
  test.each([
    ["Deep Seek"],
    ["DEEPSEEK"],
    ["deep-seek"],
    ["Deep‑Seek"],
    ["ＤｅｅｐＳｅｅｋ"],
    ["Deep\u200bSeek"],
    ["Deep\u200dSeek"],
    ["Deep\u2060Seek"],
    ["D\u00e9epS\u00e9ek"],
    ["𝐃𝐞𝐞𝐩𝐒𝐞𝐞𝐤"],
    ["Microsoft (model: DeepSeek)"],
    ["Hangzhou DeepSeek AI"],
    ["Dеерѕеек"],
    ["DεερSεεκ"],
    ["ᴅᴇᴇᴘꜱᴇᴇᴋ"],
    ["D e e p s e e k"],
    ["深度求索"],
    ["딥시크"],
    ["ディープシーク"],
    ["Дипсик"],
    ["High-Flyer"],
    ["Highflyer Quant"],
    ["Zhejiang High Flyer Asset Management"],
    ["幻方量化"],
  ])("itself, when the vendor reads “%s”", (vendor) => {
    expect(deepseekRelationOf({ ...PLAIN, vendor })).toBe("own");
  });

  test.each([
    ["DeepSeek"],
    ["DeepSeek Chat"],
    ["DeepSeek app"],
    ["The DeepSeek app for iPhone"],
    ["DeepSeek‑V3.1"],
    ["DeepSeek R1 chat"],
    ["DeepSeek R1 70b distill"],
    ["DeepSeekChat (web, free)"],
    ["DeepSeek API"],
    ["D e e p S e e k  R1"],
    ["Dеерѕеек"],
    ["深度求索"],
  ])("itself, when the product is called “%s” and its vendor hosts nobody's models", (product) => {
    for (const vendor of ["Northwind Labs", "Google Play", "Microsoft Store", "App Store"]) {
      expect(deepseekRelationOf({ ...PLAIN, vendor, product, modelFamily: "deepseek" })).toBe("own");
    }
  });

  test.each([["DeepSeek app"], ["DeepSeek, in the browser"], ["DeepSeek's API"]])(
    "itself, when it is got at by “%s”, whatever the product is called",
    (surface) => {
      expect(deepseekRelationOf({ ...PLAIN, surface })).toBe("own");
    },
  );

  test.each([
    ["Amazon Web Services"],
    ["AWS"],
    ["Microsoft"],
    ["Together Computer, Inc."],
    ["Fireworks AI"],
    ["NVIDIA"],
  ])("weights on another host, when %s hosts it", (vendor) => {
    for (const product of ["DeepSeek", "DeepSeek R1", "DeepSeek API"])
      expect(deepseekRelationOf({ ...PLAIN, vendor, product })).toBe("hosted");
  });

  test.each([
    ["Google", "DeepSeek", "Android app"],
    ["Google", "DeepSeek", "Google Play"],
    ["Google", "DeepSeek app on Google Play", "Free"],
    ["Microsoft", "DeepSeek Chat", "app"],
    ["Microsoft", "DeepSeek R1", "Web app"],
    ["Microsoft", "Edge", "DeepSeek browser extension"],
    ["Together", "DeepSeek app", "web"],
    ["Together AI", "DeepSeek mobile", "API"],
    ["Together", "DeepSeek app", "DeepSeek"],
    ["Amazon", "DeepSeek", "The website"],
    ["NVIDIA", "DeepSeek’s site", "Free"],
    ["Amazon", "深度求索", "iOS"],
  ])("itself, when it is an app or a website of DeepSeek's, though the vendor typed is %s: “%s”, “%s”", (...names) => {
    const [vendor, product, surface] = names;
    expect(deepseekRelationOf({ ...PLAIN, vendor, product, surface })).toBe("own");
  });

  test.each([
    ["Microsoft", "DeepSeek R1", "Azure AI Foundry, web console"],
    ["Together AI", "DeepSeek-V3", "API"],
    ["Google", "DeepSeek Coder distill", "Vertex AI"],
    ["Amazon Web Services", "DeepSeek R1", "Bedrock"],
    ["Groq", "DeepSeek R1 distill 70b", "GroqCloud"],
  ])("weights on another host, when %s runs “%s” on a platform of its own: “%s”", (vendor, product, surface) => {
    expect(deepseekRelationOf({ ...PLAIN, vendor, product, surface })).toBe("hosted");
  });

  test.each([
    ["product", { product: "DeepSeek R1 on Northwind" }],
    ["product, in look-alike letters", { product: "Northwind with Dеерѕееk" }],
    ["surface", { surface: "Playground (DeepSeek‑V3)" }],
    ["surface, which names the model chosen", { surface: "DeepSeek R1" }],
    ["text about it", { why: "It passes questions on to Deep Seek." }],
    ["model family", { modelFamily: "DEEPSEEK‑R1" }],
    ["model family, with an odd hyphen and spaces", { modelFamily: "deep — seek r1" }],
  ])("weights on another host, when the %s says so", (_, fields) => {
    expect(deepseekRelationOf({ ...PLAIN, ...fields })).toBe("hosted");
  });

  test.each([
    ["chat.deepseek.com", "own"],
    ["deepseek.com", "own"],
    ["*.deepseek.com", "own"],
    ["api.eu.deepseek.com", "own"],
    ["deepseek.ai", "own"],
    ["chat.deepseek.cn", "own"],
    ["notdeepseek.com", "none"],
    ["deepseek.com.example.org", "none"],
    ["deepseek.example.com", "none"],
    ["chat.example.com", "none"],
  ])("by its host %s: %s", (hostname, relation) => {
    expect(deepseekRelationOf({ ...PLAIN, hostnames: ["chat.example.com", hostname] })).toBe(relation);
  });

  test("itself, rather than hosted, when its host says so and its name another's", () => {
    const renamed = { ...PLAIN, modelFamily: "deepseek-r1", hostnames: ["chat.deepseek.com"] };
    expect(deepseekRelationOf(renamed)).toBe("own");
  });

  test("not, when it only sounds a little like it", () => {
    for (const product of ["DeepL", "Seek Deep", "Deepgram", "Seekr", "DeepScribe", "Чат для клиник", "深度"]) {
      expect(deepseekRelationOf({ ...PLAIN, product, why: "Seeks deep in our notes." })).toBe("none");
    }
    expect(deepseekRelationOf({ ...PLAIN, vendor: "Flyer High" })).toBe("none");
    expect(deepseekRelationOf({ ...PLAIN, vendor: "Sky-high Flyers" })).toBe("none");
  });

  test("as the catalogue says, entry for entry; but of three apps that wrap it the name alone can't tell", () => {
    const other = listCatalogue().flatMap((entry) => {
      const typed = deepseekRelationOf({ ...entry, hostnames: entry.hostnames.map(({ name }) => name), why: "" });
      return typed === entry.deepseek ? [] : [`${entry.key}: ${entry.deepseek}, typed by hand ${typed}`];
    });
    expect(other).toEqual([
      "quora-poe-deepseek: own, typed by hand hosted",
      "side-panel-extensions-monica-deepseek: own, typed by hand hosted",
      "side-panel-extensions-sider-deepseek: own, typed by hand hosted",
    ]);
  });

  test("on another host at every vendor that the catalogue knows to host it, however short the product's name", () => {
    const hosts = listCatalogue().filter((entry) => entry.deepseek === "hosted" && entry.vendorKey !== "self-hosted");
    expect(hosts.length).toBeGreaterThan(3);
    for (const { vendor } of hosts)
      expect(deepseekRelationOf({ ...PLAIN, vendor, product: "DeepSeek" }), vendor).toBe("hosted");
  });
});

describe("two tools are one", () => {
  const key = (product: string) => nameKeyOf({ ...PLAIN, product });

  test.each([
    ["ChatGPT", "chatgpt"],
    ["ChatGPT", "  CHATGPT! "],
    ["ChatGPT", "Chat\u200dGPT"],
    ["ChatGPT", "Chat\u00adGPT"],
    ["ChatGPT", "ＣｈａｔＧＰＴ"],
    ["Crème AI", "Creme AI"],
    ["Cre\u0300me AI", "Crème AI"],
    ["Otter.ai", "Otter – ai"],
  ])("when “%s” and “%s” read the same", (one, other) => {
    expect(key(one)).toBe(key(other));
  });

  test.each([
    ["ChatGPT", "Chat GPT 4"],
    ["Gemini", "Gemini Pro"],
    ["日本語", "日本"],
  ])("not when “%s” and “%s” differ in a letter", (one, other) => {
    expect(key(one)).not.toBe(key(other));
  });

  test("not when only the surface differs, nor when a word moves from one field to the next", () => {
    const free = { ...PLAIN, surface: "Free" };
    expect(nameKeyOf(free)).not.toBe(nameKeyOf(PLAIN));
    expect(nameKeyOf({ vendor: "A B", product: "C", surface: "D" })).not.toBe(
      nameKeyOf({ vendor: "A", product: "B C", surface: "D" }),
    );
  });
});

describe("the host in what was typed", () => {
  test.each([
    ["https://chat.example.com/x?y=1#z", "chat.example.com"],
    ["chat.example.com", "chat.example.com"],
    ["  HTTPS://WWW.Example.COM/Path ", "example.com"],
    ["chat.example.com:8443/x", "chat.example.com"],
    ["https://user:secret@chat.example.com/patient/Jo", "chat.example.com"],
    ["chat.example.com.", "chat.example.com"],
    ["chat.example.com?patient=Jo", "chat.example.com"],
    ["wss://live.example.com/socket", "live.example.com"],
    ["someone@example.com", "example.com"],
    ["https://bücher.example/", "xn--bcher-kva.example"],
    ["例え.テスト", "xn--r8jz45g.xn--zckzah"],
    ["例え。テスト", "xn--r8jz45g.xn--zckzah"],
    ["💩.la", "xn--ls8h.la"],
    ["http://192.168.0.10:3000/", "192.168.0.10"],
    ["192.168.0.10", "192.168.0.10"],
  ])("of %s is %s", (typed, host) => {
    expect(hostnameIn(typed)).toBe(host);
  });

  test.each([
    [""],
    ["ChatGPT"],
    ["Can I use chat.example.com?"],
    ["May I? Yes. Thanks."],
    ["4.1"],
    ["GPT-4.1"],
    ["3.5"],
    ["localhost"],
    ["http://localhost:3000"],
    ["http://[::1]/"],
    ["https://"],
    ["..."],
    [".com"],
    ["a..b"],
    ["exa mple.com"],
    ["under_score.example.com"],
    ["javascript:alert(1)"],
    ["🧠.🧠.🧠 ?"],
    ["<script>.com"],
  ])("is none in %s", (typed) => {
    expect(hostnameIn(typed)).toBeNull();
  });

  test("is none in 10 kB of anything", () => {
    for (const typed of ["a.b".repeat(3_500), "x".repeat(10_000), `${"word ".repeat(2_000)}chat.example.com`]) {
      expect(hostnameIn(typed)).toBeNull();
    }
  });
});

describe("register names that speak for a host", () => {
  test("are itself, its parents of at least two labels, and wildcards over it, nearest first", () => {
    expect(namesCovering("a.chat.example.com")).toEqual([
      "a.chat.example.com",
      "www.a.chat.example.com",
      "chat.example.com",
      "example.com",
      "*.a.chat.example.com",
      "*.chat.example.com",
      "*.example.com",
    ]);
    expect(namesCovering("example.com")).toEqual(["example.com", "www.example.com", "*.example.com"]);
  });

  test("are never a bare top-level domain", () => {
    for (const host of ["a.b.c.d.com", "example.com"]) {
      expect(namesCovering(host)).not.toContain("com");
      expect(namesCovering(host)).not.toContain("*.com");
    }
  });
});
