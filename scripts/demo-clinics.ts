import type { ClinicContext, Role } from "#lib/domain/context.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getCatalogueEntry, getToolPage } from "#lib/domain/tools/queries.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { hashPassword } from "#lib/platform/auth/password.ts";
import { daysBefore } from "#scripts/days-before.ts";
import { keepHarborsAccess } from "#scripts/demo-access.ts";
import { keepHarborsAgreements } from "#scripts/demo-agreements.ts";
import { keepHarborsRoster } from "#scripts/demo-roster.ts";
import { type ClinicToOpen, type OpenedClinic, openClinic } from "#scripts/open-clinic.ts";

export type DemoPerson = { email: string; name: string; role: Role; clinicName: string; slug: string };

const HARBOR: ClinicToOpen = {
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
    { role: "staff", name: "Ben Ferreira", email: "ben@harbor-family.example", jobTitle: "Nurse practitioner" },
    { role: "staff", name: "Amara Nwosu", email: "amara@harbor-family.example", jobTitle: "Billing specialist" },
    { role: "staff", name: "James Park", email: "james@harbor-family.example", jobTitle: "Receptionist" },
    {
      role: "auditor",
      name: "Priya Raman",
      email: "priya@harbor-family.example",
      jobTitle: "Outside compliance auditor",
    },
  ],
};

const CEDAR: ClinicToOpen = {
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
  const harbor = await openClinic(HARBOR, passwordHash, daysBefore(now, 60));
  await keepHarborsRoster(harbor, now);
  await keepHarborsBook(harbor, now);
  await keepHarborsAgreements(harbor, now);
  await keepHarborsAccess(harbor, now);
  const cedar = await openClinic(CEDAR, passwordHash, daysBefore(now, 30));
  await keepCedarsBook(cedar, now);
  return [HARBOR, CEDAR].flatMap(({ name, slug, people }) =>
    people.map((person) => ({ email: person.email, name: person.name, role: person.role, clinicName: name, slug })),
  );
}

async function keepHarborsBook({ as }: OpenedClinic, now: Date): Promise<void> {
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
  await adoptTools(officer(44), {
    keys: [
      ...[
        "meta-ai-web",
        "meta-ai-glasses",
        "xai-grok-app",
        "perplexity-consumer",
        "character-technologies-character-ai",
      ],
      ...["read-ai-all-plans", "fireflies-business-enterprise", "google-meet-notes", "apple-siri"],
      ...["microsoft-teams-copilot", "doximity-clinician-tools", "quora-poe", "hugging-face-spaces"],
    ],
  });
  await prohibitWhatNobodyNeeds(officer);
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

async function prohibitWhatNobodyNeeds(officer: (days: number) => ClinicContext): Promise<void> {
  const reasons = {
    "meta-ai-glasses": "They record whoever is in the room.",
    "xai-grok-app": "Personal accounts only, and nobody asked for it.",
    "perplexity-consumer": "Questions go into a personal account that the clinic can't see.",
    "read-ai-all-plans": "It joins calls by itself and keeps what was said.",
    "quora-poe": "It passes questions on to many models, DeepSeek's among them.",
  };
  for (const [key, reason] of Object.entries(reasons)) {
    const { toolId } = await getCatalogueEntry(officer(43), { key });
    const { tool } = await getToolPage(officer(43), { toolId: toolId ?? "" });
    if (tool.status !== "prohibited") await decide(officer(43), key, "prohibited", reason, [], null);
  }
}

async function keepCedarsBook({ as }: OpenedClinic, now: Date): Promise<void> {
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
