import { expect, test } from "vitest";
import { deviceOf } from "#lib/platform/auth/device.ts";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/153.0.0.0 Safari/537.36 Edg/153.0.0.0`,
    "edge",
    "windows",
  ],
  [`Mozilla/5.0 (Linux; Android 16; K) ${WEBKIT} Chrome/153.0.0.0 Mobile Safari/537.36`, "chrome", "android"],
  [`Mozilla/5.0 (X11; CrOS x86_64 16000.0.0) ${WEBKIT} Chrome/153.0.0.0 Safari/537.36`, "chrome", "chromeos"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "firefox", "linux"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
    "safari",
    "iphone",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
    "safari",
    "mac",
  ],
  ["curl/8.14.1", "unknown", "unknown"],
  ["", "unknown", "unknown"],
])("a browser is recognised by what it says of itself: %s", (userAgent, browser, system) => {
  expect(deviceOf(userAgent)).toEqual({ browser, system });
});
