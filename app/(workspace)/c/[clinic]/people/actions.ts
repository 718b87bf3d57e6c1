"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { beside } from "#app/beside.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { describeMember } from "#lib/domain/clinic/people/commands/describe-member.ts";
import { reinstateMember } from "#lib/domain/clinic/people/commands/reinstate-member.ts";
import { renewInvitation } from "#lib/domain/clinic/people/commands/renew-invitation.ts";
import { revokeInvitation } from "#lib/domain/clinic/people/commands/revoke-invitation.ts";
import { settleOffboarding } from "#lib/domain/clinic/people/commands/settle-offboarding.ts";
import { addLocation } from "#lib/domain/clinic/settings/commands/add-location.ts";
import { changeLocation } from "#lib/domain/clinic/settings/commands/change-location.ts";
import { closeLocation } from "#lib/domain/clinic/settings/commands/close-location.ts";
import { designateOfficer } from "#lib/domain/clinic/settings/commands/designate-officer.ts";
import { endDesignation } from "#lib/domain/clinic/settings/commands/end-designation.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { env } from "#lib/platform/env.ts";

function sendsMail(): boolean {
  return env().RESEND_API_KEY !== undefined;
}

export async function inviteMemberAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    const input = fields<Parameters<typeof inviteMember>[1]>(form);
    const { token, name, email, expiresAt, replaced } = await inviteMember(ctx, input);
    const until = momentText(expiresAt, ctx.locale, ctx.timeZone);
    const said = t(sendsMail() ? "invitedByMail" : "invited");
    const earlier =
      replaced === null
        ? []
        : [t("earlierEnded", { name: replaced.name, at: momentText(replaced.madeAt, ctx.locale, ctx.timeZone) })];
    return {
      done: [...earlier, said].join(" "),
      rowsShownOnce: [[name, email, `${env().WARDBOOK_URL}/invitation/${token}`, until]],
    };
  });
}

export async function renewInvitationAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    const { name, token } = await renewInvitation(ctx, fields(form));
    refresh();
    return {
      done: t(sendsMail() ? "renewedByMail" : "renewed", { name }),
      shownOnce: [`${env().WARDBOOK_URL}/invitation/${token}`],
    };
  });
}

export async function revokeInvitationAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    const { name } = await revokeInvitation(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/invitations`, t("revoked", { name }));
  });
}

export async function describeMemberAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    const { memberId } = await describeMember(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/${memberId}`, t("described"));
  });
}

export async function changeRoleAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    const { memberId } = await changeRole(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/${memberId}`, t("roleChanged"));
  });
}

export async function deactivateMemberAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    const { memberId, atOnce } = await deactivateMember(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/${memberId}`, t(atOnce ? "endedAtOnce" : "endPlanned"));
  });
}

export async function reinstateMemberAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    const { memberId } = await reinstateMember(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/${memberId}`, t("reinstated"));
  });
}

export async function settleOffboardingAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    const typed = (name: string) => String(form.get(name) ?? "");
    const positions = form.getAll("position").map(String);
    // The command asks whether these are states; what isn't is refused beside its item.
    const items = positions.map((position) => ({
      ...{ position, state: typed(`state-${position}`) as "done", note: typed(`note-${position}`) },
    }));
    // The command counts its items, and the form names its fields by their places.
    const fieldOf = (path: string) =>
      path.replace(/^items\.(\d+)\.(\w+)$/, (_, index, name) => `${name}-${positions[Number(index)] ?? ""}`);
    const { memberId } = await beside(fieldOf, () =>
      settleOffboarding(ctx, { endingId: typed("endingId"), version: typed("version"), items }),
    );
    return redirectWithNotice(`/c/${ctx.slug}/people/${memberId}`, t("settled"));
  });
}

export async function addLocationAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    await addLocation(ctx, fields(form));
    refresh();
    return { done: t("locationAdded") };
  });
}

export async function changeLocationAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    await changeLocation(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/locations`, t("locationChanged"));
  });
}

export async function closeLocationAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    const { name } = await closeLocation(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/locations`, t("locationClosed", { name }));
  });
}

export async function designateOfficerAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    await designateOfficer(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/officers`, t("designated"));
  });
}

export async function endDesignationAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("people.done");
    await endDesignation(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/officers`, t("designationEnded"));
  });
}
