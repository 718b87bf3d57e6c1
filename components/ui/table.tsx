import type { ComponentProps, ReactNode } from "react";
import { cn } from "#lib/kernel/cn.ts";

type TableProps = {
  /** What the table shows; read aloud as its name, and shown above it unless hidden. */
  caption: string;
  hideCaption?: boolean | undefined;
  children: ReactNode;
};

/** A plain table in a region that scrolls sideways by keyboard too. Rows are ordinary `<tr>`, cells `Th` and `Td`. */
export function Table({ caption, hideCaption, children }: TableProps) {
  return (
    <ScrollRegion label={caption}>
      <table className="w-full border-collapse text-sm">
        <caption className={hideCaption ? "sr-only" : "pb-2 text-left font-medium"}>{caption}</caption>
        {children}
      </table>
    </ScrollRegion>
  );
}

type ScrollRegionProps = {
  label: string;
  className?: string | undefined;
  children: ReactNode;
};

export function ScrollRegion({ label, className, children }: ScrollRegionProps) {
  return (
    <section
      aria-label={label}
      data-scroll-region=""
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn("relative overflow-x-auto rounded-sm", className)}
    >
      {children}
    </section>
  );
}

type ThProps = ComponentProps<"th"> & { numeric?: boolean | undefined };

export function Th({ numeric, scope = "col", className, ...rest }: ThProps) {
  return (
    <th
      scope={scope}
      className={cn(
        "border-b px-3 py-2 font-medium",
        scope === "col" ? "align-bottom text-muted" : "align-top text-ink",
        numeric ? "text-right" : "text-left",
        className,
      )}
      {...rest}
    />
  );
}

type TdProps = ComponentProps<"td"> & { numeric?: boolean | undefined };

export function Td({ numeric, className, ...rest }: TdProps) {
  return <td className={cn("border-b px-3 py-2 align-top", numeric && "text-right", className)} {...rest} />;
}
