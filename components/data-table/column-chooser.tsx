import { Columns3 } from "lucide-react";
import NextForm from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { buttonStyle } from "#components/ui/button-style.ts";
import { KeptInForm } from "./kept-in-form.tsx";
import { hasUsualColumns, type ListAddress, listHref, usualColumns } from "./list-state.ts";

type ColumnChooserProps = { list: ListAddress; labels: Readonly<Record<string, string>> };

/** Which columns the page, the files and the paper have. A disclosure and a form: it needs no script. */
export function ColumnChooser({ list, labels }: ColumnChooserProps) {
  const t = useTranslations("list");
  const { state, shape, path } = list;
  const columns = shape.columns ?? [];
  return (
    <details className="open:order-last open:w-full print:hidden">
      <summary className="ml-auto w-fit list-none rounded-md [&::-webkit-details-marker]:hidden">
        <span className={buttonStyle({ size: "small" })}>
          <Columns3 aria-hidden="true" />
          {t("columns")}
        </span>
      </summary>
      <NextForm
        prefetch={false}
        action={path}
        scroll={false}
        className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-2 rounded-md border px-4 py-3"
      >
        <KeptInForm list={list} but={["columns"]} />
        {/* A new key puts the boxes to what the address says, which "usual columns" may have changed. */}
        <fieldset key={state.columns.join()} className="contents">
          <legend className="sr-only">{t("columns")}</legend>
          {columns.map(({ id, shown }) => (
            <label key={id} className="inline-flex min-h-7 items-center gap-2 text-sm pointer-coarse:min-h-9">
              {shown === "always" && <input type="hidden" name="columns" value={id} />}
              <input
                type="checkbox"
                name="columns"
                value={id}
                disabled={shown === "always"}
                defaultChecked={state.columns.includes(id)}
                className="size-4.5 accent-accent"
              />
              {labels[id]}
            </label>
          ))}
        </fieldset>
        <div className="flex items-center gap-3">
          <Button type="submit" size="small">
            {t("showColumns")}
          </Button>
          {!hasUsualColumns(state, shape) && (
            <Link
              prefetch={false}
              scroll={false}
              className="link text-sm"
              href={listHref(path, list, { columns: usualColumns(shape), page: state.page })}
            >
              {t("usualColumns")}
            </Link>
          )}
        </div>
      </NextForm>
    </details>
  );
}
