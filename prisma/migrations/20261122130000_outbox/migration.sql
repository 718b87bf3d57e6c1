-- CreateTable
CREATE TABLE "outbox_message" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "member_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID,
    "counts" JSONB,
    "digest_on" DATE,
    "again_of" UUID,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(6) NOT NULL,
    "queued_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),
    "locale" TEXT,
    "provider_id" TEXT,
    "failure" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_message_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "mail_preference" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "member_id" UUID NOT NULL,
    "digest" BOOLEAN NOT NULL,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_preference_pkey" PRIMARY KEY ("clinic_id","member_id")
);

-- CreateIndex
CREATE INDEX "outbox_message_clinic_id_state_next_attempt_at_idx" ON "outbox_message"("clinic_id", "state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "outbox_message_clinic_id_queued_at_idx" ON "outbox_message"("clinic_id", "queued_at");

-- CreateIndex
CREATE INDEX "outbox_message_clinic_id_kind_subject_id_idx" ON "outbox_message"("clinic_id", "kind", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_message_clinic_id_member_id_digest_on_key" ON "outbox_message"("clinic_id", "member_id", "digest_on");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_message_clinic_id_again_of_key" ON "outbox_message"("clinic_id", "again_of");

-- AddForeignKey
ALTER TABLE "outbox_message" ADD CONSTRAINT "outbox_message_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox_message" ADD CONSTRAINT "outbox_message_clinic_id_again_of_fkey" FOREIGN KEY ("clinic_id", "again_of") REFERENCES "outbox_message"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail_preference" ADD CONSTRAINT "mail_preference_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What may stand in a message: which kind, where it stands, and never a word that somebody typed
ALTER TABLE outbox_message
  ADD CONSTRAINT outbox_message_kind CHECK (kind IN ('baa_lapsed', 'request_answered', 'directive_to_sign', 'daily_digest')),
  ADD CONSTRAINT outbox_message_state CHECK (state IN ('queued', 'sent', 'failed', 'bounced')),
  ADD CONSTRAINT outbox_message_subject CHECK ((kind = 'daily_digest') = (subject_id IS NULL) AND (kind = 'daily_digest') = (counts IS NOT NULL)),
  ADD CONSTRAINT outbox_message_finished CHECK ((state = 'queued') = (finished_at IS NULL)),
  ADD CONSTRAINT outbox_message_locale CHECK (locale IN ('en', 'es'));

-- Row-level security

DO $$
DECLARE clinic_table text;
BEGIN
  FOREACH clinic_table IN ARRAY ARRAY['outbox_message', 'mail_preference'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('CREATE POLICY clinic ON %I TO wardbook_app USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()))', clinic_table);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wardbook_app', clinic_table);
  END LOOP;
END $$;
-- What was to be said to whom stays; only how it went changes.
GRANT UPDATE (state, attempts, next_attempt_at, finished_at, locale, provider_id, failure) ON outbox_message TO wardbook_app;
GRANT UPDATE (digest, changed_at) ON mail_preference TO wardbook_app;

-- Addresses belong to accounts, which no clinic sees: only the worker looks them up, when it sends.

GRANT SELECT ON outbox_message TO identity_owner;
CREATE POLICY identity ON outbox_message FOR SELECT TO identity_owner USING (true);
SET ROLE identity_owner;

CREATE FUNCTION identity.clinics_with_mail(p_now timestamptz) RETURNS TABLE (id uuid) LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp AS
  $$ SELECT c.id FROM public.clinic c WHERE EXISTS (
       SELECT FROM public.outbox_message o WHERE o.clinic_id = c.id AND o.state = 'queued' AND o.next_attempt_at <= p_now)
     ORDER BY c.created_at $$;

CREATE FUNCTION identity.mail_recipients(p_clinic uuid, p_members uuid[]) RETURNS TABLE (member_id uuid, email text, locale text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT m.id, a.email, a.locale FROM public.member m JOIN public.account a ON a.id = m.account_id
      WHERE m.clinic_id = p_clinic AND m.id = ANY (p_members) $$;

REVOKE ALL ON FUNCTION identity.clinics_with_mail(timestamptz), identity.mail_recipients(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.clinics_with_mail(timestamptz), identity.mail_recipients(uuid, uuid[]) TO wardbook_worker;

RESET ROLE;
