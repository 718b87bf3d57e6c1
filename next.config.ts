import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
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
  compiler: {
    runAfterProductionCompile: async ({ projectDir, distDir }) => hintCompilation(path.resolve(projectDir, distDir)),
  },
  experimental: { serverActions: { bodySizeLimit: bodyLimit }, proxyClientMaxBodySize: bodyLimit },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

const COMPILE_HINT = "//# allFunctionsCalledOnLoad";

/**
 * Has browsers compile scripts while they arrive, beside the page and not in its way, since most of what is in them is called
 * at once (docs/decisions/043).
 */
function hintCompilation(distDir: string): void {
  const chunks = path.join(distDir, "static", "chunks");
  for (const name of readdirSync(chunks).filter((file) => file.endsWith(".js"))) {
    const file = path.join(chunks, name);
    const script = readFileSync(file, "utf8");
    // A build may leave a script as the one before wrote it.
    if (!script.startsWith(COMPILE_HINT)) writeFileSync(file, `${COMPILE_HINT}\n${script}`);
  }
}

export default createNextIntlPlugin("./lib/platform/i18n/request.ts")(config);
