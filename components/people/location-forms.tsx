"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction, type FormState } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";

type Place = { readonly name: string; readonly address: string };

function PlaceFields({ state, place }: { state: FormState; place?: Place }) {
  const t = useTranslations("people");
  return (
    <>
      <TextField {...bindField(state, "name", place?.name)} label={t("column.name")} required />
      <TextareaField
        {...bindField(state, "address", place?.address)}
        label={t("locations.address")}
        labelNote={t("optional")}
        rows={3}
      />
    </>
  );
}

/** One more place of the clinic. */
export function AddLocationForm({ add }: { add: FormAction }) {
  const t = useTranslations("people.locations");
  return (
    <Form action={add} submitLabel={t("add")}>
      {(state) => <PlaceFields state={state} />}
    </Form>
  );
}

type ChangeLocationFormsProps = {
  change: FormAction;
  close: FormAction;
  location: Place & { readonly id: string; readonly version: number };
};

/** Another name or address for a place, and its closing. */
export function ChangeLocationForms({ change, close, location }: ChangeLocationFormsProps) {
  const t = useTranslations("people.locations");
  const hidden = (
    <>
      <input type="hidden" name="locationId" value={location.id} />
      <input type="hidden" name="version" value={location.version} />
    </>
  );
  return (
    <div className="space-y-8">
      <Form action={change} submitLabel={t("change")}>
        {(state) => (
          <>
            {hidden}
            <PlaceFields state={state} place={location} />
          </>
        )}
      </Form>
      <div>
        <Form action={close} submitLabel={t("close")} variant="danger" guard={false} scope="close">
          {() => hidden}
        </Form>
        <p className="mt-1 text-muted text-sm">{t("closeHelp")}</p>
      </div>
    </div>
  );
}
