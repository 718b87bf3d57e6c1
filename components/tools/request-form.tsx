"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, startTransition, useActionState, useEffect, useState } from "react";
import { isRefused, Refused } from "#components/layout/refused.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { type DraftValues, takeDraftAt } from "#components/ui/drafts.ts";
import { FormMessage } from "#components/ui/form-message.tsx";
import { bindField, type FormAction, type FormState } from "#components/ui/form-state.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { UnsavedChanges } from "#components/ui/unsaved-changes.tsx";
import type { Instead } from "#lib/domain/tools/look-up/schema.ts";
import type { EarlierAnswer, GoesIn, Similar } from "#lib/domain/tools/requests/schema.ts";
import type { ToolSaid } from "#lib/domain/tools/schema.ts";
import { EarlierAnswers } from "./earlier-answers.tsx";
import { type AskingPaths, NamedTool, RequestSimilar } from "./request-similar.tsx";
import { standingLook } from "./status-badge.tsx";

/** What is known of the tool that is asked for, between the two steps. */
export type ShownAsking = {
  readonly asked: ToolSaid | null;
  readonly hostname: string;
  readonly toolId: string | null;
  readonly catalogueKey: string | null;
  readonly isDeepseeksOwn: boolean;
  readonly similar: Similar;
  readonly answers: readonly EarlierAnswer[];
  readonly instead: readonly Instead[];
};

export type AskingState = FormState & { readonly asking?: ShownAsking | undefined };
export type AskingAction = (previous: AskingState, form: FormData) => Promise<AskingState>;

type RequestFormProps = {
  ask: AskingAction;
  support: FormAction;
  /** Where a link named the tool already. */
  initial: ShownAsking | undefined;
  /** What may go in, in order; a link may have chosen already. */
  choices: readonly GoesIn[];
  goesIn: GoesIn | undefined;
  paths: AskingPaths;
};

/** A request in two steps: which tool, then what for. Both are plain forms, so that no script is needed. */
export function RequestForm({ ask, initial, choices, goesIn, ...shown }: RequestFormProps) {
  const t = useTranslations("requests.before");
  const [answered, submit] = useActionState(ask, initial === undefined ? {} : { asking: initial });
  const draft = useKeptRequest(submit);
  const isBack = draft !== null && Object.keys(answered).length === 0;
  const state = isBack ? { values: draft } : answered;
  const { asking } = state;
  if (asking === undefined || asking.asked === null)
    return <WhichTool key={isBack ? "back" : "own"} state={state} submit={submit} isBack={isBack} />;
  if (asking.isDeepseeksOwn) return <NeverDeepseek asking={asking} named={asking.asked} paths={shown.paths} />;
  return (
    <div className="space-y-6">
      {asking.answers.length > 0 && (
        <section aria-labelledby="before" className="rounded-md border px-4 py-3">
          <h2 id="before" className="font-semibold">
            {t("title")}
          </h2>
          <EarlierAnswers answers={asking.answers} lookUpPath={shown.paths.lookUp} />
        </section>
      )}
      <RequestSimilar
        {...shown}
        similar={asking.similar}
        toolId={asking.toolId}
        isAnswered={asking.answers.length > 0}
      />
      <Details
        {...{ state, submit, asking, choices, goesIn }}
        named={asking.asked}
        isBack={draft !== null && !isRefused(state)}
      />
    </div>
  );
}

/** What was typed before a session ended: the first step as it stood, the second one asked for again with all it held. */
function useKeptRequest(submit: (form: FormData) => void): DraftValues | null {
  const [draft, setDraft] = useState<DraftValues | null>(null);
  useEffect(() => {
    const kept = takeDraftAt(KEPT);
    if (kept === null) return;
    setDraft(kept);
    if (kept.step !== "send") return;
    const again = new FormData();
    for (const [name, value] of Object.entries({ ...kept, step: "look" }))
      for (const each of [value].flat()) again.append(name, each);
    startTransition(() => submit(again));
  }, [submit]);
  return draft;
}

const KEPT = "request";

type StepProps = { state: AskingState; submit: (form: FormData) => void; isBack: boolean };

function WhichTool({ state, submit, isBack }: StepProps) {
  const t = useTranslations("requests.form");
  const words = useTranslations("layout.form");
  const optional = useTranslations("requests")("optional");
  return (
    <form action={submit} noValidate data-keeps={KEPT} className="space-y-5">
      <Refused state={state} title={t("refused")} />
      <FormMessage>{isBack && words("restored")}</FormMessage>
      <UnsavedChanges question={words("unsaved")} startsDirty={isBack || isRefused(state)} attempt={state} />
      <input type="hidden" name="step" value="look" />
      <TextField
        {...bindField(state, "product")}
        label={t("product")}
        help={t("productHelp")}
        maxLength={120}
        autoComplete="off"
        autoCapitalize="words"
        required
      />
      <TextField
        {...bindField(state, "vendor")}
        label={t("vendor")}
        labelNote={optional}
        maxLength={120}
        autoComplete="off"
        autoCapitalize="words"
      />
      <TextField
        {...bindField(state, "address")}
        label={t("address")}
        labelNote={optional}
        help={t("addressHelp")}
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SubmitButton pendingLabel={t("looking")}>{t("continue")}</SubmitButton>
    </form>
  );
}

type DetailsProps = StepProps & Pick<RequestFormProps, "choices" | "goesIn"> & { asking: ShownAsking; named: ToolSaid };

function Details({ state, submit, asking, named, choices, goesIn, isBack }: DetailsProps) {
  const t = useTranslations("requests.form");
  const layout = useTranslations("layout.form");
  const words = useTranslations("requests.goesIn");
  return (
    <section aria-labelledby="details" className="space-y-5">
      <h2 id="details" className="font-semibold text-lg">
        {t("details")}
      </h2>
      <Refused state={state} title={t("refused")} />
      <form action={submit} className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <p className="min-w-0">
          <span className="text-muted">{t("asking")}</span> <NamedTool tool={named} />
          {asking.hostname !== "" && <span className="text-muted"> · {asking.hostname}</span>}
        </p>
        <Named asking={asking} state={state} />
        <SubmitButton size="small" variant="quiet" name="step" value="change" pendingLabel={t("change")}>
          {t("change")}
        </SubmitButton>
      </form>
      <form action={submit} noValidate data-keeps={KEPT} className="space-y-5">
        <FormMessage>{isBack && layout("restored")}</FormMessage>
        <UnsavedChanges question={layout("unsaved")} startsDirty={isBack || isRefused(state)} attempt={state} />
        <input type="hidden" name="step" value="send" />
        <Named asking={asking} state={state} />
        <TextareaField
          {...bindField(state, "purpose")}
          label={t("purpose")}
          help={t("purposeHelp")}
          maxLength={1000}
          rows={3}
          required
        />
        <RadioGroup
          {...bindField(state, "goesIn", goesIn)}
          label={t("goesIn")}
          choices={choices.map((value) => ({ value, label: words(value), help: t(`goesInHelp.${value}`) }))}
        />
        <SubmitButton pendingLabel={t("sending")}>{t("send")}</SubmitButton>
      </form>
    </section>
  );
}

/** Which tool it is, as the second step carries it: by its id or key where it has one, else as typed. */
function Named({ asking, state }: { asking: ShownAsking; state: AskingState }): ReactNode {
  const { toolId, catalogueKey, hostname } = asking;
  if (toolId !== null) return <input type="hidden" name="toolId" value={toolId} />;
  if (catalogueKey !== null) return <input type="hidden" name="catalogueKey" value={catalogueKey} />;
  return (
    <>
      <input type="hidden" name="product" value={bindField(state, "product").defaultValue ?? ""} />
      <input type="hidden" name="vendor" value={bindField(state, "vendor").defaultValue ?? ""} />
      <input type="hidden" name="address" value={hostname} />
    </>
  );
}

type NeverDeepseekProps = { asking: ShownAsking; named: ToolSaid; paths: AskingPaths };

/** DeepSeek's own is answered at once: why not, and what to use instead. */
function NeverDeepseek({ asking, named, paths }: NeverDeepseekProps) {
  const t = useTranslations("requests.form");
  return (
    <div className="space-y-4">
      <Callout tone="critical" role="alert" title={t("deepseekTitle", { product: named.product })}>
        {t("deepseek")}
      </Callout>
      {asking.instead.length > 0 && <UseInstead tools={asking.instead} path={paths.lookUp} />}
      <LinkButton href={`${paths.requests}/new`}>{t("otherTool")}</LinkButton>
    </div>
  );
}

function UseInstead({ tools, path }: { tools: readonly Instead[]; path: string }) {
  const t = useTranslations("requests");
  return (
    <section aria-labelledby="instead" className="rounded-md border px-4 py-3">
      <h2 id="instead" className="font-semibold">
        {t("similar.instead")}
      </h2>
      <ul className="mt-2 space-y-1.5">
        {tools.map((tool) => (
          <li key={tool.toolId} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
            <Link prefetch={false} className="link min-w-0" href={`${path}?tool=${tool.toolId}`}>
              <NamedTool tool={tool} />
            </Link>
            <Badge plain {...standingLook[tool.standing]}>
              {t(`standing.${tool.standing}`)}
            </Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
