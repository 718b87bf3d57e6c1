import type { ReactNode } from "react";
import { cn } from "#lib/kernel/cn.ts";
import { Shape, type ShapeName } from "./shape.tsx";
import { type Tone, toneStyle, toneText } from "./tone.ts";

/** How a state looks: what a domain's table of looks holds for each of its states. */
export type Look = { readonly tone: Tone; readonly shape: ShapeName };

/** Without ground and border, for a table where every row has one. */
export type Plain = { readonly plain?: boolean | undefined };

type BadgeProps = Plain & {
  tone: Tone;
  shape?: ShapeName | undefined;
  children: ReactNode;
};

/** A state in a word or two: text, shape and colour. */
export function Badge({ tone, shape, plain, children }: BadgeProps) {
  return (
    <span
      data-tone={plain ? undefined : tone}
      className={cn(
        "inline-flex gap-1.5 font-medium",
        plain
          ? cn("items-start [&_svg]:mt-[0.2em]", toneText[tone])
          : cn("items-center rounded-full border px-2 py-0.5 text-xs", toneStyle[tone]),
      )}
    >
      {shape && <Shape name={shape} />}
      {children}
    </span>
  );
}
