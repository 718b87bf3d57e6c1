import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { printable } from "#lib/platform/pdf/printable.ts";
import { type PdfFailed, renderPdf } from "#lib/platform/pdf/render.ts";
import { type Item, type SoleDecision, startHere } from "./start-here-data.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const LONG_WORD = "Xy9".repeat(3_400);
const HOSTILE = "🙂 漢字 שלום \u202egnp.exe #let x = 1 ] [ $ ` \\ @a <b> \ufeff\u0000 #panic()";

const items: Item[] = Array.from({ length: 64 }, (_, index) => ({
  item: index + 1,
  rule: index < 40 ? "security" : index < 54 ? "privacy" : "breach",
  citation: "45 CFR 164.308(a)(1)(ii)(A)",
  title: index === 0 ? HOSTILE : `What the clinic keeps of item ${index + 1}`,
  status: index % 5 === 4 ? "none" : index % 5 === 2 ? "partly" : "answered",
  files:
    index % 5 === 4
      ? []
      : Array.from({ length: (index % 7) + 1 }, (_, file) => `data/02-policies/p${index}-v${file}.pdf`),
  events: index * 31,
}));

function decisions(count: number): SoleDecision[] {
  return Array.from({ length: count }, (_, index) => ({
    on: "3 Mar 2026",
    decision: "Approved for patient data",
    subject: index === 1 ? LONG_WORD : `Tool no. ${count - index}`,
    by: index === 2 ? HOSTILE : "Dr. Ana María Peña",
    event: 9_000 - index,
  }));
}

const hostile = startHere({
  clinic: `Harbor Family 🙂 ${"]".repeat(200)}`,
  items,
  soleDecisions: decisions(600),
  checkpoint: ["wardbook.example.com/c/1/1", "42", HOSTILE, "", "— wardbook.example.com/c/1/1 AAAA"],
});

function textOf(pdf: Uint8Array): string {
  return execFileSync("pdftotext", ["-", "-"], { input: pdf, encoding: "utf8", maxBuffer: 2 ** 26 });
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync(tool, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("START-HERE.pdf with everything a person could type", () => {
  let pdf: Uint8Array;
  beforeAll(async () => {
    pdf = await renderPdf(hostile);
  });

  test("is tagged, has a language and a title, and names PDF/UA-1", () => {
    const bytes = Buffer.from(pdf).toString("latin1");
    expect(bytes.startsWith("%PDF-1.7")).toBe(true);
    expect(bytes).toContain("/StructTreeRoot");
    expect(bytes).toMatch(/\/Marked true/);
    expect(bytes).toMatch(/\/Lang \(en\)/);
    expect(bytes).toMatch(/\/DisplayDocTitle true/);
    expect(bytes).toContain("<pdfuaid:part>1</pdfuaid:part>");
    expect(bytes).toContain("Evidence pack: start here");
  });

  test("is set in the fonts that are shipped", () => {
    const fonts = new Set(
      Buffer.from(pdf)
        .toString("latin1")
        .match(/(?<=\/BaseFont \/[A-Z]{6}\+)[\w-]+/g),
    );
    expect([...fonts].sort()).toEqual([
      "NotoSans-Bold",
      "NotoSans-Regular",
      "NotoSansMono-Bold",
      "NotoSansMono-Regular",
    ]);
  });

  test.skipIf(!isInstalled("pdftotext"))("says all of it, as text and not as markup", () => {
    const text = textOf(pdf);
    const words = text.replace(/\s+/g, " ");
    expect(words).toContain("⟨U+1F642⟩");
    expect(words).toContain("⟨U+6F22⟩");
    expect(words).toContain("⟨U+05E9⟩");
    expect(words).toContain("#let x = 1 ] [ $ ` \\ @a <b>");
    expect(words).toContain("#panic()");
    expect(words).toContain("The clinic keeps no record of this in Wardbook as of 22 Nov 2026.");
    expect(words).toContain("and 3 more in data/index.csv");
    expect(words).toContain("ssh-keygen -Y verify -f data/keys/allowed_signers -I evidence@wardbook.example.com \\");
    expect(words).toContain("python3 data/verify/verify.py . --key ../trusted-keys.txt");
    expect(words).toContain("Page 1 of ");
    expect(words).toContain("8,401");
    expect(words).not.toContain("{");
    expect(text.replace(/\s+/g, "")).toContain("data/02-policies/p8-v1.pdf");
  });

  test.skipIf(!isInstalled("pdftotext"))("breaks a word that is longer than the page", () => {
    const printed = textOf(pdf).match(/^[Xy9]{3,}$/gm) ?? [];
    expect(printed.length).toBeGreaterThan(100);
    expect(printed.join("") === LONG_WORD).toBe(true);
  });

  test("is the same bytes every time", async () => {
    expect(Buffer.compare(pdf, await renderPdf(hostile))).toBe(0);
  });

  test("is the same bytes in another process", async () => {
    const script = `
      const { renderPdf } = await import("#lib/platform/pdf/render.ts");
      const { createHash } = await import("node:crypto");
      const request = JSON.parse(await new Response(process.stdin).text());
      process.stdout.write(createHash("sha256").update(await renderPdf(request)).digest("hex"));`;
    const running = promisify(execFile)(
      process.execPath,
      ["--conditions=react-server", "--input-type=module", "--eval", script],
      { cwd: ROOT, env: { ...process.env, TZ: "Asia/Kathmandu", LC_ALL: "C" } },
    );
    running.child.stdin?.end(JSON.stringify(hostile));
    const { stdout } = await running;
    expect(stdout).toBe(createHash("sha256").update(pdf).digest("hex"));
  });

  test("differs when the moment it was made differs", async () => {
    const later = startHere({ createdAt: "2026-11-23T15:09:40Z" });
    expect(Buffer.compare(await renderPdf(startHere()), await renderPdf(later))).not.toBe(0);
  });
});

test("a clinic that keeps nothing gets a cover too", async () => {
  const pdf = await renderPdf(startHere({ counts: [], checkpoint: [] }));
  expect(pdf.length).toBeGreaterThan(10_000);
});

test("every character that is let through can be set: plain, bold and monospaced", async () => {
  const passing = Array.from({ length: 0x20000 }, (_, codePoint) => String.fromCodePoint(codePoint))
    .filter((character) => printable(`a${character}`) === `a${character}`)
    .map((character) => `a${character}`);
  expect(passing.length).toBeGreaterThan(3_000);
  const all = passing.join(" ");
  const item: Item = {
    item: 1,
    rule: "breach",
    citation: all,
    title: all,
    status: "answered",
    files: [all],
    events: 1,
  };
  expect((await renderPdf(startHere({ clinic: all, items: [item], checkpoint: passing }))).length).toBeGreaterThan(0);
});

test.skipIf(!isInstalled("pdftotext"))("beyond 2,000 rows stand the figures, the newest 500 and the file", async () => {
  const text = textOf(await renderPdf(startHere({ soleDecisions: decisions(2_001) }))).replace(/\s+/g, " ");
  expect(text).toContain("The newest 500 of 2,001 are shown; all of them are in data/tables/sole-decisions.csv.");
  expect(text).toContain("Tool no. 1502");
  expect(text).not.toContain("Tool no. 1501");
});

test("what the compiler remembers doesn't pile up", async () => {
  const start = process.memoryUsage.rss();
  for (let round = 0; round < 6; round += 1) {
    await renderPdf(startHere({ items, soleDecisions: decisions(600 + round) }));
  }
  expect((process.memoryUsage.rss() - start) / 2 ** 20).toBeLessThan(250);
});

describe("failing", () => {
  test("a template that is refused says why, and the next document is rendered", async () => {
    const { words: _, ...data } = startHere().data;
    const failure = await renderPdf({ ...startHere(), data }).catch((error: PdfFailed) => error);
    expect(failure).toMatchObject({ name: "PdfFailed", code: "refused", message: expect.stringContaining("words") });
    expect((await renderPdf(startHere())).length).toBeGreaterThan(0);
  });

  test("a worker that takes too long is ended, and the next document gets a fresh one", async () => {
    const slow = renderPdf(hostile, { timeoutSeconds: 0.02 });
    const next = renderPdf(startHere());
    await expect(slow).rejects.toMatchObject({
      code: "timed_out",
      message: "start-here was not rendered in 0.02 seconds; the PDF worker was ended",
    });
    expect((await next).length).toBeGreaterThan(0);
  });
});
