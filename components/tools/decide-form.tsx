"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { isApproval, type Status } from "#lib/domain/tools/schema.ts";
import { StatusBadge } from "./status-badge.tsx";

type DecideFormProps = {
  decide: FormAction;
  tool: { readonly id: string; readonly version: number };
  /** The statuses to choose among; none is chosen beforehand. */
  statuses: readonly Status[];
  /** What an approval for patient data would rest on, or lacks. */
  forPhi: ReactNode;
  /** One a line, from what is in force or recommended. */
  conditions: readonly string[];
  /** The request that it answers. */
  requestId?: string | undefined;
};

/** A person's decision on a tool. */
export function DecideForm({ decide, tool, statuses, forPhi, conditions, requestId }: DecideFormProps) {
  const t = useTranslations("tools.decide");
  return (
    <Form action={decide} submitLabel={t("submit")} scope="decide">
      {(state) => (
        <div className="group/decide space-y-5">
          <input type="hidden" name="toolId" value={tool.id} />
          <input type="hidden" name="version" value={tool.version} />
          {requestId && <input type="hidden" name="requestId" value={requestId} />}
          <RadioGroup
            {...bindField(state, "status")}
            scope="decide"
            label={t("status")}
            choices={statuses.map((status) => ({
              value: status,
              label: <StatusBadge status={status} plain />,
              help: status === "approved_for_phi" ? forPhi : t(`statusHelp.${status}`),
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
