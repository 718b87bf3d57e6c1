import { defineConfig } from "@playwright/test";

const LOOKING = /\/(accessible|doors|first-run|lists|search)\.spec\.ts$/;

// One server, two clinics of the demo: journeys that change a clinic follow each other. What only looks, or founds a clinic of
// its own, runs beside them.
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: ".wardbook/test-results",
  globalSetup: "./tests/support/serve-demo.ts",
  workers: 2,
  projects: [
    { name: "looking", testMatch: LOOKING, workers: 1 },
    { name: "journeys", testIgnore: LOOKING, workers: 1 },
  ],
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: ".wardbook/reports/playwright.json" }]],
});
