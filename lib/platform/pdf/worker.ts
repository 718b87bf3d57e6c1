import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { readFonts } from "#lib/platform/pdf/fonts.ts";
import { printable } from "#lib/platform/pdf/printable.ts";
import type { PdfAnswer, PdfRequest, PdfValue } from "#lib/platform/pdf/render.ts";

const TEMPLATES = fileURLToPath(new URL("../../../content/pdf", import.meta.url));
const FIRST_COMPLAINT = /message: "((?:[^"\\]|\\.)*)"/;

const fonts = readFonts();
const compiler = NodeCompiler.create({
  workspace: TEMPLATES,
  fontArgs: [{ fontBlobs: [...fonts.sans, ...fonts.mono] }],
});

parentPort?.on("message", (request: PdfRequest) => {
  const answer = answerTo(request);
  parentPort?.postMessage(answer, "pdf" in answer ? [answer.pdf.buffer] : []);
});

function answerTo(request: PdfRequest): PdfAnswer {
  try {
    return { pdf: compile(request) };
  } catch (error) {
    return { refusal: explain(error) };
  } finally {
    // What the compiler remembers of one document is of no use to the next, and would grow without end.
    compiler.evictCache(0);
  }
}

function compile({ template, data, title, locale }: PdfRequest): Uint8Array<ArrayBuffer> {
  const document = JSON.stringify(shown({ title, locale, data }));
  const pdf = compiler.pdf(
    { mainFilePath: `${TEMPLATES}/${template}.typ`, inputs: { document }, resetRead: true },
    { pdfStandard: "ua-1" },
  );
  return new Uint8Array(pdf);
}

function shown(value: PdfValue): PdfValue {
  if (typeof value === "string") return printable(value);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shown(part)]));
  }
  return value;
}

/** Typst's complaint: while laying out it comes as the error's code, while writing the PDF inside its message. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message === "" && "code" in error) return String(error.code).trim();
  return FIRST_COMPLAINT.exec(error.message)?.[1] ?? error.message;
}
