import { notFound } from "next/navigation";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";

type PageProps = { params: Promise<{ clinic: string }> };

/** An address below the clinic that no page has: not found, with the clinic's menu around it. */
export default async function NoSuchPage({ params }: PageProps) {
  await requireClinicContext((await params).clinic);
  notFound();
}
