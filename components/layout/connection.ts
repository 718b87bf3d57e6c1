// Whether the server can be reached, as far as the page knows. A browser without a network may still stand on the same
// machine as the server, or in its house: only a question that stays without an answer makes it offline.

let offline = false;
const listeners = new Set<() => void>();

export function isOffline(): boolean {
  return offline;
}

/** What a page takes to be so until its browser has been asked: it has just been fetched. */
export const ONLINE_AT_FIRST = () => false;

/** Tells of every change from now on. */
export function watchConnection(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    window.addEventListener("offline", ask);
    window.addEventListener("online", comeBack);
    if (!navigator.onLine) ask();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.removeEventListener("offline", ask);
    window.removeEventListener("online", comeBack);
  };
}

async function ask(): Promise<void> {
  // Whatever it answers, it is there. The question is no activity.
  const answered = await fetch("/api/session", { cache: "no-store", redirect: "manual" }).then(
    () => true,
    () => false,
  );
  set(!answered && !navigator.onLine);
}

function comeBack(): void {
  set(false);
}

function set(next: boolean): void {
  if (offline === next) return;
  offline = next;
  for (const listener of listeners) listener();
}
