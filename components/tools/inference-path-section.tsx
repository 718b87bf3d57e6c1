import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { PathShown } from "#lib/domain/vendors/paths/schema.ts";
import { InferencePath } from "./inference-path.tsx";

type PathSectionProps = {
  path: PathShown | null;
  today: string;
  timeZone: string;
  start: string;
  filesPath: string;
  /** The page of the tool's paths. */
  href: string;
  mayRecord: boolean;
};

/** The path that counts, on its tool's page. */
export function InferencePathSection({ path, href, mayRecord, ...facts }: PathSectionProps) {
  const t = useTranslations("paths");
  return (
    <Section
      id="path"
      title={t("title")}
      lede={t("lede")}
      actions={
        (path !== null || mayRecord) && (
          <LinkButton href={href} size="small">
            {path === null ? t("record") : t("open")}
          </LinkButton>
        )
      }
    >
      {path === null ? <p className="max-w-prose text-sm">{t("none")}</p> : <InferencePath path={path} {...facts} />}
    </Section>
  );
}
