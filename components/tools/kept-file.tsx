import { Download } from "lucide-react";

type KeptFileProps = {
  file: { readonly id: string; readonly name: string; readonly sha256: string };
  /** The address of the clinic's files. */
  filesPath: string;
  hashLabel: string;
};

/** A kept file, to save, with the hash by which it is known. */
export function KeptFile({ file, filesPath, hashLabel }: KeptFileProps) {
  return (
    <span className="block">
      {/* A file and no page of ours, so no link of Next's. */}
      <a href={`${filesPath}/${file.id}`} className="link inline-flex items-start gap-1.5 wrap-anywhere">
        <Download className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
        {file.name}
      </a>
      <span className="block text-muted text-xs wrap-anywhere">
        {hashLabel} <code className="font-mono">{file.sha256}</code>
      </span>
    </span>
  );
}
