"use client";

import { ChevronDown } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";

type ClinicSwitchProps = { label: string; clinics: ReadonlyArray<{ slug: string; clinicName: string }> };

/** For who belongs to several clinics. */
export function ClinicSwitch({ label, clinics }: ClinicSwitchProps) {
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
