"use client";

import { ErrorPage } from "#components/layout/error-page.tsx";

type ErrorProps = { error: unknown; retry: () => void };

/** Below the layout, so that the menu stays while a page has failed. */
export default function ClinicError(props: ErrorProps) {
  return <ErrorPage {...props} />;
}
