import { defineConfig } from "@playwright/test";

// One browser, one server, two clinics of the demo: journeys that change a clinic follow each other.
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: ".wardbook/test-results",
  globalSetup: "./tests/support/serve-demo.ts",
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: ".wardbook/reports/playwright.json" }]],
});
