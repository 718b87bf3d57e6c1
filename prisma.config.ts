import { defineConfig } from "prisma/config";

// `prisma generate` would otherwise download an engine that it does not use.
if (process.argv.includes("generate")) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  // What `initShadowDb` belongs to: a migration may grant rights on Prisma's own table.
  experimental: { externalTables: true },
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations", initShadowDb: "CREATE TABLE _prisma_migrations ()" },
  datasource: { url: process.env.DATABASE_OWNER_URL ?? "" },
});
