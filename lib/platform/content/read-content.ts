import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { z } from "zod";

/** Where `content/` lies: beside the process, as with `next start` and every script. */
export function contentFolder(): string {
  return path.join(process.cwd(), "content");
}

/** Every YAML file of a content folder, sorted by name, through its schema; throws naming the file that does not fit. */
export function readContent<S extends z.ZodType>(
  folder: string,
  schema: S,
): Array<{ name: string; value: z.output<S> }> {
  const place = path.join(contentFolder(), folder);
  const names = readdirSync(place)
    .filter((name) => name.endsWith(".yaml"))
    .sort();
  return names.map((name) => {
    const result = schema.safeParse(parse(readFileSync(path.join(place, name), "utf8")));
    if (!result.success) {
      const issues = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
      throw new Error(`content/${folder}/${name}: ${issues}`);
    }
    return { name: name.replace(/\.yaml$/, ""), value: result.data };
  });
}
