"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { isApproval, type Status } from "#lib/domain/tools/schema.ts";
import { StatusBadge } from "./status-badge.tsx";

type DecideFormProps = {
  decide: FormAction;
  tool: { readonly id: string; readonly version: number; readonly vendor: string };
  /** The statuses to choose among; none is chosen beforehand. */
  statuses: readonly Status[];
  /** One a line, from what is in force or recommended. */
  conditions: readonly string[];
};

/** A person's decision on a tool. */
export function DecideForm({ decide, tool, statuses, conditions }: DecideFormProps) {
  const t = useTranslations("tools.decide");
  return (
    <Form action={decide} submitLabel={t("submit")} scope="decide">
      {(state) => (
        <div className="group/decide space-y-5">
          <input type="hidden" name="toolId" value={tool.id} />
          <input type="hidden" name="version" value={tool.version} />
          <RadioGroup
            {...bindField(state, "status")}
            scope="decide"
            label={t("status")}
            choices={statuses.map((status) => ({
              value: status,
              label: <StatusBadge status={status} plain />,
              help: t(`statusHelp.${status}`, { vendor: tool.vendor }),
            }))}
          />
          <TextareaField
            {...bindField(state, "reason")}
            scope="decide"
            label={t("reason")}
            help={t("reasonHelp")}
            rows={3}
            required
          />
          {/* Only an approval has conditions; without :has() the field stays, and the rule drops what is in it. */}
          <div className="hidden group-has-[input[value$=phi]:checked]/decide:block">
            <TextareaField
              {...bindField(state, "conditions", conditions.join("\n"))}
              scope="decide"
              label={t("conditions")}
              help={t("conditionsHelp")}
              rows={4}
            />
          </div>
          {statuses.some(isApproval) && (
            <div className="max-w-60">
              <TextField
                {...bindField(state, "reviewOn")}
                scope="decide"
                type="date"
                label={t("reviewOn")}
                labelNote={t("optional")}
                help={t("reviewOnHelp")}
              />
            </div>
          )}
        </div>
      )}
    </Form>
  );
}
