import { tellOfAnswer } from "#lib/domain/notifications/reactions.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { getRequest } from "#lib/domain/tools/requests/queries.ts";
import { ago, catalogued, type Moment, officer } from "#scripts/demo-moment.ts";

/** What Harbor's people asked for in four weeks, and what they were told. */
export async function answerRequests(at: Moment): Promise<void> {
  const { as } = at.clinic;
  const claude = await catalogued(at, "anthropic-claude-team");
  const enterprise = await catalogued(at, "openai-chatgpt-enterprise");
  const granted = await askForTool(as("maria", ago(at, 27)), {
    ...{ product: "Claude", vendor: "Anthropic", goesIn: "nothing" },
    purpose: "Plain-language leaflets on vaccines, without anything about a patient.",
  });
  await answer(at, 26, granted.requestId, "granted", claude.toolId, "Approved for exactly this. Use the Team plan.");
  const instead = await askForTool(as("amara", ago(at, 16)), {
    ...{ product: "ChatGPT", vendor: "OpenAI", goesIn: "phi" },
    purpose: "Letters to insurers about prior authorizations.",
  });
  await answer(
    ...([at, 15, instead.requestId, "use_instead" as const, enterprise.toolId] as const),
    "The free plan is prohibited. Use ChatGPT Enterprise in our workspace; I sent you the invitation.",
  );
  const refused = await askForTool(as("james", ago(at, 10)), {
    ...{ product: "Grammarly", vendor: "Grammarly", goesIn: "nothing" },
    purpose: "Spelling in letters at the front desk.",
  });
  await answer(
    at,
    9,
    refused.requestId,
    "refused",
    null,
    "Its extension reads every page, the patient portal included.",
  );
  const translation = await askForTool(as("carmen.diaz", ago(at, 22)), {
    ...{ product: "DeepL", vendor: "DeepL", goesIn: "phi" },
    purpose: "Letters to patients who read Portuguese.",
  });
  await answer(at, 21, translation.requestId, "refused", null, "Interpreters are booked through the health system.");
  const meetings = await askForTool(as("samuel.greene", ago(at, 19)), {
    ...{ product: "Read AI", vendor: "Read AI", goesIn: "nothing" },
    purpose: "Minutes of the clinicians' meeting on Tuesdays.",
  });
  const zoom = await catalogued(at, "zoom-ai-companion-paid");
  await answer(at, 18, meetings.requestId, "use_instead", zoom.toolId, "Zoom's own summary does that under our BAA.");
  const leaflets = await askForTool(as("aisha.bello", ago(at, 14)), {
    ...{ product: "Claude", vendor: "Anthropic", goesIn: "nothing" },
    purpose: "Leaflets on diabetes in plain words.",
  });
  await answer(at, 13, leaflets.requestId, "granted", claude.toolId, "The Team plan, as for the vaccine leaflets.");
  await askForTool(as("ruth.abelson", ago(at, 5)), {
    ...{ product: "Dragon Copilot", vendor: "Microsoft", goesIn: "phi" },
    purpose: "Dictation for those of us who don't want a recording of the visit.",
  });
  const { requestId } = await askForTool(as("maria", ago(at, 3)), {
    ...{ product: "Suki Assistant", vendor: "Suki", address: "suki.ai", goesIn: "phi" },
    purpose: "Dictation of nursing notes. The other clinic where I work uses it.",
  });
  await supportRequest(as("ben", ago(at, 2)), { requestId });
  await askForTool(as("luis", ago(at, 1)), {
    ...{ product: "Canva Magic Studio", vendor: "Canva", goesIn: "nothing" },
    purpose: "Posters for the waiting room.",
  });
}

async function answer(
  at: Moment,
  days: number,
  requestId: string,
  decision: "granted" | "refused" | "use_instead",
  answerToolId: string | null,
  reason: string,
): Promise<void> {
  const ctx = officer(at, days);
  const { request } = await getRequest(ctx, { requestId });
  await answerRequest(ctx, { requestId, version: request.version, answer: decision, answerToolId, reason });
  await tellOfAnswer(at.clinic.system(ago(at, days)), requestId);
}
