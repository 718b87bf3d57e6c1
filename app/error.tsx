"use client";

import { ErrorPage } from "#components/layout/error-page.tsx";

type ErrorProps = { error: unknown; retry: () => void };

export default function AppError(props: ErrorProps) {
  return (
    <main className="px-4">
      <ErrorPage {...props} />
    </main>
  );
}
