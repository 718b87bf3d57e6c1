import { NotFoundPage } from "#components/layout/not-found-page.tsx";

export default function NotFound() {
  return (
    <main className="mx-auto max-w-prose px-4 py-12">
      <NotFoundPage />
    </main>
  );
}
