import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { BaaVersionShown, DocumentShown } from "#lib/domain/vendors/baas/schema.ts";

type PaperListProps = {
  documents: readonly DocumentShown[];
  timeZone: string;
  /** The address of the clinic's files. */
  filesPath: string;
};

/** Kept papers with their hashes, to save. */
export function PaperList({ documents, timeZone, filesPath }: PaperListProps) {
  const t = useTranslations("vendors.papers");
  return (
    <ul className="space-y-2 text-sm">
      {documents.map(({ id, name, sizeBytes, sha256, keptAt, attachedBy }) => (
        <li key={id}>
          {/* A file and no page of ours, so no link of Next's. */}
          <a href={`${filesPath}/${id}`} className="link inline-flex items-start gap-1.5 wrap-anywhere">
            <Download className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
            {name}
          </a>{" "}
          <span className="text-muted">
            <Size bytes={sizeBytes} /> · {attachedBy}, <Moment at={keptAt} timeZone={timeZone} day />
          </span>
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="text-muted">{t("sha256")}</span>
            <code className="font-mono text-xs wrap-anywhere">{sha256}</code>
            <CopyButton text={sha256} label={t("copy")} copiedLabel={t("copied")} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Size({ bytes }: { bytes: number }) {
  const t = useTranslations("vendors.papers");
  const megabytes = bytes / 1_048_576;
  return megabytes < 1 ? t("kilobytes", { size: Math.ceil(bytes / 1024) }) : t("megabytes", { size: megabytes });
}

type PapersProps = Omit<PaperListProps, "documents"> & { versions: readonly BaaVersionShown[] };

/** The papers of all versions of an agreement, newest version first. */
export function Papers({ versions, ...facts }: PapersProps) {
  const t = useTranslations("vendors.papers");
  const withPapers = versions.filter((version) => version.documents.length > 0);
  if (withPapers.length === 0) return <p className="text-muted text-sm">{t("none")}</p>;
  return (
    <div className="space-y-4">
      {withPapers.map((version) => (
        <div key={version.id}>
          {versions.length > 1 && <h3 className="mb-1 font-medium text-sm">{t("of", { number: version.number })}</h3>}
          <PaperList {...facts} documents={version.documents} />
        </div>
      ))}
    </div>
  );
}
