import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "./button-style.ts";

export type LinkButtonProps = ComponentProps<typeof Link> & {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
};

/** Never fetched ahead: every page is made for one person at one moment, and a list has a hundred links. */
export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  return <Link prefetch={false} className={buttonStyle({ variant, size, className })} {...rest} />;
}
