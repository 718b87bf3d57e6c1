import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

const CHANGES_THE_PROCESS = /process\.env\.\w+ = |resetModules\(|define(Command|Query|Founding|Event)\(/;
const tests = globSync(["tests/architecture.test.ts", "tests/{unit,integration}/**/*.test.ts"]).sort();
const apart = tests.filter((file) => CHANGES_THE_PROCESS.test(readFileSync(file, "utf8")));
const together = tests.filter((file) => !apart.includes(file));

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
        test: {
          name: "unit",
          isolate: false,
          include: together.filter((file) => !file.startsWith("tests/integration/")),
        },
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
          include: together.filter((file) => file.startsWith("tests/integration/")),
          globalSetup: ["tests/support/database.ts"],
        },
      },
      // What changes the environment, defines operations of its own or loads modules anew has a process to itself.
      {
        extends: true,
        test: { name: "apart", include: apart, globalSetup: ["tests/support/database.ts"] },
      },
    ],
  },
});
