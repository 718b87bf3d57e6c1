import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

// What needs no nonce. The policy itself, and HSTS, are set per request in proxy.ts.
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

// A file of 20 MB (lib/domain/files/schema.ts) with its fields, and a text far too long for its field: our own words
// answer, not a broken request. The proxy reads the body too and cuts what is longer.
const bodyLimit = "25mb";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types of everything; the build of a demo has no need to do it again.
  typescript: { ignoreBuildErrors: true },
  // In development Next would write an action's arguments to the console, and with them what people typed.
  logging: { serverFunctions: false },
  // Native or worker-thread packages that a bundler would break.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@myriaddreamin/typst-ts-node-compiler",
    "@prisma/client",
    "pg",
    "pg-boss",
    "pino",
    "resend",
  ],
  experimental: { serverActions: { bodySizeLimit: bodyLimit }, proxyClientMaxBodySize: bodyLimit },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default createNextIntlPlugin("./lib/platform/i18n/request.ts")(config);
