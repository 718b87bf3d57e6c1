-- AlterTable
ALTER TABLE "reset_link" ALTER COLUMN "issued_by" DROP NOT NULL;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "by_clinic" UUID;

ALTER TABLE session ADD CONSTRAINT session_by_clinic CHECK (by_clinic IS NULL OR way IN ('google', 'entra', 'generic'));

-- Whoever runs the server opens an account again that no clinic may: what it did is copied into the ledger of each of them.

ALTER TABLE account_event DROP CONSTRAINT account_event_type, DROP CONSTRAINT account_event_count,
  ADD CONSTRAINT account_event_type CHECK (type IN ('password_changed', 'sessions_ended', 'totp_added', 'totp_removed', 'passkey_added', 'passkey_removed',
    'recovery_codes_made', 'recovery_code_used', 'provider_linked', 'provider_unlinked', 'reset_by_operator')),
  ADD CONSTRAINT account_event_count CHECK ((type IN ('sessions_ended', 'reset_by_operator')) = (count IS NOT NULL));
ALTER TABLE outbox_message DROP CONSTRAINT outbox_message_kind,
  ADD CONSTRAINT outbox_message_kind CHECK (kind IN ('baa_lapsed', 'request_answered', 'directive_to_sign', 'invitation', 'emergency_access',
    'emergency_named', 'emergency_unnamed', 'emergency_reviewed', 'factors_reset', 'provider_linked', 'account_reset', 'daily_digest'));

-- A link that no member issued is the only one of its account: its row ends what any clinic gave out before.

CREATE POLICY reset ON reset_link FOR UPDATE TO identity_owner USING (true) WITH CHECK (true);
GRANT UPDATE (ended_at) ON reset_link TO identity_owner;

SET ROLE identity_owner;

CREATE FUNCTION identity.end_earlier_links() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.reset_link r SET ended_at = NEW.issued_at FROM public.member m
   WHERE m.clinic_id = r.clinic_id AND m.id = r.member_id AND r.ended_at IS NULL
     AND m.account_id = (SELECT o.account_id FROM public.member o WHERE o.clinic_id = NEW.clinic_id AND o.id = NEW.member_id);
  RETURN NEW;
END $$;

-- Of a session from before nobody knows which link opened it, and without a clinic in it it would open all: its person signs in anew.
UPDATE public.session s SET revoked_at = now()
 WHERE s.revoked_at IS NULL AND s.expires_at > now() AND s.way IN ('google', 'entra', 'generic')
   AND EXISTS (SELECT FROM public.credential k WHERE k.account_id = s.account_id AND k.by_clinic IS NOT NULL AND k.removed_at IS NULL);

DROP FUNCTION identity.reset_for_token(bytea);
CREATE FUNCTION identity.reset_for_token(p_token_hash bytea)
  RETURNS TABLE (id uuid, clinic_id uuid, clinic_name text, slug text, time_zone text, member_id uuid, account_id uuid, email text,
                 expires_at timestamptz, ended_at timestamptz, by_operator boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT r.id, c.id, c.name, c.slug, c.time_zone, m.id, a.id, a.email, r.expires_at, r.ended_at, r.issued_by IS NULL
       FROM public.reset_link r JOIN public.clinic c ON c.id = r.clinic_id
            JOIN public.member m ON m.clinic_id = r.clinic_id AND m.id = r.member_id JOIN public.account a ON a.id = m.account_id
       WHERE r.token_hash = p_token_hash $$;

-- The clinic whose domain made a link goes with it into the session that it opens.
DROP FUNCTION identity.linked_account(text, text);
CREATE FUNCTION identity.linked_account(p_issuer text, p_subject text)
  RETURNS TABLE (id uuid, account_id uuid, email text, by_clinic uuid, opens boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ WITH linked AS (SELECT k.id, k.account_id, k.provider, k.by_clinic, a.email FROM public.credential k JOIN public.account a ON a.id = k.account_id
                      WHERE k.issuer = p_issuer AND k.subject = p_subject AND k.kind = 'provider' AND k.removed_at IS NULL),
          serving AS (SELECT m.clinic_id FROM public.member m JOIN public.clinic c ON c.id = m.clinic_id
                       WHERE m.account_id = (SELECT l.account_id FROM linked l) AND m.ended_at IS NULL
                         AND (m.ended_on IS NULL OR m.ended_on >= (now() AT TIME ZONE c.time_zone)::date))
     SELECT l.id, l.account_id, l.email, l.by_clinic,
            l.by_clinic IS NULL OR NOT EXISTS (SELECT FROM serving) OR l.by_clinic IN (SELECT s.clinic_id FROM serving s)
            OR EXISTS (SELECT FROM serving s JOIN public.clinic_domain d ON d.clinic_id = s.clinic_id AND d.provider = l.provider
                        WHERE d.domain = split_part(l.email, '@', 2) AND d.verified_at IS NOT NULL AND d.ended_at IS NULL)
       FROM linked l $$;

-- A session that a clinic's link opened opens that clinic, and each that has the same provider for the domain of the address.
CREATE FUNCTION identity.session_opens(p_session uuid, p_clinic uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT EXISTS (SELECT FROM public.session s JOIN public.account a ON a.id = s.account_id
                     WHERE s.id = p_session
                       AND (s.by_clinic IS NULL OR s.by_clinic = p_clinic
                            OR EXISTS (SELECT FROM public.clinic_domain d WHERE d.clinic_id = p_clinic AND d.provider = s.way
                                         AND d.domain = split_part(a.email, '@', 2) AND d.verified_at IS NOT NULL AND d.ended_at IS NULL))) $$;

DROP FUNCTION identity.session_for_token(bytea);
CREATE FUNCTION identity.session_for_token(p_token_hash bytea)
  RETURNS TABLE (id uuid, account_id uuid, email text, locale text, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz,
                 revoked_at timestamptz, awaits_second_factor boolean, way text, proved_factor boolean, idle_minutes integer, needs_factor boolean,
                 has_factor boolean, has_password boolean, opens_all boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT s.id, s.account_id, a.email, a.locale, s.created_at, s.last_seen_at, s.expires_at, s.revoked_at, s.awaits_second_factor, s.way,
            s.proved_factor, coalesce(asked.idle_minutes, 15), coalesce(asked.factor, false) OR coalesce(asked.was_reset, false),
            EXISTS (SELECT FROM public.credential k WHERE k.account_id = s.account_id AND k.kind IN ('totp', 'passkey') AND k.removed_at IS NULL),
            a.password_hash IS NOT NULL,
            CASE WHEN s.by_clinic IS NULL THEN true ELSE NOT EXISTS
              (SELECT FROM public.member m JOIN public.clinic c ON c.id = m.clinic_id
                WHERE m.account_id = s.account_id AND m.ended_at IS NULL
                  AND (m.ended_on IS NULL OR m.ended_on >= (now() AT TIME ZONE c.time_zone)::date) AND NOT identity.session_opens(s.id, m.clinic_id)) END
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

CREATE TRIGGER end_earlier_links BEFORE INSERT ON reset_link FOR EACH ROW WHEN (NEW.issued_by IS NULL) EXECUTE FUNCTION identity.end_earlier_links();

SET ROLE identity_owner;
REVOKE ALL ON FUNCTION identity.end_earlier_links(), identity.reset_for_token(bytea), identity.linked_account(text, text), identity.session_opens(uuid, uuid),
  identity.session_for_token(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.reset_for_token(bytea), identity.linked_account(text, text), identity.session_opens(uuid, uuid),
  identity.session_for_token(bytea) TO wardbook_app;

RESET ROLE;
