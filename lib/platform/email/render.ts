import { Worker } from "node:worker_threads";

export type LetterShape = {
  readonly locale: string;
  readonly subject: string;
  readonly lines: readonly string[];
  readonly items: readonly string[];
  readonly action: { readonly label: string; readonly href: string };
  readonly footer: readonly string[];
};

export type LetterAsked = { readonly id: number; readonly letter: LetterShape };
export type LetterSet = { readonly id: number; readonly html: string; readonly text: string };

type Waiting = { readonly settle: (set: LetterSet) => void; readonly fail: (error: Error) => void };

const WORKER = new URL("./worker.ts", import.meta.url);

let kept: { readonly thread: Worker; readonly waiting: Map<number, Waiting> } | undefined;
let asked = 0;

/** Sets a letter as HTML and as plain text. The same letter gives the same bytes. */
export function renderLetter(letter: LetterShape): Promise<LetterSet> {
  kept ??= startThread();
  const { thread, waiting } = kept;
  asked += 1;
  const id = asked;
  return new Promise((settle, fail) => {
    waiting.set(id, { settle, fail });
    thread.ref();
    thread.postMessage({ id, letter } satisfies LetterAsked);
  });
}

// In a thread of its own, without the parent's flags: under the condition in which our scripts load server code, React
// can't write HTML.
function startThread() {
  const waiting = new Map<number, Waiting>();
  const thread = new Worker(WORKER, { execArgv: [] });
  const failAll = (error: Error) => {
    kept = undefined;
    for (const { fail } of waiting.values()) fail(error);
    waiting.clear();
  };
  thread.on("message", (set: LetterSet) => {
    waiting.get(set.id)?.settle(set);
    waiting.delete(set.id);
    if (waiting.size === 0) thread.unref();
  });
  thread.on("error", failAll);
  thread.on("exit", () => failAll(new Error("the thread that sets letters has ended")));
  return { thread, waiting };
}
