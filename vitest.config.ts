import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

const integration = globSync("tests/integration/**/*.test.ts").sort();
const apart = integration.filter((file) => /process\.env\.\w+ = |resetModules\(/.test(readFileSync(file, "utf8")));

export default defineConfig({
  resolve: { conditions: ["react-server"] },
  ssr: { resolve: { conditions: ["react-server"] } },
  test: {
    environment: "node",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Also on two cores, where the default leaves one worker: half the time goes by waiting for Postgres.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: "unit", isolate: false, include: ["tests/unit/**/*.test.ts", "tests/architecture.test.ts"] },
      },
      // Drawn as the browser's half of React draws them: with context, which server components don't have.
      {
        extends: false,
        test: {
          name: "components",
          include: ["tests/components/**/*.test.ts"],
          server: { deps: { inline: ["next-intl", "use-intl"] } },
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          isolate: false,
          include: integration.filter((file) => !apart.includes(file)),
          globalSetup: ["tests/support/database.ts"],
        },
      },
      // What changes the process's environment or loads modules anew has a process to itself.
      {
        extends: true,
        test: { name: "apart", include: apart, globalSetup: ["tests/support/database.ts"] },
      },
    ],
  },
});
