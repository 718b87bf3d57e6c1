import { useTranslations } from "next-intl";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Section } from "#components/ui/section.tsx";

type PackKeysProps = {
  fingerprints: { readonly ssh: string; readonly p256: string; readonly log: string };
  /** Who signs, as OpenSSH asks for it. */
  principal: string;
  /** Commands to type, by the step they belong to. */
  commands: Readonly<Record<"files" | "ssh" | "p256" | "ledger", string>>;
};

/** The fingerprints that a checker compares a pack with, and how it is checked. */
export function PackKeys({ fingerprints, principal, commands }: PackKeysProps) {
  const t = useTranslations("evidence");
  const { ssh, p256, log } = fingerprints;
  const all = `${[ssh, p256, log].join("\n")}\n`;
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Section
        title={t("keys")}
        id="keys"
        lede={t("keysLede")}
        actions={<CopyButton text={all} label={t("copyAll")} copiedLabel={t("copied")} />}
      >
        <DescriptionList
          facts={[
            { term: t("keySsh"), description: <Copyable text={ssh} /> },
            { term: t("keyP256"), description: <Copyable text={p256} /> },
            { term: t("keyLog"), description: <Copyable text={log} /> },
            { term: t("principal"), description: <Copyable text={principal} /> },
          ]}
        />
      </Section>
      <Section title={t("check")} id="check" lede={t("checkLede")}>
        <ol className="list-decimal space-y-3 pl-5 text-sm">
          <li>{t("checkUnpack")}</li>
          {(["files", "ssh", "p256", "ledger"] as const).map((step) => (
            <li key={step}>
              {t(stepWords[step])}
              <pre className="mt-1 whitespace-pre-wrap break-words rounded-md border bg-sunken px-3 py-2 font-mono text-xs">
                {commands[step]}
              </pre>
            </li>
          ))}
        </ol>
      </Section>
    </div>
  );
}

const stepWords = { files: "checkFiles", ssh: "checkSsh", p256: "checkP256", ledger: "checkLedger" } as const;

function Copyable({ text }: { text: string }) {
  const t = useTranslations("evidence");
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <code className="min-w-0 break-all font-mono text-xs">{text}</code>
      <CopyButton text={text} label={t("copy")} copiedLabel={t("copied")} />
    </div>
  );
}
