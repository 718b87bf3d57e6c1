export type Device = { readonly browser: Browser; readonly system: System };
export type Browser = (typeof BROWSERS)[number][0] | "unknown";
export type System = (typeof SYSTEMS)[number][0] | "unknown";

// In this order: Edge and Opera also call themselves Chrome, and everything calls itself Safari.
const BROWSERS = [
  ["edge", /\bEdg(e|A|iOS)?\//],
  ["opera", /\bOPR\//],
  ["samsung", /\bSamsungBrowser\//],
  ["firefox", /\b(Firefox|FxiOS)\//],
  ["chrome", /\b(Chrome|CriOS|HeadlessChrome)\//],
  ["safari", /\bVersion\/.* Safari\//],
] as const;

// An iPhone calls itself "like Mac OS X", and Android is a Linux.
const SYSTEMS = [
  ["iphone", /\biPhone\b/],
  ["ipad", /\biPad\b/],
  ["android", /\bAndroid\b/],
  ["chromeos", /\bCrOS\b/],
  ["windows", /\bWindows\b/],
  ["mac", /\bMacintosh\b/],
  ["linux", /\bLinux\b/],
] as const;

/** What a browser says of itself, as far as it helps a person to recognise their own. */
export function deviceOf(userAgent: string): Device {
  return { browser: firstFitting(BROWSERS, userAgent), system: firstFitting(SYSTEMS, userAgent) };
}

function firstFitting<Name extends string>(
  known: ReadonlyArray<readonly [Name, RegExp]>,
  userAgent: string,
): Name | "unknown" {
  return known.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? "unknown";
}
