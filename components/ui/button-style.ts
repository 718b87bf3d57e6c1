import { cn } from "#lib/kernel/cn.ts";

export type ButtonVariant = "primary" | "secondary" | "danger" | "quiet";
export type ButtonSize = "small" | "medium";

const variants: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border-line-strong/50 bg-raised text-ink hover:bg-hover",
  danger: "border-transparent bg-critical-fill text-on-critical hover:bg-critical-fill-hover",
  quiet: "border-transparent text-accent hover:bg-hover",
};

const sizes: Record<ButtonSize, string> = {
  small: "min-h-7 px-2 pointer-coarse:min-h-9",
  medium: "min-h-9 px-3.5 pointer-coarse:min-h-11",
};

/** The look of a button, for what is a button and for what is a link. */
export function buttonStyle(options: {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  className?: string | undefined;
}): string {
  return cn(
    "inline-flex cursor-pointer items-center justify-center gap-1.5 rounded-md border py-1 text-center print:hidden font-medium text-sm",
    "transition-colors aria-disabled:cursor-not-allowed aria-disabled:opacity-60 disabled:cursor-not-allowed disabled:opacity-60",
    "[&_svg]:size-4 [&_svg]:shrink-0",
    variants[options.variant ?? "secondary"],
    sizes[options.size ?? "medium"],
    options.className,
  );
}
