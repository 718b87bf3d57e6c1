import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";

export type PdfValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly PdfValue[]
  | { readonly [name: string]: PdfValue };

export type PdfRequest = Readonly<{
  /** A file of `content/pdf`, without its extension. */
  template: string;
  /** What the template prints. Each text becomes one printable line; a text of several lines goes in as a list of lines. */
  data: { readonly createdAt: string; readonly [name: string]: PdfValue };
  title: string;
  locale: string;
}>;

export type PdfAnswer = { readonly pdf: Uint8Array<ArrayBuffer> } | { readonly refusal: string };

export class PdfFailed extends Error {
  readonly code: "timed_out" | "refused" | "worker_died";

  constructor(code: PdfFailed["code"], message: string) {
    super(message);
    this.name = "PdfFailed";
    this.code = code;
  }
}

const TIMEOUT_SECONDS = 60;
/** Native code can't be interrupted: a worker that is told to end does so when the compiler returns. */
const FAREWELL_SECONDS = 10;
const WORKER = new URL("./worker.ts", import.meta.url);

let queue: Promise<unknown> = Promise.resolve();
let leaving: Promise<void> = Promise.resolve();
let resting: Worker | undefined;

/**
 * Renders a template as tagged PDF (PDF/UA-1 targeted), one document at a time, in a thread of its own. The same request
 * gives the same bytes. Throws PdfFailed.
 */
export function renderPdf(
  request: PdfRequest,
  { timeoutSeconds = TIMEOUT_SECONDS }: { timeoutSeconds?: number } = {},
): Promise<Uint8Array> {
  const rendered = queue.then(() => renderAlone(request, timeoutSeconds));
  queue = rendered.catch(() => undefined);
  return rendered;
}

async function renderAlone(request: PdfRequest, timeoutSeconds: number): Promise<Uint8Array> {
  await leaving;
  const worker = resting ?? startWorker();
  resting = undefined;
  try {
    const answer = await ask(worker, request, timeoutSeconds);
    rest(worker);
    if ("pdf" in answer) return answer.pdf;
    return fail("refused", `${request.template}.typ was refused: ${answer.refusal}`);
  } catch (error) {
    if (resting !== worker) leaving = dismiss(worker);
    throw error;
  }
}

function startWorker(): Worker {
  // Flags of the parent, such as a test runner's, mean nothing to the worker.
  const worker = new Worker(WORKER, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 512 } });
  worker.on("error", () => undefined);
  worker.once("exit", () => {
    if (resting === worker) resting = undefined;
  });
  return worker;
}

async function ask(worker: Worker, request: PdfRequest, timeoutSeconds: number): Promise<PdfAnswer> {
  const over = new AbortController();
  const { signal } = over;
  worker.ref();
  try {
    worker.postMessage(request);
    return await Promise.race([
      once(worker, "message", { signal }).then(([answer]): PdfAnswer => answer),
      once(worker, "exit", { signal }).then(() => fail("worker_died", `the PDF worker ended over ${request.template}`)),
      wait(timeoutSeconds * 1000, undefined, { signal }).then(() =>
        fail(
          "timed_out",
          `${request.template} was not rendered in ${timeoutSeconds} seconds; the PDF worker was ended`,
        ),
      ),
    ]);
  } catch (error) {
    if (error instanceof PdfFailed) throw error;
    throw new PdfFailed("worker_died", error instanceof Error ? error.message : String(error));
  } finally {
    over.abort();
  }
}

function fail(code: PdfFailed["code"], message: string): never {
  throw new PdfFailed(code, message);
}

/** An idle worker keeps its compiler warm, and doesn't keep the process alive. */
function rest(worker: Worker): void {
  resting = worker;
  worker.unref();
}

async function dismiss(worker: Worker): Promise<void> {
  const gone = new AbortController();
  const { signal } = gone;
  const patience = wait(FAREWELL_SECONDS * 1000, undefined, { signal }).catch(() => undefined);
  await Promise.race([worker.terminate(), patience]);
  gone.abort();
}
