"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, upload } from "#app/answer.ts";
import { beside } from "#app/beside.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { recordInferencePath } from "#lib/domain/vendors/paths/commands/record-inference-path.ts";

type Typed = Parameters<typeof recordInferencePath>[1];

export async function recordInferencePathAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("paths.done");
    const typed = (name: string) => String(form.get(name) ?? "");
    const rows = rowsInOrder(form);
    const hops = await Promise.all(rows.map((row) => hopOf(form, row)));
    const { toolId, uncovered } = await beside(
      // The command counts its hops, and the form names its fields by row: `hops.3.place` is `hop7-place`.
      (field) => field.replace(/^hops\.(\d+)\.(\w+)$/, (_, index, name) => `hop${rows[Number(index)] ?? ""}-${name}`),
      async () =>
        recordInferencePath(ctx, {
          ...{ toolId: typed("toolId"), after: typed("after"), statedIn: typed("statedIn"), hops },
          ...{ statedOn: typed("statedOn"), keptFileId: typed("keptFileId"), file: await upload(form, "file") },
        }),
    );
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}#path`, t("recorded", { uncovered }));
  });
}

// A browser without scripts moves a row by a number and leaves it out by a tick.
function rowsInOrder(form: FormData): string[] {
  const rows = form
    .getAll("row")
    .map(String)
    .filter((row) => form.get(`hop${row}-drop`) === null);
  // Moved up it comes before what stands there, moved down after it.
  const place = (row: string, stands: number) => {
    const wanted = Number(form.get(`hop${row}-order`)) || stands;
    return wanted + Math.sign(wanted - stands) / 2;
  };
  const places = new Map(rows.map((row, index) => [row, place(row, index + 1)]));
  return rows.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

// What a form brings is text; the command asks whether it is a role, a coverage, a date.
async function hopOf(form: FormData, row: string): Promise<Typed["hops"][number]> {
  const typed = (name: string) => String(form.get(`hop${row}-${name}`) ?? "");
  return {
    ...{ processor: typed("processor"), role: typed("role") as "", place: typed("place") },
    ...{ coverage: typed("coverage") as "", baaId: typed("baaId") },
    ...{ shownOn: typed("shownOn"), shownUntil: typed("shownUntil"), evidence: typed("evidence") },
    ...{ keptFileId: typed("keptFileId"), file: await upload(form, `hop${row}-file`) },
  };
}
