"use client";

import "./globals.css";
import english from "#messages/en/layout.json";
import spanish from "#messages/es/layout.json";

type GlobalErrorProps = { error: unknown; retry: () => void };

/** The root layout itself failed, so neither the reader's language nor the providers are known: say it in both. */
export default function GlobalError({ error, retry }: GlobalErrorProps) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <html lang="en">
      <body>
        <title>Wardbook</title>
        <main className="mx-auto max-w-prose px-4 py-16">
          <h1 className="font-semibold text-2xl">{english.error.title}</h1>
          <p className="mt-3">{english.error.text}</p>
          <p className="mt-3 text-muted" lang="es">
            {spanish.error.title}. {spanish.error.text}
          </p>
          {digest && (
            <p className="mt-3 text-sm">
              {english.error.reference} <code className="font-mono text-xs">{digest}</code>
            </p>
          )}
          <p className="mt-6">
            <button type="button" className="link" onClick={retry}>
              {english.error.retry}
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}
