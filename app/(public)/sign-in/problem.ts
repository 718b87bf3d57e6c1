import "server-only";
import { getTranslations } from "next-intl/server";

/** What can go wrong between this site and a sign-in provider, as addresses name it. */
const PROBLEMS = [
  "clinic_left",
  "denied",
  "email_unverified",
  "link_first",
  "linked_elsewhere",
  "membership_ended",
  "misconfigured",
  "not_invited",
  "not_of_clinic",
  "not_offered",
  "not_trusted",
  "of_other_clinic",
  "other_organization",
  "provider_refused",
  "start_over",
  "unknown_here",
  "unreachable",
  "wrong_domain",
] as const;

/** The sentence for a problem that an address names; null where it names none of ours. */
export async function signOnProblem(named: string | string[] | undefined): Promise<string | null> {
  const t = await getTranslations("refusals");
  if (named === "conflict") return t("conflict");
  const problem = PROBLEMS.find((one) => one === named);
  return problem === undefined ? null : t(`sign_on.${problem}`);
}
