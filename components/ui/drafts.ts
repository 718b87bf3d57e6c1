// What was typed in a tab, for when its session has ended: kept in the tab alone, until it is closed or the same person
// is back. Another who signs in there meanwhile never sees it.

/** Said before the page is left although it has unsaved changes: they are kept. */
export const LEAVING = "wardbook:leaving";

const STORE = "wardbook-draft";

export type DraftValues = Record<string, string | string[]>;
type Kept = { keeper: string; address: string; forms: Record<string, DraftValues> };

/** Keeps what is typed in the page's forms and not saved. */
export function keepDrafts(): void {
  const forms: Record<string, DraftValues> = {};
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-dirty]")) {
    forms[placeOf(form)] = valuesOf(new FormData(form));
  }
  const keeper = keeperHere();
  window.dispatchEvent(new Event(LEAVING));
  if (keeper === null || Object.keys(forms).length === 0) return;
  const kept: Kept = { keeper, address: addressHere(), forms };
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // More than a tab may store, or a browser that stores nothing: signing out can't wait for it.
  }
}

/** What was kept of this form, once; null when there is nothing, or when it is another person's. */
export function takeDraft(form: HTMLFormElement): DraftValues | null {
  return takeDraftAt(placeOf(form));
}

/** The same by the name that a form gives itself (`data-keeps`), where the form may not be on the page yet. */
export function takeDraftAt(place: string): DraftValues | null {
  const kept = read();
  if (kept === null) return null;
  if (kept.keeper !== keeperHere()) {
    sessionStorage.removeItem(STORE);
    return null;
  }
  const values = kept.address === addressHere() ? kept.forms[place] : undefined;
  if (values === undefined) return null;
  const { [place]: _taken, ...forms } = kept.forms;
  if (Object.keys(forms).length === 0) sessionStorage.removeItem(STORE);
  else sessionStorage.setItem(STORE, JSON.stringify({ ...kept, forms }));
  return values;
}

function read(): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

// Who is signed in, as the page names them: the same for one person, and no use for anything else.
function keeperHere(): string | null {
  return document.querySelector<HTMLElement>("[data-keeper]")?.dataset.keeper ?? null;
}

function addressHere(): string {
  return `${window.location.pathname}${window.location.search}`;
}

function placeOf(form: HTMLFormElement): string {
  return form.dataset.keeps || String([...document.querySelectorAll("form[data-keeps]")].indexOf(form));
}

function valuesOf(form: FormData): DraftValues {
  const values: DraftValues = {};
  for (const name of new Set(form.keys())) {
    if (/password|token/i.test(name) || name.startsWith("$ACTION")) continue;
    const all = form.getAll(name).filter((value) => typeof value === "string");
    values[name] = all.length === 1 ? (all[0] ?? "") : all;
  }
  return values;
}
