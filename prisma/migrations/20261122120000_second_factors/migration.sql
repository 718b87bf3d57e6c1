-- AlterTable
ALTER TABLE "clinic" ADD COLUMN     "idle_minutes" INTEGER NOT NULL DEFAULT 15,
ADD COLUMN     "needs_second_factor" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "awaits_second_factor" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "credential" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "sealed_secret" BYTEA,
    "last_step" BIGINT,
    "name" TEXT NOT NULL DEFAULT '',
    "passkey_id" TEXT,
    "public_key" BYTEA,
    "counter" BIGINT NOT NULL DEFAULT 0,
    "transports" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(6),
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passkey_challenge" (
    "challenge_hash" BYTEA NOT NULL,
    "account_id" UUID,
    "purpose" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "passkey_challenge_pkey" PRIMARY KEY ("challenge_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "credential_passkey_id_key" ON "credential"("passkey_id");

-- CreateIndex
CREATE INDEX "credential_account_id_idx" ON "credential"("account_id");

-- CreateIndex
CREATE INDEX "recovery_code_account_id_idx" ON "recovery_code"("account_id");

-- CreateTable
CREATE TABLE "account_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "type" TEXT NOT NULL,
    "count" INTEGER,
    "copied_at" TIMESTAMPTZ(6),

    CONSTRAINT "account_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reset_link" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "member_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "issued_by" UUID NOT NULL,
    "issued_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "reset_link_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateIndex
CREATE INDEX "reset_link_clinic_id_member_id_idx" ON "reset_link"("clinic_id", "member_id");

-- CreateIndex
CREATE INDEX "reset_link_token_hash_idx" ON "reset_link"("token_hash");

-- CreateIndex
CREATE INDEX "account_event_copied_at_at_idx" ON "account_event"("copied_at", "at");

-- AddForeignKey
ALTER TABLE "account_event" ADD CONSTRAINT "account_event_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reset_link" ADD CONSTRAINT "reset_link_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reset_link" ADD CONSTRAINT "reset_link_clinic_id_issued_by_fkey" FOREIGN KEY ("clinic_id", "issued_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a person did to their own way in: written by the holder alone, read by the job that copies it.

ALTER TABLE account_event ADD CONSTRAINT account_event_type CHECK (type IN
    ('password_changed', 'sessions_ended', 'totp_added', 'totp_removed', 'passkey_added', 'passkey_removed', 'recovery_codes_made', 'recovery_code_used')),
  ADD CONSTRAINT account_event_count CHECK ((type = 'sessions_ended') = (count IS NOT NULL));
ALTER TABLE account_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_event FORCE ROW LEVEL SECURITY;
CREATE POLICY holder ON account_event FOR INSERT TO wardbook_app WITH CHECK (account_id = (SELECT identity.current_account()));
CREATE POLICY identity ON account_event TO identity_owner USING (true) WITH CHECK (true);
GRANT INSERT ON account_event TO wardbook_app;
GRANT SELECT, UPDATE (copied_at) ON account_event TO identity_owner;

-- 45 CFR 164.312(a)(2)(iii): a session without activity ends. How soon is the clinic's to set, within bounds.
ALTER TABLE clinic ADD CONSTRAINT clinic_idle_minutes CHECK (idle_minutes BETWEEN 2 AND 60);
GRANT UPDATE (idle_minutes, needs_second_factor) ON clinic TO wardbook_app;

-- The holder's own, like their sessions. Nothing is deleted: what is removed or used says when.
ALTER TABLE credential ADD CONSTRAINT credential_kind CHECK (kind IN ('totp', 'passkey')),
  ADD CONSTRAINT credential_passkey CHECK ((kind = 'passkey') = (passkey_id IS NOT NULL AND public_key IS NOT NULL)),
  ADD CONSTRAINT credential_totp CHECK (kind <> 'totp' OR (sealed_secret IS NOT NULL AND last_step IS NOT NULL));
CREATE UNIQUE INDEX credential_one_totp ON credential (account_id) WHERE kind = 'totp' AND removed_at IS NULL;
ALTER TABLE credential ENABLE ROW LEVEL SECURITY;
ALTER TABLE credential FORCE ROW LEVEL SECURITY;
CREATE POLICY holder ON credential TO wardbook_app USING (account_id = (SELECT identity.current_account())) WITH CHECK (account_id = (SELECT identity.current_account()));
CREATE POLICY identity ON credential FOR SELECT TO identity_owner USING (true);
GRANT SELECT, INSERT, UPDATE (last_step, counter, last_used_at, removed_at) ON credential TO wardbook_app;
GRANT SELECT ON credential TO identity_owner;
ALTER TABLE recovery_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery_code FORCE ROW LEVEL SECURITY;
CREATE POLICY holder ON recovery_code TO wardbook_app USING (account_id = (SELECT identity.current_account())) WITH CHECK (account_id = (SELECT identity.current_account()));
GRANT SELECT, INSERT, UPDATE (ended_at) ON recovery_code TO wardbook_app;

-- Asked before it is known who answers; only the function below sees whether a question is still open.
ALTER TABLE passkey_challenge ADD CONSTRAINT passkey_challenge_purpose CHECK (purpose IN ('add', 'sign_in', 'second_step')),
  ADD CONSTRAINT passkey_challenge_account CHECK ((purpose = 'sign_in') = (account_id IS NULL));
ALTER TABLE passkey_challenge ENABLE ROW LEVEL SECURITY;
ALTER TABLE passkey_challenge FORCE ROW LEVEL SECURITY;
CREATE POLICY asked ON passkey_challenge FOR INSERT TO wardbook_app WITH CHECK (true);
CREATE POLICY identity ON passkey_challenge TO identity_owner USING (true) WITH CHECK (true);
GRANT INSERT ON passkey_challenge TO wardbook_app;
GRANT SELECT, UPDATE (used_at) ON passkey_challenge TO identity_owner;

-- The right password of who has a second factor opens nothing yet.
ALTER TABLE sign_in_attempt DROP CONSTRAINT sign_in_attempt_outcome;
ALTER TABLE sign_in_attempt ADD CONSTRAINT sign_in_attempt_outcome CHECK (outcome IN ('opened', 'refused', 'slowed', 'second_step'));

-- A link names a member and never the account behind it; nobody makes one for themselves.

ALTER TABLE reset_link ADD CONSTRAINT reset_link_for_another CHECK (member_id <> issued_by);
ALTER TABLE reset_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE reset_link FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic ON reset_link TO wardbook_app USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()));
CREATE POLICY identity ON reset_link FOR SELECT TO identity_owner USING (true);
GRANT SELECT, INSERT, UPDATE (ended_at) ON reset_link TO wardbook_app;
GRANT SELECT ON reset_link TO identity_owner;

SET ROLE identity_owner;

CREATE FUNCTION identity.account_events_to_copy()
  RETURNS TABLE (id uuid, at timestamptz, type text, count integer, clinic_id uuid, member_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT e.id, e.at, e.type, e.count, m.clinic_id, m.id
       FROM (SELECT * FROM public.account_event o WHERE o.copied_at IS NULL ORDER BY o.at, o.type LIMIT 1000) e
            LEFT JOIN public.member m ON m.account_id = e.account_id AND (m.ended_on IS NULL OR m.ended_on >= e.at::date - 1)
       ORDER BY e.at, e.type $$;

CREATE FUNCTION identity.mark_account_events_copied(p_ids uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ UPDATE public.account_event SET copied_at = now() WHERE id = ANY (p_ids) AND copied_at IS NULL $$;

-- Who serves in several clinics is held to the strictest of them.
DROP FUNCTION identity.session_for_token(bytea);
CREATE FUNCTION identity.session_for_token(p_token_hash bytea)
  RETURNS TABLE (id uuid, account_id uuid, email text, locale text, last_seen_at timestamptz, expires_at timestamptz, revoked_at timestamptz,
                 awaits_second_factor boolean, idle_minutes integer, needs_factor boolean, has_factor boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT s.id, s.account_id, a.email, a.locale, s.last_seen_at, s.expires_at, s.revoked_at, s.awaits_second_factor,
            coalesce(asked.idle_minutes, 15), coalesce(asked.factor, false),
            EXISTS (SELECT FROM public.credential k WHERE k.account_id = s.account_id AND k.removed_at IS NULL)
       FROM public.session s JOIN public.account a ON a.id = s.account_id,
            LATERAL (SELECT min(c.idle_minutes) AS idle_minutes,
                            bool_or(c.needs_second_factor OR m.role IN ('owner', 'privacy_officer', 'auditor')) AS factor
                       FROM public.member m JOIN public.clinic c ON c.id = m.clinic_id
                      WHERE m.account_id = s.account_id
                        AND (m.ended_on IS NULL OR m.ended_on >= (now() AT TIME ZONE c.time_zone)::date)) AS asked
       WHERE s.token_hash = p_token_hash $$;

CREATE FUNCTION identity.passkey_for_sign_in(p_passkey_id text)
  RETURNS TABLE (id uuid, account_id uuid, email text, public_key bytea, counter bigint, transports text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT k.id, k.account_id, a.email, k.public_key, k.counter, k.transports
       FROM public.credential k JOIN public.account a ON a.id = k.account_id
       WHERE k.passkey_id = p_passkey_id AND k.kind = 'passkey' AND k.removed_at IS NULL $$;

-- Of two answers to one question, one finds it open.
CREATE FUNCTION identity.take_passkey_challenge(p_hash bytea, p_purpose text, p_account uuid, p_now timestamptz) RETURNS boolean
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ WITH taken AS (UPDATE public.passkey_challenge SET used_at = p_now
                     WHERE challenge_hash = p_hash AND purpose = p_purpose AND account_id IS NOT DISTINCT FROM p_account
                       AND used_at IS NULL AND expires_at > p_now RETURNING 1)
     SELECT EXISTS (SELECT FROM taken) $$;

CREATE FUNCTION identity.reset_for_token(p_token_hash bytea)
  RETURNS TABLE (id uuid, clinic_id uuid, clinic_name text, slug text, time_zone text, member_id uuid, account_id uuid, email text,
                 expires_at timestamptz, ended_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT r.id, c.id, c.name, c.slug, c.time_zone, m.id, a.id, a.email, r.expires_at, r.ended_at
       FROM public.reset_link r JOIN public.clinic c ON c.id = r.clinic_id
            JOIN public.member m ON m.clinic_id = r.clinic_id AND m.id = r.member_id JOIN public.account a ON a.id = m.account_id
       WHERE r.token_hash = p_token_hash $$;

-- Says no more than that there is one: which, and in what part, stays there.
CREATE FUNCTION identity.is_in_another_clinic(p_clinic uuid, p_member uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT EXISTS (SELECT FROM public.member m JOIN public.member o ON o.account_id = m.account_id AND o.clinic_id <> m.clinic_id
                     WHERE m.clinic_id = p_clinic AND m.id = p_member AND (o.ended_on IS NULL OR o.ended_on >= current_date - 1)) $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA identity FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.account_events_to_copy(), identity.mark_account_events_copied(uuid[]) TO wardbook_worker;
GRANT EXECUTE ON FUNCTION identity.passkey_for_sign_in(text), identity.take_passkey_challenge(bytea, text, uuid, timestamptz),
  identity.session_for_token(bytea), identity.reset_for_token(bytea), identity.is_in_another_clinic(uuid, uuid) TO wardbook_app;
RESET ROLE;
