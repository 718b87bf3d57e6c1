"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import type { HitKind, SearchAnswer } from "#lib/domain/calendar/search/schema.ts";
import type { Jump } from "./shortcut-keys.ts";

type Found = { readonly key: string; readonly href: string; readonly name: string; readonly detail: string };
type Group = { readonly value: HitKind | "page"; readonly items: readonly Found[] };

type SearchDialogProps = {
  jumps: readonly Jump[];
  /** The clinic's own address, and what answers for it. */
  home: string;
  answers: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Any tool, vendor, request, policy, entry or page by its name; the keyboard is enough. */
export default function SearchDialog({ jumps, home, answers, open, onOpenChange }: SearchDialogProps) {
  const t = useTranslations("layout.find");
  const router = useRouter();
  const [q, setQ] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const { answer, state } = useAnswer(answers, q.trim());
  const groups = q.trim() === "" ? [] : groupsOf(q, jumps, home, answer);
  function follow(found: Found) {
    onOpenChange(false);
    setQ("");
    router.push(found.href);
  }
  return (
    <Dialog title={t("title")} closeLabel={t("close")} open={open} onOpenChange={onOpenChange} initialFocus={box}>
      <Autocomplete.Root
        open
        inline
        items={groups}
        mode="none"
        autoHighlight="always"
        keepHighlight
        value={q}
        onValueChange={(value, { reason }) => {
          // Choosing an item would write its name into the box.
          if (reason !== "item-press") setQ(value);
        }}
        itemToStringValue={(found: Found) => found.name}
      >
        <Autocomplete.Input
          ref={box}
          type="search"
          aria-label={t("label")}
          placeholder={t("label")}
          maxLength={200}
          className="min-h-10 w-full rounded-md border border-line-strong bg-surface px-3 pointer-coarse:min-h-11"
        />
        <Autocomplete.List aria-label={t("found")} className="mt-3 max-h-80 space-y-3 overflow-y-auto">
          {(group: Group) => (
            <Autocomplete.Group key={group.value} items={group.items}>
              <Autocomplete.GroupLabel className="px-2 pb-1 font-medium text-muted text-xs">
                {t(`kind.${group.value}`)}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(found: Found) => (
                  <Autocomplete.Item
                    key={found.key}
                    value={found}
                    onClick={() => follow(found)}
                    className="flex min-h-8 cursor-pointer flex-wrap items-baseline gap-x-2 rounded-sm px-2 py-1 text-sm data-highlighted:bg-accent-soft pointer-coarse:min-h-11"
                  >
                    <span className="wrap-anywhere">{found.name}</span>
                    {found.detail !== "" && <span className="text-muted text-xs">{found.detail}</span>}
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
        <p role="status" className="mt-3 text-muted text-sm">
          {t(said(q, groups, state))}
        </p>
      </Autocomplete.Root>
    </Dialog>
  );
}

type State = "idle" | "asking" | "answered" | "failed";

function said(q: string, groups: readonly Group[], state: State): string {
  if (state === "failed") return "failed";
  if (q.trim() === "") return "begin";
  if (groups.length > 0) return "keys";
  return state === "answered" ? "nothing" : "asking";
}

/** What the clinic has by that name. An answer to what was typed before is dropped. */
function useAnswer(answers: string, q: string): { answer: SearchAnswer; state: State } {
  const [known, setKnown] = useState<{ q: string; answer: SearchAnswer; state: State }>({
    ...{ q: "", answer: { hits: [] }, state: "idle" },
  });
  useEffect(() => {
    if (q === "") return;
    const asking = new AbortController();
    // A word is typed in less than this; only what stands is asked for.
    const pause = setTimeout(async () => {
      try {
        const response = await fetch(`${answers}?q=${encodeURIComponent(q)}`, { signal: asking.signal });
        if (!response.ok) throw new Error(`the search answered ${response.status}`);
        setKnown({ q, answer: (await response.json()) as SearchAnswer, state: "answered" });
      } catch {
        if (!asking.signal.aborted) setKnown({ q, answer: { hits: [] }, state: "failed" });
      }
    }, 150);
    return () => {
      clearTimeout(pause);
      asking.abort();
    };
  }, [answers, q]);
  return known.q === q ? known : { answer: known.answer, state: "asking" };
}

function groupsOf(q: string, jumps: readonly Jump[], home: string, { hits }: SearchAnswer): Group[] {
  const typed = q.trim().toLowerCase();
  const pages = jumps.filter(({ label }) => label.toLowerCase().includes(typed));
  const kinds = [...new Set(hits.map(({ kind }) => kind))];
  return [
    ...kinds.map((kind) => ({
      value: kind,
      items: hits
        .filter((hit) => hit.kind === kind)
        .map(({ id, path, name, detail }) => ({ key: `${kind} ${id}`, href: `${home}${path}`, name, detail })),
    })),
    ...(pages.length === 0
      ? []
      : [
          {
            value: "page" as const,
            items: pages.map(({ href, label }) => ({ key: `page ${href}`, href, name: label, detail: "" })),
          },
        ]),
  ];
}
