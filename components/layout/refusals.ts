// A refused form may be the first sign that something around it is no longer so: what stands above the pages asks again then.

const REFUSED = "wardbook:refused";

export function tellRefused(): void {
  document.dispatchEvent(new Event(REFUSED));
}

/** Calls after every form that the server refused. */
export function onRefused(listener: () => void, signal: AbortSignal): void {
  document.addEventListener(REFUSED, listener, { signal });
}
