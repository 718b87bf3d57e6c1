-- Where a domain names a directory of the provider's, another directory of the same provider is another provider: what each says
-- of an address is its own word. The issuer of a link names its directory.

SET ROLE identity_owner;

CREATE OR REPLACE FUNCTION identity.session_opens(p_session uuid, p_clinic uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT EXISTS (SELECT FROM public.session s JOIN public.account a ON a.id = s.account_id
                     WHERE s.id = p_session
                       AND (s.by_clinic IS NULL OR s.by_clinic = p_clinic
                            OR EXISTS (SELECT FROM public.clinic_domain d WHERE d.clinic_id = p_clinic AND d.provider = s.way
                                         AND d.domain = split_part(a.email, '@', 2) AND d.verified_at IS NOT NULL AND d.ended_at IS NULL
                                         AND (d.tenant_id = '' OR
                                              (SELECT bool_and(k.issuer LIKE '%/' || d.tenant_id || '/%') FROM public.credential k
                                                WHERE k.account_id = s.account_id AND k.provider = s.way AND k.by_clinic = s.by_clinic
                                                  AND (k.removed_at IS NULL OR k.removed_at > s.created_at)))))) $$;

CREATE OR REPLACE FUNCTION identity.linked_account(p_issuer text, p_subject text)
  RETURNS TABLE (id uuid, account_id uuid, email text, by_clinic uuid, opens boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ WITH linked AS (SELECT k.id, k.account_id, k.provider, k.issuer, k.by_clinic, a.email FROM public.credential k JOIN public.account a ON a.id = k.account_id
                      WHERE k.issuer = p_issuer AND k.subject = p_subject AND k.kind = 'provider' AND k.removed_at IS NULL),
          serving AS (SELECT m.clinic_id FROM public.member m JOIN public.clinic c ON c.id = m.clinic_id
                       WHERE m.account_id = (SELECT l.account_id FROM linked l) AND m.ended_at IS NULL
                         AND (m.ended_on IS NULL OR m.ended_on >= (now() AT TIME ZONE c.time_zone)::date))
     SELECT l.id, l.account_id, l.email, l.by_clinic,
            l.by_clinic IS NULL OR NOT EXISTS (SELECT FROM serving) OR l.by_clinic IN (SELECT s.clinic_id FROM serving s)
            OR EXISTS (SELECT FROM serving s JOIN public.clinic_domain d ON d.clinic_id = s.clinic_id AND d.provider = l.provider
                        WHERE d.domain = split_part(l.email, '@', 2) AND d.verified_at IS NOT NULL AND d.ended_at IS NULL
                          AND (d.tenant_id = '' OR l.issuer LIKE '%/' || d.tenant_id || '/%'))
       FROM linked l $$;

RESET ROLE;
