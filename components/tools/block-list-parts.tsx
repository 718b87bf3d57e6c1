import { useFormatter, useLocale, useTranslations } from "next-intl";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { BlockListFormat, LeftOutShown } from "#lib/domain/tools/block-list/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";

type FormatsProps = {
  formats: ReadonlyArray<{ format: BlockListFormat; fileName: string; notWritten: number }>;
  /** The download of a format is this and its name. */
  downloads: string;
};

/** A file for each kind of filter, and what each can't say. */
export function BlockListFormats({ formats, downloads }: FormatsProps) {
  const t = useTranslations("block-list.formats");
  return (
    <Section title={t("title")} id="files" lede={t("lede")}>
      <Table caption={t("caption")} hideCaption>
        <thead>
          <tr>
            <Th>{t("for")}</Th>
            <Th>{t("gaps")}</Th>
            <Th>{t("file")}</Th>
          </tr>
        </thead>
        <tbody>
          {formats.map(({ format, fileName, notWritten }) => (
            <tr key={format}>
              <Th scope="row">{t(`name.${format}`)}</Th>
              <Td>{notWritten === 0 ? t("complete") : t("notWritten", { count: notWritten })}</Td>
              <Td>
                <a className="underline" href={`${downloads}/${format}`} download>
                  {t("download", { file: fileName })}
                </a>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <ul className="mt-3 max-w-prose list-disc space-y-1 pl-5 text-muted text-sm">
        <li>{t("dns")}</li>
        <li>{t("regReplaces")}</li>
        <li>{t("exceptions")}</li>
      </ul>
    </Section>
  );
}

/** What a block can't do without taking something else away, and what does it instead. */
export function LeftOutHosts({ hosts }: { hosts: readonly LeftOutShown[] }) {
  const t = useTranslations("block-list.leftOut");
  return (
    <Section title={t("title")} id="left-out" lede={t("lede")}>
      {hosts.length === 0 ? (
        <p>{t("none")}</p>
      ) : (
        <Table caption={t("caption")} hideCaption>
          <thead>
            <tr>
              <Th>{t("caption")}</Th>
              <Th>{t("why")}</Th>
              <Th>{t("instead")}</Th>
            </tr>
          </thead>
          <tbody>
            {hosts.map((host) => (
              <LeftOutRow key={`${host.wildcard} ${host.hostname}`} host={host} />
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}

function LeftOutRow({ host }: { host: LeftOutShown }) {
  const t = useTranslations("block-list.leftOut");
  const format = useFormatter();
  const locale = useLocale();
  const keptBy = format.list(host.keptBy.map(({ product, surface }) => `${product}, ${surface}`));
  const { control } = host;
  return (
    <tr>
      <Th scope="row" className="break-all">
        {host.wildcard ? `*.${host.hostname}` : host.hostname}
      </Th>
      <Td>{t(`reason.${host.reason}`, { tool: keptBy })}</Td>
      <Td>
        {control !== null && (
          <div className="max-w-prose space-y-1">
            <p className="font-medium">{control.name}</p>
            <p>{control.does.en}</p>
            <p className="text-muted">{t("needs", { needs: control.needs.en })}</p>
            {control.limits && <p className="text-muted">{t("limits", { limits: control.limits.en })}</p>}
            <p className="text-muted">
              {t("source", {
                title: control.sources.map(({ title }) => title).join("; "),
                asOf: dateText(control.asOf, locale),
              })}
            </p>
          </div>
        )}
      </Td>
    </tr>
  );
}

type AddressProps = {
  address: { url: string; active: boolean } | null;
  since: string;
  formats: readonly BlockListFormat[];
};

/** The address that a filter fetches the list from, or that there is none. */
export function BlockListAddressShown({ address, since, formats }: AddressProps) {
  const t = useTranslations("block-list.address");
  const format = useFormatter();
  if (address === null) return <p>{t("none")}</p>;
  if (!address.active) return <p>{t("off")}</p>;
  return (
    <div className="space-y-2">
      <p className="font-medium">{t("forAdguard")}</p>
      <p className="break-all rounded-md border bg-raised p-2 font-mono text-sm">{address.url}/adguard</p>
      <CopyButton text={`${address.url}/adguard`} label={t("copy")} copiedLabel={t("copied")} />
      <p className="text-muted text-sm">
        {t("formats", { formats: format.list([...formats], { type: "disjunction" }) })}
      </p>
      <p className="text-muted text-sm">{since}</p>
    </div>
  );
}
