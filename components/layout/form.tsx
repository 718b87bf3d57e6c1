"use client";

import { useTranslations } from "next-intl";
import {
  Fragment,
  type ReactNode,
  type SubmitEvent,
  useActionState,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { isOffline, ONLINE_AT_FIRST, watchConnection } from "#components/layout/connection.ts";
import { tellRefused } from "#components/layout/refusals.ts";
import { isRefused, Refused } from "#components/layout/refused.tsx";
import type { ButtonVariant } from "#components/ui/button-style.ts";
import { takeDraft } from "#components/ui/drafts.ts";
import { FormMessage } from "#components/ui/form-message.tsx";
import { bytesOf, FORM_BYTES_MAX, type FormAction, type FormState, withKept } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { UnsavedChanges } from "#components/ui/unsaved-changes.tsx";

type FormProps = {
  action: FormAction;
  submitLabel: ReactNode;
  variant?: ButtonVariant | undefined;
  pendingLabel?: string | undefined;
  /** What has not happened, where "nothing was saved" doesn't say it: a sign-in. */
  refusedTitle?: string | undefined;
  /** Beside the button: a way out, a second submit button. */
  actions?: ReactNode;
  /** Off for what loses nothing: a search, a sign-in, a single button. */
  guard?: boolean | undefined;
  /** It has done what it was for: only its answer is left to read. */
  closed?: boolean | undefined;
  /** Same as the fields' `scope`, where two forms on a page share field names. */
  scope?: string | undefined;
  /** What it is about, as it stands: once that has changed, a refusal from before is over, and what was typed stays. */
  about?: string | number | undefined;
  children?: ((state: FormState) => ReactNode) | undefined;
};

/** The one form pattern: what went wrong on top and beside each field, what was typed kept, sent once. */
export function Form({
  action,
  submitLabel,
  variant,
  pendingLabel,
  refusedTitle,
  actions,
  guard = true,
  closed = false,
  scope,
  about,
  children,
}: FormProps) {
  const t = useTranslations("layout.form");
  const [answered, submit] = useActionState(action, {});
  const [sent, setSent] = useState<FormData | null>(null);
  const [sentAbout, setSentAbout] = useState(about);
  const [stopped, setStopped] = useState<Stopped | null>(null);
  const offline = useSyncExternalStore(watchConnection, isOffline, ONLINE_AT_FIRST);
  const element = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<FormState["values"] | null>(null);
  useEffect(() => {
    if (guard && element.current) setDraft(takeDraft(element.current));
  }, [guard]);
  useEffect(() => {
    if (isRefused(answered)) tellRefused();
  }, [answered]);
  const isBack = draft !== null && sent === null;
  const heldBack = stopped?.by === "offline" && !offline ? undefined : stopped?.state;
  const told = heldBack ?? (isBack ? { values: draft, done: t("restored") } : answered);
  // One that offers to look again has to stay until that was done, and says so then.
  const state = sentAbout === about || told.stale ? told : withoutRefusal(told);
  function keepOrStop(event: SubmitEvent<HTMLFormElement>) {
    const form = new FormData(event.currentTarget);
    const hindrance = hindranceOf(form);
    const noDays = Object.fromEntries(unreadable(event.currentTarget).map((name) => [name, t("noSuchDay")]));
    if (hindrance !== null) setStopped({ by: hindrance, state: { ...answered, errors: {}, message: t(hindrance) } });
    else if (Object.keys(noDays).length > 0)
      setStopped({ by: "unreadable", state: { ...answered, errors: noDays, message: undefined } });
    else setStopped(null);
    if (hindrance !== null || Object.keys(noDays).length > 0) event.preventDefault();
    setSent(form);
    setSentAbout(about);
  }
  return (
    <form
      ref={element}
      action={submit}
      onSubmit={keepOrStop}
      noValidate
      data-keeps={guard ? "" : undefined}
      data-says-offline=""
      className="space-y-5"
    >
      <Refused state={state} title={refusedTitle} scope={scope} />
      <FormMessage>{state.done}</FormMessage>
      {guard && <UnsavedChanges question={t("unsaved")} startsDirty={isBack || isRefused(told)} attempt={told} />}
      {/* Fields take a default once: what came back needs new ones. */}
      <Fragment key={draft === null ? "own" : "back"}>{children?.(withKept(state, sent))}</Fragment>
      {!closed && (
        <div className="flex flex-wrap items-center gap-2">
          <SubmitButton variant={variant} pendingLabel={pendingLabel ?? t("pending")}>
            {submitLabel}
          </SubmitButton>
          {actions}
        </div>
      )}
    </form>
  );
}

function withoutRefusal({ errors: _errors, message: _message, link: _link, ...state }: FormState): FormState {
  return state;
}

type Hindrance = "offline" | "tooLarge";

/** What a form says that was not sent. */
type Stopped = { readonly by: Hindrance | "unreadable"; readonly state: FormState };

/** Why a form is not sent at all. */
function hindranceOf(form: FormData): Hindrance | null {
  if (isOffline()) return "offline";
  // The server would not read it to its end, and so could not say what is wrong with it.
  return bytesOf(form) > FORM_BYTES_MAX ? "tooLarge" : null;
}

/** The fields that hold something which the browser can't read, a 30 February: it would send them as if nobody had typed. */
function unreadable(form: HTMLFormElement): string[] {
  return [...form.querySelectorAll("input")].filter(({ validity }) => validity.badInput).map(({ name }) => name);
}
