import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Shape } from "#components/ui/shape.tsx";
import type { FoundInCatalogue, Instead, LookUpResult, Undecided } from "#lib/domain/tools/look-up/schema.ts";
import type { GoesIn } from "#lib/domain/tools/requests/schema.ts";
import type { Said } from "#lib/domain/tools/schema.ts";
import type { Work } from "#lib/domain/tools/usable/rules.ts";
import { askPath } from "./look-up-answer.tsx";
import { useWhom, VerdictBadge } from "./look-up-words.tsx";
import { RequestStatusBadge } from "./request-status.tsx";
import { SaidText } from "./said-text.tsx";
import { standingLook } from "./status-badge.tsx";

const ROW = "flex flex-col gap-x-4 gap-y-0.5 sm:flex-row sm:items-baseline sm:justify-between [&>:last-child]:shrink-0";

type OtherAnswersProps = {
  answers: readonly LookUpResult[];
  asked: string;
  goesIn: GoesIn | null;
  path: string;
};

/** The other plans that may be meant, each with its answer. */
export function OtherAnswers({ answers, asked, goesIn, path }: OtherAnswersProps) {
  const t = useTranslations("look-up");
  return (
    <Box id="others" title={t("others", { asked })}>
      {answers.map(({ toolId, catalogueKey, product, surface, standing }) => (
        <li key={toolId ?? catalogueKey} className={ROW}>
          <NamedTool
            product={product}
            surface={surface}
            href={toolId === null ? undefined : toolPath(path, toolId, goesIn)}
          />
          {goesIn === null ? (
            <Badge plain {...standingLook[standing.standing]}>
              {t(`legend.${standing.standing}`)}
            </Badge>
          ) : (
            <VerdictBadge standing={standing.standing} goesIn={goesIn} />
          )}
        </li>
      ))}
    </Box>
  );
}

type InsteadListProps = { tools: readonly Instead[]; goesIn: GoesIn | null; path: string };

/** What may be used where this may not. */
export function InsteadList({ tools, goesIn, path }: InsteadListProps) {
  const t = useTranslations("look-up.instead");
  return (
    <Box id="instead" title={t("title")}>
      {tools.map(({ toolId, product, surface, standing }) => (
        <li key={toolId} className={ROW}>
          <NamedTool product={product} surface={surface} href={toolPath(path, toolId, goesIn)} />
          <Badge plain {...standingLook[standing]}>
            {t(standing === "may_use_with_phi" ? "with_phi" : "without_phi")}
          </Badge>
        </li>
      ))}
    </Box>
  );
}

type NothingInsteadProps = { work: Work; goesIn: GoesIn | null; officers: readonly string[] };

/** Said in words where nothing does the same: another tool would be no way on. */
export function NothingInstead({ work, goesIn, officers }: NothingInsteadProps) {
  const t = useTranslations("look-up.instead");
  const who = useWhom(officers);
  return (
    <section aria-labelledby="instead" className="rounded-md border px-4 py-3">
      <h2 id="instead" className="font-semibold">
        {t("title")}
      </h2>
      <p className="mt-1">{t("nothing", { work: t(`work.${work}`), goesIn: goesIn ?? "any", who })}</p>
    </section>
  );
}

type UndecidedListProps = { tools: readonly Undecided[]; goesIn: GoesIn | null; ask: string | undefined };

/** What only the catalogue knows, and nobody here has decided on. */
export function UndecidedList({ tools, goesIn, ask }: UndecidedListProps) {
  const t = useTranslations("look-up");
  return (
    <Box id="undecided" title={t("undecided")} lede={t("undecidedWhy")}>
      {tools.map(({ catalogueKey, product, surface }) => (
        <li key={catalogueKey} className={ROW}>
          <span className="flex min-w-0 items-start gap-2 [&_svg]:mt-1.5 [&_svg]:text-caution">
            <Shape name={standingLook.ask.shape} />
            <span className="min-w-0">
              <NamedTool product={product} surface={surface} />
              <span className="sr-only">. {t("askFirst")}</span>
            </span>
          </span>
          {ask !== undefined && (
            <Link prefetch={false} className="link text-sm" href={askPath(ask, { catalogueKey }, goesIn) ?? ask}>
              {t("askFor")}
              <span className="sr-only">
                : {product}, <SaidText said={surface} />
              </span>
            </Link>
          )}
        </li>
      ))}
    </Box>
  );
}

/** Of the catalogue too, with what a request for it was answered: nobody is invited to ask again beside that. */
export function AnsweredList({ tools }: { tools: readonly FoundInCatalogue[] }) {
  const t = useTranslations("look-up");
  return (
    <Box id="answered" title={t("answeredTitle")}>
      {tools.map(({ catalogueKey, product, surface, answered }) => (
        <li key={catalogueKey} className={ROW}>
          <NamedTool product={product} surface={surface} />
          {answered !== null && <RequestStatusBadge status={answered} plain />}
        </li>
      ))}
    </Box>
  );
}

type NearMissesProps = { products: readonly string[]; goesIn: GoesIn | null; path: string };

/** Tools of the register and the catalogue that a slip of the finger is near to. */
export function NearMisses({ products, goesIn, path }: NearMissesProps) {
  const t = useTranslations("look-up");
  return (
    <div>
      <p className="font-medium">{t("nearMisses")}</p>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
        {products.map((product) => (
          <li key={product}>
            <Link prefetch={false} className="link" href={`${path}?${questionFor(product, goesIn)}`}>
              {product}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function questionFor(product: string, goesIn: GoesIn | null): URLSearchParams {
  return new URLSearchParams(goesIn === null ? { q: product } : { q: product, goesIn });
}

function toolPath(path: string, toolId: string, goesIn: GoesIn | null): string {
  return `${path}?${new URLSearchParams(goesIn === null ? { tool: toolId } : { tool: toolId, goesIn })}`;
}

function NamedTool({ product, surface, href }: { product: string; surface: Said; href?: string | undefined }) {
  const name = (
    <>
      {product}
      <span className={href === undefined ? "text-muted" : undefined}>
        , <SaidText said={surface} />
      </span>
    </>
  );
  if (href === undefined) return <span className="min-w-0">{name}</span>;
  return (
    <Link prefetch={false} className="link min-w-0" href={href}>
      {name}
    </Link>
  );
}

type BoxProps = { id: string; title: string; lede?: string | undefined; children: ReactNode };

function Box({ id, title, lede, children }: BoxProps) {
  return (
    <section aria-labelledby={id} className="rounded-md border px-4 py-3">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      {lede && <p className="mt-1 text-muted text-sm">{lede}</p>}
      <ul className="mt-2 space-y-1.5">{children}</ul>
    </section>
  );
}
