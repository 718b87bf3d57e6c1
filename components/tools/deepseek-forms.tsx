"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextareaField } from "#components/ui/textarea.tsx";

type NarrowFormProps = {
  narrow: FormAction;
  tool: { readonly id: string; readonly version: number };
};

/** Takes one hosted surface out of the DeepSeek blanket, with a rationale. */
export function NarrowForm({ narrow, tool }: NarrowFormProps) {
  const t = useTranslations("tools.deepseek");
  return (
    <Form action={narrow} submitLabel={t("narrow")} scope="narrow">
      {(state) => (
        <>
          <input type="hidden" name="toolId" value={tool.id} />
          <input type="hidden" name="version" value={tool.version} />
          <TextareaField
            {...bindField(state, "rationale")}
            scope="narrow"
            label={t("rationale")}
            help={t("rationaleHelp")}
            rows={5}
            required
          />
        </>
      )}
    </Form>
  );
}

type ApproveNarrowingFormProps = { approve: FormAction; narrowingId: string; own: boolean };

/** The second person's yes to a proposed narrowing, or the proposer's own where nobody else is asked for any more. */
export function ApproveNarrowingForm({ approve, narrowingId, own }: ApproveNarrowingFormProps) {
  const t = useTranslations("tools.deepseek");
  return (
    <Form action={approve} submitLabel={own ? t("putInForce") : t("approve")} guard={false} scope="approve">
      {() => <input type="hidden" name="narrowingId" value={narrowingId} />}
    </Form>
  );
}

type DeclineNarrowingFormProps = { decline: FormAction; narrowingId: string };

/** The second person's no to a proposed narrowing. */
export function DeclineNarrowingForm({ decline, narrowingId }: DeclineNarrowingFormProps) {
  const t = useTranslations("tools.deepseek");
  return (
    <Form action={decline} submitLabel={t("decline")} variant="danger" scope="decline">
      {(state) => (
        <>
          <input type="hidden" name="narrowingId" value={narrowingId} />
          <TextareaField
            {...bindField(state, "reason")}
            scope="decline"
            label={t("declineReason")}
            help={t("restoreHelp")}
            rows={3}
            required
          />
        </>
      )}
    </Form>
  );
}

type RestoreFormProps = { restore: FormAction; toolId: string; proposed: boolean };

/** Ends a narrowing, or takes its proposal back. */
export function RestoreForm({ restore, toolId, proposed }: RestoreFormProps) {
  const t = useTranslations("tools.deepseek");
  return (
    <Form action={restore} submitLabel={proposed ? t("withdraw") : t("restore")} variant="danger" scope="restore">
      {(state) => (
        <>
          <input type="hidden" name="toolId" value={toolId} />
          <TextareaField
            {...bindField(state, "reason")}
            scope="restore"
            label={t("restoreReason")}
            help={t("restoreHelp")}
            rows={3}
            required
          />
        </>
      )}
    </Form>
  );
}
