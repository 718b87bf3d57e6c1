"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ChoiceBox } from "#components/ui/choice-group.tsx";
import { FileField } from "#components/ui/file-field.tsx";
import { bindField, type FormState, fieldId } from "#components/ui/form-state.ts";
import { Input } from "#components/ui/input.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { type OptionGroup, SelectField } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { HOP_ROLES, type HopRole } from "#lib/domain/vendors/paths/schema.ts";
import { COVERAGES, type CoverageKind } from "#lib/domain/vendors/schema.ts";

type File = { readonly id: string; readonly name: string };

/** What a row starts from. */
export type TypedHop = {
  readonly processor: string;
  readonly role: HopRole;
  readonly place: string;
  readonly coverage: CoverageKind;
  readonly baaId: string;
  readonly shownOn: string;
  readonly shownUntil: string;
  readonly evidence: string;
  readonly file: File | null;
};

export type HopFieldsProps = {
  /** By which the row's fields are named, wherever it stands. */
  row: string;
  /** Where it stands now. */
  number: number;
  state: FormState;
  scope: string;
  hop: TypedHop | null;
  /** BAAs by vendor. */
  baas: readonly OptionGroup[];
  fileBytesMax: number;
  /** Moving and removing; named after the company. None for a row that stands where no script runs anyway. */
  actions?: ((name: string) => ReactNode) | undefined;
};

export function hopField(row: string, field: string): string {
  return `hop${row}-${field}`;
}

/** One company of a path. What its coverage asks for appears with the choice, without any script. */
export function HopFields({ row, number, state, scope, hop, baas, fileBytesMax, actions }: HopFieldsProps) {
  const t = useTranslations("paths");
  const bind = (field: string, initial?: string) => ({ ...bindField(state, hopField(row, field), initial), scope });
  const processor = bind("processor", hop?.processor);
  const withoutScript = <WithoutScript row={row} number={number} scope={scope} />;
  const [name, setName] = useState(processor.defaultValue ?? "");
  // Named in the summary of what is refused, where "Company" alone says nothing.
  const of = (label: string) => (
    <>
      {label}
      <span className="sr-only"> ({t("form.company", { number })})</span>
    </>
  );
  const title =
    name.trim() === "" ? t("form.company", { number }) : t("form.companyNamed", { number, name: name.trim() });
  return (
    <fieldset className="group/hop rounded-md border p-4">
      <legend className="px-1 font-medium wrap-anywhere">{title}</legend>
      <input type="hidden" name="row" value={row} />
      {actions && <div className="mb-3 flex flex-wrap gap-2 noscript:hidden">{actions(title)}</div>}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          {...processor}
          label={of(t("form.processor"))}
          help={t("form.processorHelp")}
          maxLength={120}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          {...bind("place", hop?.place)}
          label={of(t("form.place"))}
          labelNote={t("form.optional")}
          help={t("form.placeHelp")}
          maxLength={120}
        />
        <SelectField
          {...bind("role", hop?.role)}
          label={of(t("form.role"))}
          placeholder={t("form.chooseRole")}
          options={HOP_ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
      </div>
      <div className="mt-4 space-y-4">
        <RadioGroup
          {...bind("coverage", hop?.coverage)}
          label={of(t("form.coverage"))}
          choices={COVERAGES.map((coverage) => ({ value: coverage, label: t(`form.coverageChoice.${coverage}`) }))}
        />
        <div className="hidden border-l-2 pl-4 group-has-[input[value^=our]:checked]/hop:block">
          <SelectField
            {...bind("baaId", hop?.baaId)}
            label={of(t("form.baa"))}
            placeholder={t("form.chooseBaa")}
            help={baas.length === 0 ? t("form.noBaas") : undefined}
            options={baas}
          />
        </div>
        <div className="hidden space-y-4 border-l-2 pl-4 group-has-[input[value^=shown]:checked]/hop:block">
          <ShownFields {...{ row, state, scope, hop, of, fileBytesMax }} />
        </div>
        {/* Such elements don't nest. */}
        {actions ? <noscript>{withoutScript}</noscript> : withoutScript}
      </div>
    </fieldset>
  );
}

type ShownFieldsProps = Pick<HopFieldsProps, "row" | "state" | "scope" | "hop" | "fileBytesMax"> & {
  of: (label: string) => ReactNode;
};

/** What the vendor showed of a BAA that is not ours. */
function ShownFields({ row, state, scope, hop, of, fileBytesMax }: ShownFieldsProps) {
  const t = useTranslations("paths.form");
  const bind = (field: string, initial?: string) => ({ ...bindField(state, hopField(row, field), initial), scope });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...bind("shownOn", hop?.shownOn)} type="date" label={of(t("shownOn"))} />
        <TextField
          {...bind("shownUntil", hop?.shownUntil)}
          type="date"
          label={of(t("shownUntil"))}
          labelNote={t("optional")}
          help={t("shownUntilHelp")}
        />
      </div>
      <TextareaField
        {...bind("evidence", hop?.evidence)}
        label={of(t("evidence"))}
        help={t("evidenceHelp")}
        maxLength={1000}
        rows={2}
      />
      <KeepFile state={state} name={hopField(row, "keptFileId")} file={hop?.file ?? null} />
      <FileField
        name={hopField(row, "file")}
        scope={scope}
        error={state.errors?.[hopField(row, "file")]}
        label={of(t("hopFile"))}
        labelNote={t("optional")}
        help={t("fileHelp")}
        accept="application/pdf,image/png,image/jpeg"
        maxBytes={fileBytesMax}
        tooLarge={t("fileTooLarge")}
      />
    </>
  );
}

type KeepFileProps = { state: FormState; name: string; file: File | null };

/** A file of the path before, which the new one goes on naming unless it is struck out or another is chosen. */
export function KeepFile({ state, name, file }: KeepFileProps) {
  const t = useTranslations("paths.form");
  if (file === null) return null;
  const isKept = state.values === undefined || state.values[name] === file.id;
  return (
    <ChoiceBox
      type="checkbox"
      choice={{ value: file.id, label: t("keepFile", { name: file.name }) }}
      name={name}
      id={fieldId(name)}
      checked={isKept}
    />
  );
}

/** Moving and removing for a browser that runs no script. */
function WithoutScript({ row, number, scope }: Pick<HopFieldsProps, "row" | "number" | "scope">) {
  const t = useTranslations("paths.form");
  const order = fieldId(hopField(row, "order"), scope);
  return (
    <div className="flex flex-wrap items-end gap-4">
      <div className="w-40">
        <label htmlFor={order} className="mb-1 block font-medium text-sm">
          {t("order")}
        </label>
        <Input id={order} name={hopField(row, "order")} type="number" min={1} max={99} defaultValue={String(number)} />
      </div>
      <ChoiceBox
        type="checkbox"
        choice={{ value: "yes", label: t("drop") }}
        name={hopField(row, "drop")}
        id={fieldId(hopField(row, "drop"), scope)}
        checked={false}
      />
    </div>
  );
}
