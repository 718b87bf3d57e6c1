import "server-only";
import { WhyAsked as Disclosure } from "#components/layout/why-asked.tsx";
import { askedAbout } from "#lib/domain/evidence/asked-about/queries.ts";
import type { AskedAbout } from "#lib/domain/evidence/asked-about/schema.ts";

/** "Why OCR asks", for the place that a page shows. */
export function WhyAsked({ place }: { place: AskedAbout }) {
  return <Disclosure place={place} {...askedAbout(place)} />;
}
