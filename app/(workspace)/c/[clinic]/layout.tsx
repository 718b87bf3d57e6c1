import {
  BookText,
  FolderCheck,
  Handshake,
  Library,
  Mail,
  MessageCircleQuestionMark,
  ScrollText,
  Search,
  Settings,
  ShieldBan,
  Signature,
  Siren,
  Sun,
  Users,
} from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { changeLanguageAction, signOutAction } from "#app/actions.ts";
import { StaySignedIn } from "#app/stay-signed-in.tsx";
import { ClinicSwitch } from "#components/clinic/clinic-switch.tsx";
import { LanguageSwitch } from "#components/clinic/language-switch.tsx";
import { SignOutForm } from "#components/clinic/sign-out-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { KeyboardShortcuts } from "#components/layout/keyboard-shortcuts.tsx";
import { OfflineBar } from "#components/layout/offline-bar.tsx";
import { SearchButton } from "#components/layout/search-button.tsx";
import { Shell } from "#components/layout/shell.tsx";
import { WhoToAsk } from "#components/layout/who-to-ask.tsx";
import { EmergencyBanner } from "#components/people/emergency-banner.tsx";
import { EmergencyWatch } from "#components/people/emergency-watch.tsx";
import { listMemberships, requireAccount, requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getEmergencyBanner } from "#lib/domain/clinic/emergency-access/queries.ts";
import { getLeaders } from "#lib/domain/clinic/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { can, type Permission } from "#lib/domain/permissions.ts";
import { getRequestsWaiting } from "#lib/domain/tools/requests/queries.ts";
import { endEmergencyAccessAction } from "./people/emergency-access/actions.ts";

type Place = { path: string; label: string; key: string; icon: ReactNode; permission: Permission; exact?: boolean };

// In the order of the menu; `key` is pressed after `g`.
const PLACES = [
  { path: "", label: "today", key: "h", icon: <Sun aria-hidden="true" />, permission: "calendar.read", exact: true },
  {
    path: "/may-i-use-it",
    label: "mayIUseIt",
    key: "m",
    icon: <Search aria-hidden="true" />,
    permission: "tool.look_up",
  },
  { path: "/tools", label: "tools", key: "t", icon: <BookText aria-hidden="true" />, permission: "tool.read" },
  {
    path: "/tools/catalogue",
    label: "catalogue",
    key: "c",
    icon: <Library aria-hidden="true" />,
    permission: "tool.read",
  },
  {
    path: "/requests",
    label: "requests",
    key: "r",
    icon: <MessageCircleQuestionMark aria-hidden="true" />,
    permission: "tool_request.see",
  },
  {
    path: "/vendors",
    label: "vendors",
    key: "v",
    icon: <Handshake aria-hidden="true" />,
    permission: "vendor.read",
  },
  { path: "/people", label: "people", key: "o", icon: <Users aria-hidden="true" />, permission: "member.read" },
  {
    path: "/policies",
    label: "policies",
    key: "p",
    icon: <Signature aria-hidden="true" />,
    permission: "policy.read",
  },
  {
    path: "/block-list",
    label: "blockList",
    key: "b",
    icon: <ShieldBan aria-hidden="true" />,
    permission: "block_list.read",
  },
  {
    path: "/evidence",
    label: "evidence",
    key: "e",
    icon: <FolderCheck aria-hidden="true" />,
    permission: "evidence.read",
  },
  { path: "/ledger", label: "ledger", key: "l", icon: <ScrollText aria-hidden="true" />, permission: "ledger.read" },
  { path: "/outbox", label: "outbox", key: "x", icon: <Mail aria-hidden="true" />, permission: "outbox.read" },
  {
    path: "/people/emergency-access",
    label: "emergencyAccess",
    key: "y",
    icon: <Siren aria-hidden="true" />,
    permission: "emergency_access.open",
  },
  { path: "/settings", label: "settings", key: "s", icon: <Settings aria-hidden="true" />, permission: "clinic.read" },
] as const satisfies readonly Place[];

// Who is not signed in gets none of these pages, and so no robot does: only public ones have to ask not to be indexed.
export const metadata: Metadata = { robots: null };

type WorkspaceLayoutProps = { params: Promise<{ clinic: string }>; children: ReactNode };

export default async function WorkspaceLayout({ params, children }: WorkspaceLayoutProps) {
  const ctx = await requireClinicContext((await params).clinic);
  const memberships = await listMemberships((await requireAccount()).accountId);
  const t = await getTranslations("clinic");
  const home = `/c/${ctx.slug}`;
  const waiting = await waitingAt(ctx);
  const emergency = await getEmergencyBanner(ctx, {});
  // Officers find it with the people; of the others only who may open it needs the way there.
  const isPlace = ({ path }: Place) => path !== "/people/emergency-access" || emergency.named || emergency.own !== null;
  const items = PLACES.filter((place) => can(ctx, place.permission) && isPlace(place)).map(
    ({ path, label, key, icon, exact = false }: Place) => {
      const number = waiting[path] ?? 0;
      const badge = number > 0 ? { number, label: t("navigation.waiting", { count: number }) } : undefined;
      return { key, icon, exact, href: `${home}${path}`, label: t(`navigation.${label}`), waiting: badge };
    },
  );
  const jumps = items.map(({ key, href, label }) => ({ key, href, label }));
  const { actor } = ctx;
  const person = actor.kind === "member" ? { name: actor.name, role: t(`role.${actor.role}`) } : { name: "", role: "" };
  return (
    <Shell
      clinic={{ name: ctx.clinicName, href: home }}
      person={{ ...person, href: "/account" }}
      navigation={[
        {
          key: "places",
          items: items.map(({ href, label, icon, waiting, exact }) => ({ href, label, icon, waiting, exact })),
        },
      ]}
      signOut={
        <div className="flex items-center gap-3">
          <LanguageSwitch action={changeLanguageAction} />
          <SignOutForm action={signOutAction} />
        </div>
      }
      tools={
        <>
          <SearchButton jumps={jumps} home={home} answers={`/api/search/${ctx.slug}`} />
          <ClinicSwitch label={t("shell.changeClinic")} clinics={memberships} />
        </>
      }
    >
      <StaySignedIn />
      <OfflineBar />
      <KeyboardShortcuts jumps={jumps} />
      <ClientMessages namespaces={["emergency-access"]}>
        <EmergencyBanner
          standing={emergency}
          path={`${home}/people/emergency-access`}
          timeZone={ctx.timeZone}
          end={endEmergencyAccessAction.bind(null, ctx.slug)}
          statusPath={`/api/emergency-access/${ctx.slug}`}
        />
      </ClientMessages>
      {can(ctx, "emergency_access.review") && <EmergencyWatch />}
      <WhoToAsk leaders={await getLeaders(ctx, {})}>{children}</WhoToAsk>
    </Shell>
  );
}

/** How many things wait for the reader at a place of the menu. */
async function waitingAt(ctx: ClinicContext): Promise<Readonly<Record<string, number>>> {
  if (!can(ctx, "tool_request.answer")) return {};
  return { "/requests": (await getRequestsWaiting(ctx, {})).count };
}
