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

RESET ROLE;
