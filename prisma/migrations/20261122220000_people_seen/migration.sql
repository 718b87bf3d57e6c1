-- A message may tell somebody that they were named for emergency access, taken off that list, or that their use was reviewed.
ALTER TABLE outbox_message
  DROP CONSTRAINT outbox_message_kind,
  ADD CONSTRAINT outbox_message_kind CHECK (kind IN ('baa_lapsed', 'request_answered', 'directive_to_sign', 'invitation', 'emergency_access', 'emergency_named', 'emergency_unnamed', 'emergency_reviewed', 'factors_reset', 'daily_digest'));
