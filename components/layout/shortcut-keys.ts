/** `key` after `g`: { key: "t", href: "/c/harbor/tools", label: "Tools" }. */
export type Jump = { key: string; href: string; label: string };

export type Shortcut = { kind: "help" } | { kind: "search" } | { kind: "go" } | { kind: "jump"; href: string };

type Listening = {
  jumps: readonly Jump[];
  /** Turned off by the person; `?` stays, as the way to turn them on again. */
  enabled: boolean;
  /** `g` was pressed just before. */
  afterGo: boolean;
};

/** What a key press asks for, if it is a shortcut and not somebody typing. */
export function readShortcut(event: KeyboardEvent, listening: Listening): Shortcut | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return undefined;
  if (event.key === "?") return { kind: "help" };
  if (!listening.enabled) return undefined;
  if (listening.afterGo) {
    const jump = listening.jumps.find((candidate) => candidate.key === event.key.toLowerCase());
    return jump && { kind: "jump", href: jump.href };
  }
  if (event.key === "/") return { kind: "search" };
  return event.key === "g" ? { kind: "go" } : undefined;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role=dialog], [role=menu]")) return true;
  return target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}
