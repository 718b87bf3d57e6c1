import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { Providers } from "#components/layout/providers.tsx";

export const metadata: Metadata = {
  title: { default: "Wardbook", template: "%s – Wardbook" },
  description: "The book in which a clinic keeps its AI compliance, and from which it proves it.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const request = await headers();
  return (
    <html lang={await getLocale()}>
      <body>
        <Providers nonce={request.get("x-nonce") ?? undefined} requestId={request.get("x-request-id") ?? undefined}>
          <ClientMessages>{children}</ClientMessages>
        </Providers>
      </body>
    </html>
  );
}
