import { NotFoundPage } from "#components/layout/not-found-page.tsx";

/** Below the layout, so that the menu stays where a record isn't there. */
export default function ClinicNotFound() {
  return <NotFoundPage />;
}
