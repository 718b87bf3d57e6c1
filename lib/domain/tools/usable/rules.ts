import type { CATEGORIES } from "#lib/domain/tools/schema.ts";

/** What a tool is used for, as somebody says it who needs another one for the same. */
export const WORKS = [
  "writing",
  "visit_notes",
  "meeting_notes",
  "health_questions",
  "translation",
  "pictures",
  "speech",
  "automation",
  "software",
] as const;
export type Work = (typeof WORKS)[number];

type Category = (typeof CATEGORIES)[number];

const WORK_OF: Readonly<Record<Category, Work>> = {
  general_chat: "writing",
  search: "writing",
  agent: "writing",
  browser_ai: "writing",
  productivity: "writing",
  research: "writing",
  scribe: "visit_notes",
  ehr_embedded: "visit_notes",
  meeting_notes: "meeting_notes",
  clinical_reference: "health_questions",
  consumer_health: "health_questions",
  translation: "translation",
  design: "pictures",
  image: "pictures",
  voice: "speech",
  automation: "automation",
  developer: "software",
  api_platform: "software",
  cloud_ai: "software",
  ai_gateway: "software",
  self_hosted: "software",
};

export function workOf(category: string): Work {
  return Object.hasOwn(WORK_OF, category) ? WORK_OF[category as Category] : "writing";
}

/** The kinds of tool that do the same work. */
export function kindsFor(work: Work): string[] {
  return Object.keys(WORK_OF).filter((category) => workOf(category) === work);
}
