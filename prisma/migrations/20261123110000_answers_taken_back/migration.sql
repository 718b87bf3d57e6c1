-- CreateTable
CREATE TABLE "tool_answer_taken_back" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "request_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "answer" TEXT NOT NULL,
    "answered_by" UUID NOT NULL,
    "answered_at" TIMESTAMPTZ(6) NOT NULL,
    "answer_reason" TEXT NOT NULL,
    "answer_tool_id" UUID,
    "sole_decider" BOOLEAN NOT NULL,
    "taken_back_by" UUID NOT NULL,
    "taken_back_at" TIMESTAMPTZ(6) NOT NULL,
    "reason" TEXT NOT NULL,
    "taken_back_alone" BOOLEAN NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tool_answer_taken_back_pkey" PRIMARY KEY ("clinic_id","request_id","number")
);

-- AddForeignKey
ALTER TABLE "tool_answer_taken_back" ADD CONSTRAINT "tool_answer_taken_back_clinic_id_request_id_fkey" FOREIGN KEY ("clinic_id", "request_id") REFERENCES "tool_request"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_answer_taken_back" ADD CONSTRAINT "tool_answer_taken_back_clinic_id_answered_by_fkey" FOREIGN KEY ("clinic_id", "answered_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_answer_taken_back" ADD CONSTRAINT "tool_answer_taken_back_clinic_id_answer_tool_id_fkey" FOREIGN KEY ("clinic_id", "answer_tool_id") REFERENCES "tool"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_answer_taken_back" ADD CONSTRAINT "tool_answer_taken_back_clinic_id_taken_back_by_fkey" FOREIGN KEY ("clinic_id", "taken_back_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Words that only these values may take, and moments in the order in which they come

ALTER TABLE tool_answer_taken_back ADD CONSTRAINT tool_answer_taken_back_answer CHECK (answer IN ('granted', 'refused', 'use_instead')),
  ADD CONSTRAINT tool_answer_taken_back_tool CHECK (answer NOT IN ('granted', 'use_instead') OR answer_tool_id IS NOT NULL),
  ADD CONSTRAINT tool_answer_taken_back_reason CHECK (reason <> ''),
  ADD CONSTRAINT tool_answer_taken_back_times CHECK (taken_back_at >= answered_at);

-- People are told that a request is open again, by mail too

ALTER TABLE outbox_message DROP CONSTRAINT outbox_message_kind,
  ADD CONSTRAINT outbox_message_kind CHECK (kind IN ('baa_lapsed', 'request_answered', 'request_reopened', 'directive_to_sign', 'invitation',
    'emergency_access', 'emergency_named', 'emergency_unnamed', 'emergency_reviewed', 'factors_reset', 'provider_linked', 'account_reset',
    'daily_digest'));

-- Row-level security. What was answered and why it was taken back is never rewritten.

ALTER TABLE tool_answer_taken_back ENABLE ROW LEVEL SECURITY;
ALTER TABLE tool_answer_taken_back FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic ON tool_answer_taken_back TO wardbook_app
  USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()));
GRANT SELECT, INSERT ON tool_answer_taken_back TO wardbook_app;
