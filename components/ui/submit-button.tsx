"use client";

import type { ComponentProps, MouseEvent } from "react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "./button.tsx";
import { Spinner } from "./spinner.tsx";

type SubmitButtonProps = Omit<ButtonProps, "type" | "disabled"> &
  Pick<ComponentProps<"button">, "name" | "value"> & {
    /** Said while the form is being sent: "Saving…". */
    pendingLabel: string;
  };

/** Sends its form once. Stays focusable while it waits, so that a keyboard does not lose its place. */
export function SubmitButton({ pendingLabel, children, variant = "primary", onClick, ...rest }: SubmitButtonProps) {
  const { pending, data } = useFormStatus();
  const mine = pending && (rest.name === undefined || data?.get(rest.name) === rest.value);
  function sendOnce(event: MouseEvent<HTMLButtonElement>) {
    if (pending) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <Button type="submit" variant={variant} aria-disabled={pending || undefined} onClick={sendOnce} {...rest}>
      {mine && <Spinner />}
      <span aria-live="polite">{mine ? pendingLabel : children}</span>
    </Button>
  );
}
