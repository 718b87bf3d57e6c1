import { addDays, type CalendarDate } from "#lib/kernel/dates.ts";
import type { PersonToInvite } from "#scripts/open-clinic.ts";

type FurtherPerson = Omit<PersonToInvite, "locationId"> & {
  /** How many days ago they were invited. */
  readonly joins: number;
  readonly place: "harbor" | "mill" | "telehealth";
};

/** Harbor's people beside the eight who found it: of each kind of workforce, at each place. */
export function furtherPeople(today: CalendarDate): FurtherPerson[] {
  return [
    person("Samuel Greene", "Medical director", "mill", "Clinical", 58, { role: "manager" }),
    person("Ruth Abelson", "Physician", "harbor", "Clinical", 58),
    person("Kofi Mensah", "Physician assistant", "mill", "Clinical", 58),
    person("Elena Petrova", "Registered nurse", "harbor", "Clinical", 58),
    person("Tyrone Banks", "Medical assistant", "harbor", "Clinical", 57),
    person("Lucía Herrera", "Medical assistant", "mill", "Clinical", 57, { locale: "es" }),
    person("Hana Sato", "Counselor", "telehealth", "Clinical", 57),
    person("Peter Novak", "Nurse practitioner", "telehealth", "Clinical", 57),
    person("Fatima Zahra", "Laboratory technician", "harbor", "Clinical", 56),
    person("Owen Clarke", "Receptionist", "harbor", "Front desk", 56),
    person("Carmen Díaz", "Scheduler", "mill", "Front desk", 56, { locale: "es" }),
    person("Aisha Bello", "Care coordinator", "telehealth", "Clinical", 40),
    person("Deepa Iyer", "Coding specialist", "harbor", "Billing", 55, { workforceType: "contractor" }),
    person("Marcus Hill", "IT support", "harbor", "Office", 55, {
      workforceType: "contractor",
      endsOn: addDays(today, 12),
    }),
    person("Vera Lang", "Web designer", "telehealth", "Office", 52, { workforceType: "contractor" }),
    person("Lena Fischer", "Medical student", "mill", "Clinical", 33, {
      workforceType: "student",
      endsOn: addDays(today, 60),
    }),
    person("Isabel Moreau", "Greeter", "harbor", "Front desk", 44, { workforceType: "volunteer" }),
    person("George Tanaka", "Patient library", "harbor", "Front desk", 44, { workforceType: "volunteer" }),
  ];
}

function person(
  name: string,
  jobTitle: string,
  place: FurtherPerson["place"],
  tracks: string,
  joins: number,
  more: Partial<FurtherPerson> = {},
): FurtherPerson {
  const plain = name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replace(" ", ".");
  return {
    ...{ name, jobTitle, place, tracks, joins, role: "staff", workforceType: "employee" },
    email: `${plain}@harbor-family.example`,
    ...more,
  };
}
