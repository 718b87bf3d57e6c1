"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, useEffect, useState } from "react";
import { Form } from "#components/layout/form.tsx";
import { Button } from "#components/ui/button.tsx";
import { FileField } from "#components/ui/file-field.tsx";
import { bindField, type FormAction, type FormState, fieldId } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { HopFields, type HopFieldsProps, hopField, KeepFile, type TypedHop } from "./inference-path-hop-fields.tsx";

type PathFormProps = Pick<HopFieldsProps, "baas" | "fileBytesMax"> & {
  record: FormAction;
  toolId: string;
  /** The number of the newest path; 0 where there is none. */
  after: number;
  /** What the newest path says, to start from. */
  stated: { readonly statedIn: string; readonly statedOn: string; readonly file: TypedHop["file"] };
  hops: readonly TypedHop[];
  hopsMax: number;
};

/** The whole path at once, a row for each company. */
export function InferencePathForm({ record, toolId, after, stated, hops, hopsMax, ...choices }: PathFormProps) {
  const t = useTranslations("paths.form");
  return (
    <Form action={record} submitLabel={t("submit")} scope={SCOPE}>
      {(state) => (
        <>
          <input type="hidden" name="toolId" value={toolId} />
          <input type="hidden" name="after" value={after} />
          <Rows state={state} hops={hops} hopsMax={hopsMax} {...choices} />
          <Stated state={state} stated={stated} fileBytesMax={choices.fileBytesMax} />
        </>
      )}
    </Form>
  );
}

const SCOPE = "path";

type RowsProps = Pick<PathFormProps, "hops" | "hopsMax" | "baas" | "fileBytesMax"> & { state: FormState };

/** A row keeps its name wherever it is moved, so that what was typed, and refused, stays with it; the order is told beside. */
function Rows({ state, hops, hopsMax, ...choices }: RowsProps) {
  const t = useTranslations("paths.form");
  const [rows, setRows] = useState(() => rowsOf(state, hops.length));
  const [said, setSaid] = useState("");
  const [focus, setFocus] = useState<string | null>(null);
  useEffect(() => {
    if (focus === null) return;
    document.getElementById(focus)?.focus();
    setFocus(null);
  }, [focus]);

  function change(event: MouseEvent<HTMLButtonElement>, next: readonly string[], words: string, focusOn: string) {
    // The guard of unsaved changes hears of typing only.
    event.currentTarget.form?.dispatchEvent(new Event("input", { bubbles: true }));
    setRows(next);
    setSaid(words);
    setFocus(focusOn);
  }
  function add(event: MouseEvent<HTMLButtonElement>) {
    const row = nextRow(rows);
    change(
      event,
      [...rows, row],
      t("addedRow", { number: rows.length + 1 }),
      fieldId(hopField(row, "processor"), SCOPE),
    );
  }
  function remove(event: MouseEvent<HTMLButtonElement>, row: string) {
    const left = rows.filter((other) => other !== row);
    const neighbour = left[Math.min(rows.indexOf(row), left.length - 1)] ?? "";
    change(event, left, t("removedRow", { count: left.length }), fieldId(hopField(neighbour, "processor"), SCOPE));
  }
  function move(event: MouseEvent<HTMLButtonElement>, row: string, by: -1 | 1) {
    const from = rows.indexOf(row);
    const next = rows.filter((other) => other !== row);
    next.splice(from + by, 0, row);
    // At either end its own button is gone; the other one stays.
    const atEnd = from + by === 0 || from + by === rows.length - 1;
    const button = atEnd ? (by === -1 ? "down" : "up") : by === -1 ? "up" : "down";
    change(event, next, t("movedRow", { number: from + by + 1 }), `hop-${row}-${button}`);
  }

  const full = rows.length >= hopsMax;
  return (
    <div className="space-y-5" id={fieldId("hops", SCOPE)} tabIndex={-1}>
      {state.errors?.hops && <p className="font-medium text-critical text-sm">{state.errors.hops}</p>}
      {rows.map((row, index) => (
        <HopFields
          key={row}
          {...choices}
          row={row}
          number={index + 1}
          state={state}
          scope={SCOPE}
          hop={hops[Number(row) - 1] ?? null}
          actions={(name) => (
            <>
              {index > 0 && (
                <Button size="small" id={`hop-${row}-up`} onClick={(event) => move(event, row, -1)}>
                  <ArrowUp aria-hidden="true" />
                  <Named action={t("moveUp")} name={name} />
                </Button>
              )}
              {index < rows.length - 1 && (
                <Button size="small" id={`hop-${row}-down`} onClick={(event) => move(event, row, 1)}>
                  <ArrowDown aria-hidden="true" />
                  <Named action={t("moveDown")} name={name} />
                </Button>
              )}
              {rows.length > 1 && (
                <Button size="small" variant="quiet" onClick={(event) => remove(event, row)}>
                  <Trash2 aria-hidden="true" />
                  <Named action={t("remove")} name={name} />
                </Button>
              )}
            </>
          )}
        />
      ))}
      <div className="noscript:hidden">
        {full ? (
          <p className="text-muted text-sm">{t("full", { max: hopsMax })}</p>
        ) : (
          <Button onClick={add}>
            <Plus aria-hidden="true" />
            {t("add")}
          </Button>
        )}
      </div>
      {!full && (
        <noscript>
          <details>
            <summary className="link">{t("more")}</summary>
            <div className="mt-4 space-y-5">
              {spareRows(rows, hopsMax).map((row, index) => (
                <HopFields
                  key={row}
                  {...choices}
                  row={row}
                  number={rows.length + index + 1}
                  state={state}
                  scope={SCOPE}
                  hop={null}
                />
              ))}
            </div>
          </details>
        </noscript>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}

function Named({ action, name }: { action: string; name: string }) {
  return (
    <>
      {action}
      <span className="sr-only">: {name}</span>
    </>
  );
}

// A refused form comes back with its rows in their order; else a row for each company of the newest path, or two to begin with.
function rowsOf(state: FormState, count: number): readonly string[] {
  const sent = state.values?.row;
  if (sent !== undefined) return typeof sent === "string" ? [sent] : sent;
  return Array.from({ length: count || 2 }, (_, index) => String(index + 1));
}

function nextRow(rows: readonly string[]): string {
  return String(1 + Math.max(0, ...rows.map(Number)));
}

function spareRows(rows: readonly string[], max: number): string[] {
  const first = Number(nextRow(rows));
  return Array.from({ length: max - rows.length }, (_, index) => String(first + index));
}

type StatedProps = { state: FormState; stated: PathFormProps["stated"]; fileBytesMax: number };

function Stated({ state, stated, fileBytesMax }: StatedProps) {
  const t = useTranslations("paths.form");
  return (
    <div className="space-y-5 border-t pt-5">
      <TextField
        {...bindField(state, "statedIn", stated.statedIn)}
        scope={SCOPE}
        label={t("statedIn")}
        help={t("statedInHelp")}
        maxLength={300}
        required
      />
      <div className="max-w-60">
        <TextField
          {...bindField(state, "statedOn", stated.statedOn)}
          scope={SCOPE}
          type="date"
          label={t("statedOn")}
          labelNote={t("optional")}
        />
      </div>
      <KeepFile state={state} name="keptFileId" file={stated.file} />
      <FileField
        name="file"
        scope={SCOPE}
        error={state.errors?.file}
        label={t("file")}
        labelNote={t("optional")}
        help={t("fileHelp")}
        accept="application/pdf,image/png,image/jpeg"
        maxBytes={fileBytesMax}
        tooLarge={t("fileTooLarge")}
      />
    </div>
  );
}
