import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import type { HopShown } from "#lib/domain/vendors/paths/schema.ts";
import { cn } from "#lib/kernel/cn.ts";
import { RunningOut } from "./running-out.tsx";

type Layout = {
  readonly list: string;
  readonly stop: string;
  readonly line: string;
  readonly down: string;
  readonly across: string;
  readonly words: string;
};

// From left to right as soon as there is room for the names: sooner for a short path, never for a long one.
const SHORT: Layout = {
  list: "@lg:flex-row",
  stop: "@lg:flex-1 @lg:flex-col @lg:gap-1 @lg:text-center",
  line: "@lg:h-10 @lg:w-full",
  down: "@lg:hidden",
  across: "hidden @lg:block",
  words: "@lg:px-2 @lg:pt-0 @lg:pb-0 @lg:[&_.inline-flex]:justify-center",
};
const LONGER: Layout = {
  list: "@3xl:flex-row",
  stop: "@3xl:flex-1 @3xl:flex-col @3xl:gap-1 @3xl:text-center",
  line: "@3xl:h-10 @3xl:w-full",
  down: "@3xl:hidden",
  across: "hidden @3xl:block",
  words: "@3xl:px-2 @3xl:pt-0 @3xl:pb-0 @3xl:[&_.inline-flex]:justify-center",
};

function layoutFor(hops: number): Layout | null {
  if (hops <= 2) return SHORT;
  return hops <= 4 ? LONGER : null;
}

type DrawingProps = { hops: readonly HopShown[]; today: string };

/** The path of a prompt as a line: downwards where it is narrow or long, else from left to right. */
export function InferencePathDrawing({ hops, today }: DrawingProps) {
  const t = useTranslations("paths");
  const layout = layoutFor(hops.length);
  const next = (index: number) => hops[index]?.covered ?? null;
  return (
    <div className="@container">
      <ol aria-label={t("drawing")} className={cn("flex flex-col", layout?.list)}>
        <Stop mark="clinic" arrives={null} leaves={next(0)} layout={layout}>
          <p className="font-medium">{t("clinic")}</p>
          <p className="text-muted text-sm">{t("clinicHelp")}</p>
        </Stop>
        {hops.map((hop, index) => (
          <Stop
            key={hop.position}
            mark={hop.covered ? (hop.state === "own" ? "own" : "covered") : "uncovered"}
            arrives={hop.covered}
            leaves={next(index + 1)}
            layout={layout}
          >
            <HopWords hop={hop} today={today} />
          </Stop>
        ))}
      </ol>
    </div>
  );
}

function HopWords({ hop, today }: { hop: HopShown; today: string }) {
  const t = useTranslations("paths");
  return (
    <>
      <p className="font-medium wrap-anywhere">{hop.processor}</p>
      <p className="text-muted text-sm">
        {t(`role.${hop.role}`)}
        {hop.place !== "" && ` · ${hop.place}`}
      </p>
      <p className="mt-1 text-sm">
        <Badge plain tone={hop.covered ? "positive" : "critical"} shape={hop.covered ? "dot" : "cross"}>
          {hop.covered ? t("covered") : t("uncovered")}
        </Badge>
      </p>
      <p className="text-sm">{t(`state.${hop.state}`)}</p>
      {hop.until !== null && (
        <p className="text-sm">
          <RunningOut on={hop.until} today={today} />
        </p>
      )}
    </>
  );
}

type Mark = "clinic" | "covered" | "own" | "uncovered";

type StopProps = {
  mark: Mark;
  /** Whether the line that comes in, and the one that goes out, leads to something covered; null where there is none. */
  arrives: boolean | null;
  leaves: boolean | null;
  layout: Layout | null;
  children: ReactNode;
};

function Stop({ mark, arrives, leaves, layout, children }: StopProps) {
  return (
    <li className={cn("flex min-w-0 break-inside-avoid gap-3", layout?.stop)}>
      <div className={cn("relative w-10 shrink-0", layout?.line)}>
        <svg aria-hidden="true" className={cn("absolute inset-0 size-full", layout?.down)}>
          {arrives !== null && <Line x1="20" y1="0" x2="20" y2="20" covered={arrives} />}
          {leaves !== null && <Line x1="20" y1="20" x2="20" y2="100%" covered={leaves} />}
          {arrives !== null && <Arrow covered={arrives} turned x="20" y="20" />}
          <Sign mark={mark} x="20" y="20" />
        </svg>
        {layout !== null && (
          <svg aria-hidden="true" className={cn("absolute inset-0 size-full", layout.across)}>
            {arrives !== null && <Line x1="0" y1="20" x2="50%" y2="20" covered={arrives} />}
            {leaves !== null && <Line x1="50%" y1="20" x2="100%" y2="20" covered={leaves} />}
            {arrives !== null && <Arrow covered={arrives} x="50%" y="20" />}
            <Sign mark={mark} x="50%" y="20" />
          </svg>
        )}
      </div>
      <div className={cn("min-w-0 pt-1.5 pb-6", layout?.words)}>{children}</div>
    </li>
  );
}

type Ends = { x1: string; y1: string; x2: string; y2: string };

// A line to what nothing covers is broken as well as red.
function Line({ covered, ...ends }: Ends & { covered: boolean }) {
  return (
    <line
      {...ends}
      className={covered ? "stroke-line-strong" : "stroke-critical"}
      strokeWidth="2"
      strokeDasharray={covered ? undefined : "5 4"}
    />
  );
}

type Place = { x: string; y: string };

function Arrow({ covered, turned, ...place }: Place & { covered: boolean; turned?: boolean | undefined }) {
  return (
    <svg {...place} width="1" height="1" overflow="visible" aria-hidden="true">
      <path
        d={turned ? "M-5 -20h10l-5 7z" : "M-20 -5v10l7-5z"}
        className={covered ? "fill-line-strong" : "fill-critical"}
      />
    </svg>
  );
}

// An octagon with a cross stands out of a row of circles where colours don't.
const signs: Record<Mark, ReactNode> = {
  clinic: <circle r="11" className="fill-surface stroke-line-strong" strokeWidth="2" />,
  covered: (
    <>
      <circle r="11" className="fill-positive-soft stroke-positive" strokeWidth="2" />
      <circle r="4" className="fill-positive" />
    </>
  ),
  own: (
    <>
      <rect
        x="-10.5"
        y="-10.5"
        width="21"
        height="21"
        rx="3"
        className="fill-positive-soft stroke-positive"
        strokeWidth="2"
      />
      <circle r="4" className="fill-positive" />
    </>
  ),
  uncovered: (
    <>
      <path d="M-5 -12h10l7 7v10l-7 7h-10l-7 -7v-10z" className="fill-critical-soft stroke-critical" strokeWidth="2" />
      <path d="M-4.5 -4.5l9 9M4.5 -4.5l-9 9" className="stroke-critical" strokeWidth="2.5" />
    </>
  ),
};

function Sign({ mark, ...place }: Place & { mark: Mark }) {
  return (
    <svg {...place} width="1" height="1" overflow="visible" aria-hidden="true">
      {signs[mark]}
    </svg>
  );
}
