"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactElement, ReactNode, RefObject } from "react";
import { buttonStyle } from "./button-style.ts";

type DialogProps = {
  title: ReactNode;
  description?: ReactNode;
  closeLabel: string;
  /** The element that opens it, a `<Button>`. Leave it out and steer with `open`. */
  trigger?: ReactElement<Record<string, unknown>> | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** Where the focus goes first; the first thing that takes it, where nothing is said. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  children: ReactNode;
};

/** A question or a short form in front of the page. Escape and the backdrop close it; the focus returns. */
export function Dialog({
  title,
  description,
  closeLabel,
  trigger,
  open,
  onOpenChange,
  initialFocus,
  children,
}: DialogProps) {
  const control = { ...(open === undefined ? {} : { open }), ...(onOpenChange ? { onOpenChange } : {}) };
  return (
    <BaseDialog.Root {...control}>
      {trigger && <BaseDialog.Trigger render={trigger} />}
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-backdrop" />
        <BaseDialog.Viewport className="fixed inset-0 z-50 flex items-end justify-center overflow-y-auto p-4 sm:items-center">
          <BaseDialog.Popup
            {...(initialFocus && { initialFocus })}
            className="w-full max-w-lg rounded-md border bg-raised p-5 outline-none"
          >
            <div className="flex items-start justify-between gap-4">
              <BaseDialog.Title className="font-semibold text-lg">{title}</BaseDialog.Title>
              <BaseDialog.Close aria-label={closeLabel} className={buttonStyle({ variant: "quiet", size: "small" })}>
                <X aria-hidden="true" />
              </BaseDialog.Close>
            </div>
            {description && (
              <BaseDialog.Description className="mt-1 text-muted text-sm">{description}</BaseDialog.Description>
            )}
            <div className="mt-4">{children}</div>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
