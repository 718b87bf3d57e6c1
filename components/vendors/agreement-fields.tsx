"use client";

import { useTranslations } from "next-intl";
import { ChoiceGroup } from "#components/ui/choice-group.tsx";
import { FileField } from "#components/ui/file-field.tsx";
import { bindField, type FormState } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { SIGNATURES, type ToolNamed } from "#lib/domain/vendors/schema.ts";

/** What the fields hold before anybody types; who signed is never among it. */
export type AgreementStart = {
  readonly ourParty?: string | undefined;
  readonly theirParty?: string | undefined;
  readonly agreedOn?: string | undefined;
  readonly effectiveOn?: string | undefined;
  readonly ends?: "on" | "never" | undefined;
  readonly expiresOn?: string | undefined;
  readonly noticeDays?: number | undefined;
  readonly services?: readonly string[] | undefined;
  readonly surfaces?: readonly string[] | undefined;
  readonly note?: string | undefined;
};

type AgreementFieldsProps = {
  state: FormState;
  start: AgreementStart;
  /** The vendor's tools in the register. */
  tools: readonly ToolNamed[];
  fileBytesMax: number;
  /** In place of the usual help below the first day. */
  effectiveHelp?: string | undefined;
  /** A note that has to be there, under another name: what was wrong. */
  why?: { readonly label: string; readonly help: string } | undefined;
};

/** What an agreement says, field by field; the same for the first version and every later one. */
export function AgreementFields({ state, start, tools, fileBytesMax, effectiveHelp, why }: AgreementFieldsProps) {
  const t = useTranslations("vendors.record");
  const optional = useTranslations("vendors")("optional");
  const field = (name: string, initial?: string) => bindField(state, name, initial);
  return (
    <div className="group/agreement space-y-5">
      <TextField {...field("ourParty", start.ourParty)} label={t("ourParty")} required />
      <TextField
        {...field("theirParty", start.theirParty)}
        label={t("theirParty")}
        help={t("theirPartyHelp")}
        required
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          {...field("agreedOn", start.agreedOn)}
          type="date"
          label={t("agreedOn")}
          help={t("agreedOnHelp")}
          required
        />
        <TextField
          {...field("effectiveOn", start.effectiveOn)}
          type="date"
          label={t("effectiveOn")}
          help={effectiveHelp ?? t("effectiveOnHelp")}
          required
        />
      </div>
      <RadioGroup
        {...field("ends", start.ends)}
        label={t("ends")}
        choices={[
          { value: "on", label: t("endsOn") },
          { value: "never", label: t("endsNever") },
        ]}
      />
      {/* What never ends has no last day; without :has() the field stays, and the schema drops what is in it. */}
      <div className="max-w-60 group-has-[input[value=never]:checked]/agreement:hidden">
        <TextField
          {...field("expiresOn", start.expiresOn)}
          type="date"
          label={t("expiresOn")}
          help={t("expiresOnHelp")}
        />
      </div>
      <div className="max-w-60">
        <TextField
          {...field("noticeDays", start.noticeDays?.toString())}
          inputMode="numeric"
          label={t("noticeDays")}
          labelNote={optional}
          help={t("noticeDaysHelp")}
        />
      </div>
      <TextareaField
        {...field("services", start.services?.join("\n"))}
        label={t("services")}
        labelNote={optional}
        help={t("servicesHelp")}
        rows={3}
      />
      {tools.length > 0 ? (
        <ChoiceGroup
          type="checkbox"
          name="surfaces"
          error={state.errors?.surfaces}
          label={t("surfaces")}
          help={t("surfacesHelp")}
          selected={ticked(state, "surfaces", start.surfaces)}
          choices={tools.map((tool) => ({ value: tool.id, label: `${tool.product}, ${tool.surface}` }))}
        />
      ) : (
        <p className="text-muted text-sm">{t("noSurfaces")}</p>
      )}
      <RadioGroup
        {...field("signature")}
        label={t("signature")}
        help={t("signatureHelp")}
        choices={SIGNATURES.map((value) => ({ value, label: t(value) }))}
      />
      <TextareaField
        {...field("note", start.note)}
        label={why?.label ?? t("note")}
        labelNote={why ? undefined : optional}
        help={why?.help ?? t("noteHelp")}
        rows={3}
      />
      <FileField
        name="file"
        error={state.errors?.file}
        label={t("file")}
        labelNote={optional}
        help={t("fileHelp")}
        accept="application/pdf"
        maxBytes={fileBytesMax}
        tooLarge={t("fileTooLarge")}
      />
    </div>
  );
}

// A form that came back holds no name for boxes that were all left empty.
function ticked(state: FormState, name: string, initial: readonly string[] = []): readonly string[] {
  if (state.values === undefined) return initial;
  return [state.values[name] ?? []].flat();
}
