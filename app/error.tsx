"use client";

import { ErrorPage } from "#components/layout/error-page.tsx";

type ErrorProps = { error: unknown; retry: () => void };

export default function AppError(props: ErrorProps) {
  return (
    <main className="mx-auto max-w-prose px-4 py-12">
      <ErrorPage {...props} />
    </main>
  );
}
