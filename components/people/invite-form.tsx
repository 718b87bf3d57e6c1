"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import type { Role } from "#lib/domain/context.ts";
import { DescribedFields, type Place } from "./described-fields.tsx";
import { OneTimeLink } from "./one-time-link.tsx";
import { OneTimeLinks } from "./one-time-links.tsx";

type InviteFormProps = {
  invite: FormAction;
  /** The roles that the person who invites may give. */
  roles: readonly Role[];
  locations: readonly Place[];
  /** Whether the link goes out by mail as soon as it is made. */
  byMail: boolean;
};

/** Invites one person; the links that come of it stand above the emptied form until the page is left. */
export function InviteForm({ invite, roles, locations, byMail }: InviteFormProps) {
  const t = useTranslations("people");
  return (
    <Form action={invite} submitLabel={t("invite.submit")}>
      {(state) => (
        <>
          <OneTimeLinks made={state.rowsShownOnce} byMail={byMail} />
          <TextField {...bindField(state, "name")} label={t("field.name")} required />
          <TextField
            {...bindField(state, "email")}
            type="email"
            label={t("field.email")}
            help={t("field.emailHelp")}
            required
          />
          <RadioGroup
            {...bindField(state, "role")}
            label={t("field.role")}
            choices={roles.map((value) => ({ value, label: t(`role.${value}`), help: t(`roleHelp.${value}`) }))}
          />
          <DescribedFields state={state} locations={locations} />
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField
              {...bindField(state, "startsOn")}
              type="date"
              label={t("field.startsOn")}
              labelNote={t("optional")}
              help={t("field.startsOnHelp")}
            />
            <TextField
              {...bindField(state, "endsOn")}
              type="date"
              label={t("field.endsOn")}
              labelNote={t("optional")}
              help={t("field.endsOnHelp")}
            />
          </div>
        </>
      )}
    </Form>
  );
}

type InvitationFormsProps = {
  renew: FormAction;
  revoke: FormAction;
  invitationId: string;
  /** Once it is not, only the new link is left to be copied. */
  isOpen: boolean;
  /** Whether a link goes out by mail as soon as it is made. */
  byMail: boolean;
};

/** A new link in the place of a lost one, and taking the invitation back. */
export function InvitationForms({ renew, revoke, invitationId, isOpen, byMail }: InvitationFormsProps) {
  const t = useTranslations("people.invitation");
  const hidden = <input type="hidden" name="invitationId" value={invitationId} />;
  return (
    <div className="space-y-6 print:hidden">
      <div>
        <Form action={renew} submitLabel={t("renew")} guard={false} closed={!isOpen} scope="renew">
          {(state) => (
            <>
              {hidden}
              <OneTimeLink link={state.shownOnce?.[0]} byMail={byMail} />
            </>
          )}
        </Form>
        {isOpen && <p className="mt-1 text-muted text-sm">{t(byMail ? "renewHelpByMail" : "renewHelp")}</p>}
      </div>
      {isOpen && (
        <div>
          <Form action={revoke} submitLabel={t("revoke")} variant="danger" guard={false} scope="revoke">
            {() => hidden}
          </Form>
          <p className="mt-1 text-muted text-sm">{t("revokeHelp")}</p>
        </div>
      )}
    </div>
  );
}
