import type { ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonStyle } from "./button-style.ts";

type DownloadLinkProps = {
  href: string;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  children: ReactNode;
};

/** A file, not a page: left to the browser, which a page link would first try to render. */
export function DownloadLink({ href, variant, size, children }: DownloadLinkProps) {
  return (
    <a href={href} download className={buttonStyle({ variant, size })}>
      {children}
    </a>
  );
}
