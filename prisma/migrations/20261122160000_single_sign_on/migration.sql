-- AlterTable
ALTER TABLE "account_event" ADD COLUMN     "provider" TEXT;

-- AlterTable
ALTER TABLE "credential" ADD COLUMN     "issuer" TEXT,
ADD COLUMN     "provider" TEXT,
ADD COLUMN     "subject" TEXT;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "proved_factor" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "way" TEXT;

-- CreateTable
CREATE TABLE "clinic_domain" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "domain" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL DEFAULT '',
    "joins" BOOLEAN NOT NULL DEFAULT false,
    "added_by" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(6) NOT NULL,
    "verified_by" UUID,
    "verified_at" TIMESTAMPTZ(6),
    "ended_by" UUID,
    "ended_at" TIMESTAMPTZ(6),
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "clinic_domain_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "factor_reset" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "member_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "reset_by" UUID NOT NULL,
    "reset_at" TIMESTAMPTZ(6) NOT NULL,
    "factors" INTEGER NOT NULL DEFAULT 0,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "factor_reset_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateIndex
CREATE INDEX "factor_reset_clinic_id_member_id_idx" ON "factor_reset"("clinic_id", "member_id");

-- AddForeignKey
ALTER TABLE "clinic_domain" ADD CONSTRAINT "clinic_domain_clinic_id_added_by_fkey" FOREIGN KEY ("clinic_id", "added_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinic_domain" ADD CONSTRAINT "clinic_domain_clinic_id_verified_by_fkey" FOREIGN KEY ("clinic_id", "verified_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinic_domain" ADD CONSTRAINT "clinic_domain_clinic_id_ended_by_fkey" FOREIGN KEY ("clinic_id", "ended_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "factor_reset" ADD CONSTRAINT "factor_reset_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "factor_reset" ADD CONSTRAINT "factor_reset_clinic_id_reset_by_fkey" FOREIGN KEY ("clinic_id", "reset_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whether an account has a password shows in when it was set: the app's role never reads the hash.

UPDATE account SET password_changed_at = created_at WHERE password_hash IS NOT NULL AND password_changed_at IS NULL;
UPDATE account SET password_changed_at = NULL WHERE password_hash IS NULL;
ALTER TABLE account ADD CONSTRAINT account_password CHECK ((password_hash IS NULL) = (password_changed_at IS NULL));

-- Who vouches for a person is linked by issuer and subject. An email is no key: at some providers anybody may write any.

ALTER TABLE credential DROP CONSTRAINT credential_kind,
  ADD CONSTRAINT credential_kind CHECK (kind IN ('totp', 'passkey', 'provider')),
  ADD CONSTRAINT credential_provider CHECK ((kind = 'provider') = (issuer IS NOT NULL AND subject IS NOT NULL AND provider IS NOT NULL)),
  ADD CONSTRAINT credential_provider_name CHECK (provider IN ('google', 'entra', 'generic'));
CREATE UNIQUE INDEX credential_one_account ON credential (issuer, subject) WHERE kind = 'provider' AND removed_at IS NULL;
ALTER TABLE session ADD CONSTRAINT session_way CHECK (way IN ('password', 'passkey', 'google', 'entra', 'generic'));
ALTER TABLE account_event DROP CONSTRAINT account_event_type,
  ADD CONSTRAINT account_event_type CHECK (type IN ('password_changed', 'sessions_ended', 'totp_added', 'totp_removed', 'passkey_added', 'passkey_removed',
    'recovery_codes_made', 'recovery_code_used', 'provider_linked', 'provider_unlinked')),
  ADD CONSTRAINT account_event_provider CHECK ((type IN ('provider_linked', 'provider_unlinked')) = (provider IS NOT NULL));
ALTER TABLE passkey_challenge DROP CONSTRAINT passkey_challenge_purpose, DROP CONSTRAINT passkey_challenge_account,
  ADD CONSTRAINT passkey_challenge_purpose CHECK (purpose IN ('add', 'sign_in', 'second_step', 'provider_sign_in', 'provider_link')),
  ADD CONSTRAINT passkey_challenge_account CHECK ((purpose IN ('sign_in', 'provider_sign_in')) = (account_id IS NULL));

-- A domain says its clinic, what proves it, and through whom its people sign in; none of that changes.

ALTER TABLE clinic_domain ADD CONSTRAINT clinic_domain_provider CHECK (provider IN ('google', 'entra', 'generic')),
  ADD CONSTRAINT clinic_domain_tenant CHECK ((provider = 'entra') = (tenant_id <> '')),
  ADD CONSTRAINT clinic_domain_verified CHECK ((verified_by IS NULL) = (verified_at IS NULL)),
  ADD CONSTRAINT clinic_domain_ended CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
  ADD CONSTRAINT clinic_domain_joins CHECK (NOT joins OR verified_at IS NOT NULL);
CREATE UNIQUE INDEX clinic_domain_one_open ON clinic_domain (clinic_id, domain) WHERE ended_at IS NULL;
ALTER TABLE factor_reset ADD CONSTRAINT factor_reset_of_another CHECK (member_id <> reset_by),
  ADD CONSTRAINT factor_reset_reason CHECK (reason <> '');

DO $$
DECLARE clinic_table text;
BEGIN
  FOREACH clinic_table IN ARRAY ARRAY['clinic_domain', 'factor_reset'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('CREATE POLICY clinic ON %I TO wardbook_app USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()))', clinic_table);
    EXECUTE format('CREATE POLICY identity ON %I FOR SELECT TO identity_owner USING (true)', clinic_table);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wardbook_app', clinic_table);
    EXECUTE format('GRANT SELECT ON %I TO identity_owner', clinic_table);
  END LOOP;
END $$;
GRANT UPDATE (joins, verified_by, verified_at, ended_by, ended_at, version) ON clinic_domain TO wardbook_app;

ALTER TABLE outbox_message DROP CONSTRAINT outbox_message_kind,
  ADD CONSTRAINT outbox_message_kind CHECK (kind IN ('baa_lapsed', 'request_answered', 'directive_to_sign', 'daily_digest', 'factors_reset'));

-- Only the holder changes a credential, with one exception: the row of factor_reset takes the factors away by itself, so
-- that nobody can do it without leaving that row, and never from an account that another clinic needs too.

CREATE POLICY reset ON credential FOR UPDATE TO identity_owner USING (true) WITH CHECK (true);
GRANT UPDATE (removed_at) ON credential TO identity_owner;
CREATE POLICY identity ON recovery_code TO identity_owner USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (ended_at) ON recovery_code TO identity_owner;
CREATE POLICY reset ON session FOR UPDATE TO identity_owner USING (true) WITH CHECK (true);
GRANT UPDATE (revoked_at) ON session TO identity_owner;
GRANT DELETE ON passkey_challenge TO identity_owner;

SET ROLE identity_owner;

CREATE FUNCTION identity.take_factors_away() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE holder uuid := (SELECT m.account_id FROM public.member m WHERE m.clinic_id = NEW.clinic_id AND m.id = NEW.member_id);
BEGIN
  IF identity.is_in_another_clinic(NEW.clinic_id, NEW.member_id) THEN
    RAISE EXCEPTION 'the account is in another clinic too' USING ERRCODE = 'check_violation';
  END IF;
  UPDATE public.credential SET removed_at = NEW.reset_at WHERE account_id = holder AND kind IN ('totp', 'passkey') AND removed_at IS NULL;
  GET DIAGNOSTICS NEW.factors = ROW_COUNT;
  UPDATE public.recovery_code SET ended_at = NEW.reset_at WHERE account_id = holder AND ended_at IS NULL;
  UPDATE public.session SET revoked_at = NEW.reset_at WHERE account_id = holder AND revoked_at IS NULL;
  RETURN NEW;
END $$;

-- Who vouches is asked for by issuer and subject.
CREATE FUNCTION identity.linked_account(p_issuer text, p_subject text)
  RETURNS TABLE (id uuid, account_id uuid, email text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT k.id, k.account_id, a.email FROM public.credential k JOIN public.account a ON a.id = k.account_id
      WHERE k.issuer = p_issuer AND k.subject = p_subject AND k.kind = 'provider' AND k.removed_at IS NULL $$;

-- What a clinic has to do with an address that a provider vouches for: its verified domain, the account, the membership, an open invitation.
CREATE FUNCTION identity.sign_on_at(p_slug text, p_domain text, p_email text, p_now timestamptz)
  RETURNS TABLE (clinic_id uuid, clinic_name text, slug text, time_zone text, domain_id uuid, provider text, tenant_id text, joins boolean,
                 account_id uuid, is_elsewhere boolean, membership text, invitation_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT c.id, c.name, c.slug, c.time_zone, d.id, d.provider, d.tenant_id, d.joins, a.id,
            EXISTS (SELECT FROM public.member o WHERE o.account_id = a.id AND o.clinic_id <> c.id AND (o.ended_on IS NULL OR o.ended_on >= current_date - 1)),
            CASE WHEN m.id IS NULL THEN 'none'
                 WHEN m.ended_at IS NULL AND (m.ended_on IS NULL OR m.ended_on >= (p_now AT TIME ZONE c.time_zone)::date) THEN 'serving'
                 ELSE 'ended' END,
            i.id
       FROM public.clinic c
            LEFT JOIN public.clinic_domain d ON d.clinic_id = c.id AND d.domain = p_domain AND d.verified_at IS NOT NULL AND d.ended_at IS NULL
            LEFT JOIN public.account a ON a.email = p_email
            LEFT JOIN public.member m ON m.clinic_id = c.id AND m.account_id = a.id
            LEFT JOIN public.invitation i ON i.clinic_id = c.id AND i.email = p_email AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > p_now
      WHERE c.slug = p_slug $$;

-- Questions that nobody can answer any more.
CREATE FUNCTION identity.forget_challenges(p_before timestamptz) RETURNS integer
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ WITH gone AS (DELETE FROM public.passkey_challenge WHERE expires_at < p_before OR used_at < p_before RETURNING 1)
     SELECT count(*)::integer FROM gone $$;

DROP FUNCTION identity.account_events_to_copy();
CREATE FUNCTION identity.account_events_to_copy()
  RETURNS TABLE (id uuid, at timestamptz, type text, count integer, provider text, clinic_id uuid, member_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT e.id, e.at, e.type, e.count, e.provider, m.clinic_id, m.id
       FROM (SELECT * FROM public.account_event o WHERE o.copied_at IS NULL ORDER BY o.at, o.type LIMIT 1000) e
            LEFT JOIN public.member m ON m.account_id = e.account_id AND (m.ended_on IS NULL OR m.ended_on >= e.at::date - 1)
       ORDER BY e.at, e.type $$;

DROP FUNCTION identity.sign_ins_to_copy(timestamptz);
CREATE FUNCTION identity.sign_ins_to_copy(p_before timestamptz)
  RETURNS TABLE (id uuid, at timestamptz, outcome text, session_id uuid, way text, clinic_id uuid, member_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ WITH due AS (SELECT a.id, a.at, a.outcome, a.session_id, a.account_id FROM public.sign_in_attempt a
                   WHERE a.copied_at IS NULL AND (a.outcome = 'opened' OR a.at < p_before)),
          last_window AS (SELECT date_bin('15 minutes', max(o.at), timestamptz '2000-01-01 00:00Z') + interval '15 minutes' AS ends
                            FROM (SELECT d.at FROM due d ORDER BY d.at LIMIT 5000) o)
     SELECT d.id, d.at, d.outcome, d.session_id, s.way, m.clinic_id, m.id
       FROM due d CROSS JOIN last_window w
            LEFT JOIN public.session s ON s.id = d.session_id
            LEFT JOIN public.member m ON m.account_id = d.account_id AND (m.ended_on IS NULL OR m.ended_on >= d.at::date - 1)
       WHERE d.at < w.ends ORDER BY d.at $$;

-- Who vouches for a person is no second factor. Whose factors were taken away needs a new one before anything else.
DROP FUNCTION identity.session_for_token(bytea);
CREATE FUNCTION identity.session_for_token(p_token_hash bytea)
  RETURNS TABLE (id uuid, account_id uuid, email text, locale text, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz,
                 revoked_at timestamptz, awaits_second_factor boolean, way text, proved_factor boolean, idle_minutes integer, needs_factor boolean,
                 has_factor boolean, has_password boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT s.id, s.account_id, a.email, a.locale, s.created_at, s.last_seen_at, s.expires_at, s.revoked_at, s.awaits_second_factor, s.way,
            s.proved_factor, coalesce(asked.idle_minutes, 15), coalesce(asked.factor, false) OR coalesce(asked.was_reset, false),
            EXISTS (SELECT FROM public.credential k WHERE k.account_id = s.account_id AND k.kind IN ('totp', 'passkey') AND k.removed_at IS NULL),
            a.password_hash IS NOT NULL
       FROM public.session s JOIN public.account a ON a.id = s.account_id,
            LATERAL (SELECT min(c.idle_minutes) AS idle_minutes,
                            bool_or(c.needs_second_factor OR m.role IN ('owner', 'privacy_officer', 'auditor')) AS factor,
                            bool_or(EXISTS (SELECT FROM public.factor_reset r WHERE r.clinic_id = m.clinic_id AND r.member_id = m.id AND NOT EXISTS
                              (SELECT FROM public.credential k WHERE k.account_id = s.account_id AND k.kind IN ('totp', 'passkey') AND k.created_at > r.reset_at)))
                              AS was_reset
                       FROM public.member m JOIN public.clinic c ON c.id = m.clinic_id
                      WHERE m.account_id = s.account_id
                        AND (m.ended_on IS NULL OR m.ended_on >= (now() AT TIME ZONE c.time_zone)::date)) AS asked
       WHERE s.token_hash = p_token_hash $$;
RESET ROLE;

CREATE TRIGGER take_factors_away BEFORE INSERT ON factor_reset FOR EACH ROW EXECUTE FUNCTION identity.take_factors_away();

SET ROLE identity_owner;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA identity FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.linked_account(text, text), identity.sign_on_at(text, text, text, timestamptz),
  identity.session_for_token(bytea) TO wardbook_app;
GRANT EXECUTE ON FUNCTION identity.forget_challenges(timestamptz), identity.account_events_to_copy(), identity.sign_ins_to_copy(timestamptz)
  TO wardbook_worker;
RESET ROLE;
