import { z } from "zod";
import { InviteMember, type WorkforceType } from "#lib/domain/clinic/people/schema.ts";
import { EmailAddress, WORKFORCE_TYPES, WorkingDay } from "#lib/domain/clinic/schema.ts";
import { ROLES, type Role } from "#lib/domain/context.ts";
import type { SheetColumn } from "#lib/domain/sheet.ts";
import { line } from "#lib/domain/text.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// A row is a person by their address: one who is new is invited, and what is known of a member is described anew. A file
// gives nobody another role, ends nobody and takes nobody back.

export const PEOPLE_ROWS_MAX = 5000;

/** The columns of a file of people, in the order in which our own has them. */
export const PEOPLE_COLUMNS = [
  { id: "name", needed: true },
  { id: "email", needed: true },
  { id: "role", choice: "closed" },
  { id: "jobTitle" },
  { id: "workforceType", choice: "closed" },
  { id: "location" },
  { id: "tracks" },
  { id: "startsOn" },
  { id: "endsOn" },
] as const satisfies readonly SheetColumn[];

export const PEOPLE_VALUES = { role: ROLES, workforceType: WORKFORCE_TYPES } as const;

/** How the lists of other programs call these columns, in English and in Spanish. */
export const PEOPLE_HEADERS: Readonly<Record<(typeof PEOPLE_COLUMNS)[number]["id"], readonly string[]>> = {
  name: [
    "full name",
    "employee",
    "employee name",
    "staff name",
    "display name",
    "nombre",
    "nombre completo",
    "empleado",
  ],
  email: ["email", "e-mail", "email address", "e-mail address", "work email", "mail", "correo", "correo electrónico"],
  role: ["wardbook role", "access", "access role", "rol", "acceso"],
  jobTitle: ["title", "job", "position", "occupation", "puesto", "cargo", "título", "ocupación"],
  workforceType: [
    "type",
    "employment type",
    "employee type",
    "worker type",
    "tipo",
    "tipo de empleo",
    "tipo de personal",
  ],
  location: ["site", "office", "facility", "clinic", "work location", "ubicación", "sede", "sucursal", "oficina"],
  tracks: ["track", "training track", "department", "team", "group", "departamento", "equipo", "área", "grupo"],
  startsOn: [
    "start",
    "start date",
    "starts on",
    "hire date",
    "date of hire",
    "fecha de inicio",
    "inicio",
    "fecha de contratación",
    "fecha de ingreso",
    "primer día",
  ],
  endsOn: ["end", "end date", "ends on", "termination date", "fecha de fin", "fecha final", "fin", "último día"],
};

/** Parts of a name that have columns of their own; they are put together in this order. */
export const NAME_PARTS = [
  ["first name", "firstname", "given name", "forename", "primer nombre", "nombre de pila"],
  ["middle name", "middle initial", "mi", "segundo nombre"],
  ["last name", "lastname", "surname", "family name", "apellido", "apellidos", "apellido paterno", "primer apellido"],
  ["second last name", "apellido materno", "segundo apellido"],
] as const;

/** What else people write for a value. */
export const PEOPLE_WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  role: {
    owner: ["propietario", "propietaria", "dueño", "dueña"],
    privacy_officer: ["privacy official", "oficial de privacidad", "responsable de privacidad"],
    manager: ["supervisor", "gerente", "encargado", "encargada", "supervisora"],
    staff: ["member", "user", "personal", "empleado", "empleada"],
    auditor: ["auditora"],
  } satisfies Record<Role, readonly string[]>,
  workforceType: {
    employee: [
      "employed",
      "full time",
      "part time",
      "regular",
      "w-2",
      "empleado",
      "empleada",
      "tiempo completo",
      "medio tiempo",
    ],
    contractor: ["contract", "contracted", "1099", "agency", "temp", "temporary", "locum", "contratista", "temporal"],
    student: ["trainee", "intern", "internship", "resident", "estudiante", "pasante", "becario", "residente"],
    volunteer: ["voluntario", "voluntaria"],
    external: ["outside", "externo", "externa"],
  } satisfies Record<WorkforceType, readonly string[]>,
};

const day = z
  .string()
  .trim()
  .transform((text) => (text === "" ? null : text))
  .pipe(WorkingDay.nullable());

/** A row by what its cells may hold. */
export const PersonRow = z.object({
  // What can't be seen is taken out first: lists copied from a mail often bring it along.
  email: line(254).pipe(EmailAddress),
  name: InviteMember.shape.name,
  role: z.enum(ROLES).nullable(),
  jobTitle: InviteMember.shape.jobTitle,
  workforceType: z.enum(WORKFORCE_TYPES).nullable(),
  tracks: InviteMember.shape.tracks,
  startsOn: day,
  endsOn: day,
});
export type PersonRow = z.output<typeof PersonRow>;

export const RenewImported = z.object({ importId: z.uuid() });

/** A member as an import compares and describes them. */
export type MemberOnRecord = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly version: number;
  readonly left: boolean;
  readonly startedOn: CalendarDate;
  readonly endedOn: CalendarDate | null;
  readonly location: string;
} & Described;

/** What a member does here. */
export type Described = {
  readonly jobTitle: string;
  readonly workforceType: WorkforceType;
  readonly locationId: string | null;
  readonly tracks: readonly string[];
};

export type PlaceOnRecord = { readonly id: string; readonly name: string; readonly closed: boolean };

/** The one-time link of somebody whom an import invited, by its token. It is told once. */
export type InvitedPerson = { readonly name: string; readonly email: string; readonly token: string };
