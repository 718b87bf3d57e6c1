"use client";

import { ChevronDown } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";

type ClinicMenuProps = { label: string; clinics: ReadonlyArray<{ slug: string; clinicName: string }> };

/** The clinics of who belongs to several. */
export default function ClinicMenu({ label, clinics }: ClinicMenuProps) {
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="small">
          {label}
          <ChevronDown aria-hidden="true" />
        </Button>
      }
      entries={clinics.map(({ slug, clinicName }) => ({ key: slug, label: clinicName, href: `/c/${slug}` }))}
    />
  );
}
