import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { foundClinic } from "#lib/domain/clinic/commands/found-clinic.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { systemContext } from "#lib/domain/clinic/queries.ts";
import type { ClinicContext, Locale, Role } from "#lib/domain/context.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getCatalogueEntry, getToolPage } from "#lib/domain/tools/queries.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { newId } from "#lib/kernel/ids.ts";
import { hashPassword } from "#lib/platform/auth/password.ts";

export type DemoPerson = { email: string; name: string; role: Role; clinicName: string; slug: string };

type Person = { role: Role; name: string; email: string; jobTitle: string; locale?: Locale };

type DemoClinic = { name: string; slug: string; timeZone: string; people: readonly Person[] };

const HARBOR: DemoClinic = {
  name: "Harbor Family Clinic",
  slug: "harbor-family",
  timeZone: "America/New_York",
  people: [
    { role: "owner", name: "Grace Okafor", email: "grace@harbor-family.example", jobTitle: "Practice owner" },
    {
      role: "privacy_officer",
      name: "Dana Whitfield",
      email: "dana@harbor-family.example",
      jobTitle: "Privacy and security official",
    },
    { role: "manager", name: "Luis Ortega", email: "luis@harbor-family.example", jobTitle: "Front desk manager" },
    { role: "staff", name: "María Santos", email: "maria@harbor-family.example", jobTitle: "Registered nurse" },
    {
      role: "auditor",
      name: "Priya Raman",
      email: "priya@harbor-family.example",
      jobTitle: "Outside compliance auditor",
    },
  ],
};

const CEDAR: DemoClinic = {
  name: "Cedar Street Pediatrics",
  slug: "cedar-street",
  timeZone: "America/Chicago",
  people: [
    { role: "owner", name: "Hannah Lindqvist", email: "hannah@cedar-street.example", jobTitle: "Pediatrician" },
    { role: "privacy_officer", name: "Tom Abara", email: "tom@cedar-street.example", jobTitle: "Office administrator" },
    { role: "staff", name: "Yolanda Reyes", email: "yolanda@cedar-street.example", jobTitle: "Medical assistant" },
  ],
};

/** Founds the demo's two clinics and lets their people work for some weeks, all through the commands that pages use. */
export async function foundDemoClinics(password: string, now: Date): Promise<DemoPerson[]> {
  const passwordHash = await hashPassword(password);
  const harbor = await open(HARBOR, passwordHash, daysBefore(now, 60));
  await keepHarborsBook(harbor, now);
  const cedar = await open(CEDAR, passwordHash, daysBefore(now, 30));
  await keepCedarsBook(cedar, now);
  return [HARBOR, CEDAR].flatMap(({ name, slug, people }) =>
    people.map((person) => ({ email: person.email, name: person.name, role: person.role, clinicName: name, slug })),
  );
}

/** Who acts when. */
type Opened = { readonly as: (role: Role, at: Date) => ClinicContext };

async function open(clinic: DemoClinic, passwordHash: string, at: Date): Promise<Opened> {
  const operator = {
    actor: { kind: "operator", job: "demo" } as const,
    requestId: newId(),
    locale: "en" as const,
    occurredAt: at,
  };
  const [owner, ...others] = clinic.people;
  if (owner === undefined) throw new Error("a clinic has an owner");
  const { clinicId, invitationToken } = await foundClinic(
    {
      clinicName: clinic.name,
      slug: clinic.slug,
      timeZone: clinic.timeZone,
      owner: { email: owner.email, name: owner.name },
    },
    operator,
  );
  const system = { ...(await systemContext(clinicId, { kind: "system", job: "demo" })), occurredAt: at };
  const memberIds = new Map<Role, string>();
  const join = async (person: Person, token: string) => {
    const joining = {
      name: person.name,
      jobTitle: person.jobTitle,
      workforceType: person.role === "auditor" ? "external" : "employee",
    } as const;
    const by = { requestId: newId(), locale: person.locale ?? "en", occurredAt: at, signedInAccountId: null } as const;
    const { memberId } = await acceptInvitation(token, { ...joining, passwordHash, locale: by.locale }, by);
    memberIds.set(person.role, memberId);
  };
  await join(owner, invitationToken ?? "");
  for (const person of others) {
    const { token } = await inviteMember(system, { email: person.email, name: person.name, role: person.role });
    await join(person, token);
  }
  const nameOf = (role: Role) => clinic.people.find((person) => person.role === role)?.name ?? "";
  return {
    as: (role, moment) => ({
      ...system,
      requestId: newId(),
      occurredAt: moment,
      actor: { kind: "member", memberId: memberIds.get(role) ?? "", name: nameOf(role), role },
    }),
  };
}

async function keepHarborsBook({ as }: Opened, now: Date): Promise<void> {
  const officer = (days: number) => as("privacy_officer", daysBefore(now, days));
  await adoptTools(officer(56), {
    keys: [
      ...["deepseek-web-chat", "deepseek-mobile-app", "deepseek-api", "amazon-web-services-bedrock-deepseek-r1"],
      ...[
        "openai-chatgpt-consumer",
        "openai-chatgpt-business",
        "openai-chatgpt-enterprise",
        "anthropic-claude-team",
        "anthropic-claude-consumer",
      ],
      ...[
        "google-gemini-consumer",
        "google-gemini-workspace",
        "google-notebooklm",
        "microsoft-365-copilot",
        "microsoft-copilot-consumer",
      ],
    ],
  });
  await adoptTools(officer(41), {
    keys: [
      "abridge-enterprise",
      "freed-self-serve",
      "openevidence-all-plans",
      "grammarly-all-plans",
      "otter-ai-free-pro-business",
      "zoom-ai-companion-paid",
      "deepl-free-pro",
    ],
  });
  const review = addDays(calendarDateIn("America/New_York", now), 180);
  const withoutPatients = ["Nothing about patients goes in.", "Clinic-managed accounts only."];
  await decide(
    officer(50),
    "openai-chatgpt-business",
    "not_for_phi",
    "Letters, schedules and job ads. No BAA exists for this plan.",
    withoutPatients,
    review,
  );
  await decide(
    officer(50),
    "anthropic-claude-team",
    "not_for_phi",
    "Drafting and summarizing public guidance. No BAA exists for this plan.",
    withoutPatients,
    review,
  );
  await decide(
    officer(38),
    "openevidence-all-plans",
    "not_for_phi",
    "General clinical questions; no case details.",
    ["No case details, not even without a name."],
    review,
  );
  await decide(
    officer(37),
    "grammarly-all-plans",
    "not_for_phi",
    "First allowed for letters on the front desk computers.",
    withoutPatients,
    null,
  );
  await decide(
    officer(12),
    "grammarly-all-plans",
    "prohibited",
    "The extension reads every page, the patient portal included.",
    [],
    null,
  );
  await decide(
    as("owner", daysBefore(now, 20)),
    "deepl-free-pro",
    "retired",
    "Nobody used it. Interpreters are booked through the health system.",
    [],
    null,
  );
  await registerTool(officer(9), {
    vendor: "Tidewater Software",
    product: "FrontDesk Helper",
    surface: "Phone triage pilot",
    category: "voice",
    hostnames: "app.frontdesk-helper.example",
    why: "The vendor offered a pilot to the front desk. Nobody has read its terms yet.",
  });
}

async function keepCedarsBook({ as }: Opened, now: Date): Promise<void> {
  const officer = (days: number) => as("privacy_officer", daysBefore(now, days));
  await adoptTools(officer(28), { all: "prohibited" });
  await adoptTools(officer(28), {
    keys: ["anthropic-claude-enterprise", "microsoft-365-copilot-chat", "nabla-ambient"],
  });
  const ctx = officer(14);
  const { toolId } = await getCatalogueEntry(ctx, { key: "amazon-web-services-bedrock-deepseek-r1" });
  const { tool } = await getToolPage(ctx, { toolId: toolId ?? "" });
  await narrowDeepseek(ctx, {
    toolId: tool.id,
    version: tool.version,
    rationale:
      "Our billing vendor wants to run DeepSeek-R1 inside its own AWS account. DeepSeek the company receives nothing there; what counts is the BAA with AWS and the region. Staff stay under the ban on DeepSeek's own app, site and API.",
  });
}

type Decided = "not_for_phi" | "prohibited" | "retired" | "needs_review";

async function decide(
  ctx: ClinicContext,
  key: string,
  status: Decided,
  reason: string,
  conditions: string[],
  reviewOn: string | null,
): Promise<void> {
  const { toolId } = await getCatalogueEntry(ctx, { key });
  const { tool } = await getToolPage(ctx, { toolId: toolId ?? "" });
  await decideTool(ctx, { toolId: tool.id, version: tool.version, status, reason, conditions, reviewOn });
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000);
}
