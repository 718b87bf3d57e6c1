"use client";

import { useEffect, useRef } from "react";
import { LEAVING } from "./drafts.ts";

type UnsavedChangesProps = {
  /** "Leave without saving?" with what would be lost. */
  question: string;
  /** The form came back refused: what it holds is not saved though nobody has typed since. */
  startsDirty?: boolean | undefined;
  /** Anything that is new after each try to send the form. */
  attempt?: unknown;
};

/** Put inside a form: asks before a link or the closing of the page throws away what was typed. */
export function UnsavedChanges({ question, startsDirty = false, attempt }: UnsavedChangesProps) {
  const marker = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refused attempt leaves the form unsaved anew
  useEffect(() => {
    const form = marker.current?.closest("form");
    if (!form) return;
    let dirty = startsDirty;
    const mark = (is: boolean) => {
      dirty = is;
      // Where who is signed out finds what has to be kept.
      form.toggleAttribute("data-dirty", is);
    };
    mark(startsDirty);
    const listening = new AbortController();
    const { signal } = listening;
    form.addEventListener("input", () => mark(true), { signal });
    form.addEventListener("submit", () => mark(false), { signal });
    window.addEventListener(LEAVING, () => mark(false), { signal });
    window.addEventListener(
      "beforeunload",
      (event) => {
        if (dirty) event.preventDefault();
      },
      { signal },
    );
    // Before Next's own handler, which would already be on its way.
    document.addEventListener(
      "click",
      (event) => {
        if (!dirty || !leavesThePage(event) || window.confirm(question)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      { signal, capture: true },
    );
    return () => listening.abort();
  }, [question, startsDirty, attempt]);
  return <span ref={marker} hidden />;
}

function leavesThePage(event: MouseEvent): boolean {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return false;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.href || link.target === "_blank" || link.hasAttribute("download")) return false;
  const here = new URL(window.location.href);
  const there = new URL(link.href, here);
  return there.pathname !== here.pathname || there.search !== here.search || there.origin !== here.origin;
}
