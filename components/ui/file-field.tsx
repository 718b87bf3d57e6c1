"use client";

import { type ChangeEvent, useState } from "react";
import { cn } from "#lib/kernel/cn.ts";
import { Field, type FieldProps } from "./field.tsx";
import { controlStyle } from "./input.tsx";

type FileFieldProps = FieldProps & {
  /** What the browser offers first: "application/pdf". The server looks at the bytes. */
  accept: string;
  maxBytes: number;
  /** Said beside the field when a larger file is chosen, before it is sent for nothing. */
  tooLarge: string;
  required?: boolean | undefined;
};

/** A file to send along. A refused form can't keep it: browsers forget the choice, so say so in the help. */
export function FileField({ accept, maxBytes, tooLarge, required, error, ...field }: FileFieldProps) {
  const [isTooLarge, setTooLarge] = useState(false);
  function look({ target }: ChangeEvent<HTMLInputElement>) {
    const chosen = target.files?.[0];
    const refused = chosen !== undefined && chosen.size > maxBytes;
    setTooLarge(refused);
    if (refused) target.value = "";
  }
  return (
    <>
      <Field {...field} error={isTooLarge ? tooLarge : error}>
        {(control) => (
          <input
            type="file"
            accept={accept}
            required={required}
            onChange={look}
            className={cn(
              controlStyle,
              "min-h-9 py-1.5 text-sm pointer-coarse:min-h-11",
              "file:mr-3 file:cursor-pointer file:rounded-sm file:border file:border-line-strong/50 file:bg-raised file:px-2 file:py-0.5 file:text-ink",
            )}
            {...control}
          />
        )}
      </Field>
      <p role="status" className="sr-only">
        {isTooLarge ? tooLarge : ""}
      </p>
    </>
  );
}
