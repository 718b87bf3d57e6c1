-- AlterTable
ALTER TABLE "outbox_message" ALTER COLUMN "member_id" DROP NOT NULL;

-- An invitation is for somebody who is no member yet; everything else is for a member. Where no mail goes out, somebody
-- passes a link on and says so.
ALTER TABLE outbox_message
  DROP CONSTRAINT outbox_message_kind,
  DROP CONSTRAINT outbox_message_state,
  ADD CONSTRAINT outbox_message_kind CHECK (kind IN ('baa_lapsed', 'request_answered', 'directive_to_sign', 'invitation', 'emergency_access', 'factors_reset', 'daily_digest')),
  ADD CONSTRAINT outbox_message_state CHECK (state IN ('queued', 'handed_over', 'sent', 'failed', 'bounced')),
  ADD CONSTRAINT outbox_message_reader CHECK ((kind = 'invitation') = (member_id IS NULL));

-- Two workers at once write to somebody who is invited once.
CREATE UNIQUE INDEX outbox_message_invitation ON outbox_message (clinic_id, subject_id) WHERE kind = 'invitation' AND again_of IS NULL;
