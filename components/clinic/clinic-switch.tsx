"use client";

import dynamic from "next/dynamic";

type ClinicSwitchProps = { label: string; clinics: ReadonlyArray<{ slug: string; clinicName: string }> };

const ClinicMenu = dynamic(() => import("./clinic-menu.tsx"));

/** For who belongs to several clinics; nobody else's browser loads the menu. */
export function ClinicSwitch(props: ClinicSwitchProps) {
  return props.clinics.length > 1 ? <ClinicMenu {...props} /> : null;
}
