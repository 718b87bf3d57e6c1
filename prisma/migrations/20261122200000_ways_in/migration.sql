-- AlterTable
ALTER TABLE "credential" ADD COLUMN     "by_clinic" UUID;

-- AlterTable
ALTER TABLE "factor_reset" ADD COLUMN     "links" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE credential ADD CONSTRAINT credential_by_clinic CHECK (by_clinic IS NULL OR kind = 'provider');

-- Who vouches for a person is no second factor: not in the owner's count, and not in a review that somebody signs.

SET ROLE identity_owner;

CREATE OR REPLACE FUNCTION identity.access_facts(p_at timestamptz) RETURNS TABLE (member_id uuid, last_sign_in timestamptz, has_factor boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT m.id,
            (SELECT max(s.created_at) FROM public.session s
              WHERE s.account_id = m.account_id AND NOT s.awaits_second_factor AND s.created_at <= p_at AND s.last_seen_at >= m.created_at),
            EXISTS (SELECT FROM public.credential k WHERE k.account_id = m.account_id AND k.kind IN ('totp', 'passkey') AND k.created_at <= p_at
                       AND (k.removed_at IS NULL OR k.removed_at > p_at))
       FROM public.member m WHERE m.clinic_id = identity.pinned_clinic() $$;

CREATE OR REPLACE FUNCTION identity.members_without_second_factor(p_today date, p_limit integer)
  RETURNS TABLE (member_id uuid, name text, of integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT m.id, m.name, (count(*) OVER ())::integer
       FROM public.member m JOIN public.clinic c ON c.id = m.clinic_id
      WHERE m.clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid
        AND (c.needs_second_factor OR m.role IN ('owner', 'privacy_officer', 'auditor'))
        AND m.started_on <= p_today AND m.ended_at IS NULL AND (m.ended_on IS NULL OR m.ended_on >= p_today)
        AND NOT EXISTS (SELECT FROM public.credential k WHERE k.account_id = m.account_id AND k.kind IN ('totp', 'passkey') AND k.removed_at IS NULL)
      ORDER BY m.search_key, m.id LIMIT p_limit $$;

-- Whose second step is taken away is to be known anew: where there is a password, nobody vouches for them any more. Where
-- there is none, who vouches is the only way in and stays.
CREATE OR REPLACE FUNCTION identity.take_factors_away() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE holder uuid := (SELECT m.account_id FROM public.member m WHERE m.clinic_id = NEW.clinic_id AND m.id = NEW.member_id);
BEGIN
  IF identity.is_in_another_clinic(NEW.clinic_id, NEW.member_id) THEN
    RAISE EXCEPTION 'the account is in another clinic too' USING ERRCODE = 'check_violation';
  END IF;
  UPDATE public.credential SET removed_at = NEW.reset_at WHERE account_id = holder AND kind IN ('totp', 'passkey') AND removed_at IS NULL;
  GET DIAGNOSTICS NEW.factors = ROW_COUNT;
  UPDATE public.credential SET removed_at = NEW.reset_at WHERE account_id = holder AND kind = 'provider' AND removed_at IS NULL
    AND EXISTS (SELECT FROM public.account a WHERE a.id = holder AND a.password_hash IS NOT NULL);
  GET DIAGNOSTICS NEW.links = ROW_COUNT;
  UPDATE public.recovery_code SET ended_at = NEW.reset_at WHERE account_id = holder AND ended_at IS NULL;
  UPDATE public.session SET revoked_at = NEW.reset_at WHERE account_id = holder AND revoked_at IS NULL;
  RETURN NEW;
END $$;

-- A link that a clinic's domain made is that clinic's to answer for: it opens what else its person belongs to only while they
-- are in that clinic, or another of theirs has the same provider for the domain of their address. The holder's own opens all.
DROP FUNCTION identity.linked_account(text, text);
CREATE FUNCTION identity.linked_account(p_issuer text, p_subject text)
  RETURNS TABLE (id uuid, account_id uuid, email text, opens boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ WITH linked AS (SELECT k.id, k.account_id, k.provider, k.by_clinic, a.email FROM public.credential k JOIN public.account a ON a.id = k.account_id
                      WHERE k.issuer = p_issuer AND k.subject = p_subject AND k.kind = 'provider' AND k.removed_at IS NULL),
          serving AS (SELECT m.clinic_id FROM public.member m JOIN public.clinic c ON c.id = m.clinic_id
                       WHERE m.account_id = (SELECT l.account_id FROM linked l) AND m.ended_at IS NULL
                         AND (m.ended_on IS NULL OR m.ended_on >= (now() AT TIME ZONE c.time_zone)::date))
     SELECT l.id, l.account_id, l.email,
            l.by_clinic IS NULL OR NOT EXISTS (SELECT FROM serving) OR l.by_clinic IN (SELECT s.clinic_id FROM serving s)
            OR EXISTS (SELECT FROM serving s JOIN public.clinic_domain d ON d.clinic_id = s.clinic_id AND d.provider = l.provider
                        WHERE d.domain = split_part(l.email, '@', 2) AND d.verified_at IS NOT NULL AND d.ended_at IS NULL)
       FROM linked l $$;
REVOKE ALL ON FUNCTION identity.linked_account(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.linked_account(text, text) TO wardbook_app;

RESET ROLE;
