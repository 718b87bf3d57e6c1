import { expect, test } from "vitest";
import { verifyLedger } from "#lib/domain/ledger/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { getRegisterPage } from "#lib/domain/tools/queries.ts";
import { mintClinic } from "#tests/support/clinic.ts";

test("only what is prohibited applies at once; all else waits for a decision", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const adoption = await adoptTools(as.privacy_officer, {
    keys: ["deepseek-web-chat", "openai-chatgpt-enterprise", "openai-chatgpt-consumer"],
  });
  expect(adoption).toMatchObject({ adopted: 3, prohibited: 2, already: 0 });
  const { rows } = await getRegisterPage(as.privacy_officer, {});
  expect(rows.map((row) => [row.product, row.surface, row.status, row.standing.standing])).toMatchInlineSnapshot(`
    [
      [
        "ChatGPT",
        "Enterprise and Edu (bought through sales)",
        "needs_review",
        "ask",
      ],
      [
        "ChatGPT",
        "Free, Go, Plus and Pro",
        "prohibited",
        "may_not_use",
      ],
      [
        "DeepSeek Chat",
        "Web chat, free",
        "prohibited",
        "may_not_use",
      ],
    ]
  `);
  expect(await verifyLedger(as.privacy_officer, {})).toMatchObject({ firstBad: null });
});
