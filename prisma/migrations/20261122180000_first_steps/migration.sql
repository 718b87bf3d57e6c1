-- CreateTable
CREATE TABLE "first_step_choice" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "member_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "put_aside" BOOLEAN NOT NULL,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "first_step_choice_pkey" PRIMARY KEY ("clinic_id","member_id","step")
);

-- AddForeignKey
ALTER TABLE "first_step_choice" ADD CONSTRAINT "first_step_choice_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE first_step_choice ADD CONSTRAINT first_step_choice_step CHECK (step IN
  ('facts', 'officials', 'adopt', 'decide', 'baa', 'directive', 'invite', 'pack'));

-- Row-level security

ALTER TABLE first_step_choice ENABLE ROW LEVEL SECURITY;
ALTER TABLE first_step_choice FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic ON first_step_choice TO wardbook_app USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()));
GRANT SELECT, INSERT, UPDATE (put_aside, changed_at) ON first_step_choice TO wardbook_app;

-- Factors belong to accounts, which no clinic sees. Of the pinned clinic alone: who is asked for one and has none. Whom a
-- second factor is asked of is as in identity.session_for_token, for this clinic.

SET ROLE identity_owner;

CREATE FUNCTION identity.members_without_second_factor(p_today date, p_limit integer)
  RETURNS TABLE (member_id uuid, name text, of integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT m.id, m.name, (count(*) OVER ())::integer
       FROM public.member m JOIN public.clinic c ON c.id = m.clinic_id
      WHERE m.clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid
        AND (c.needs_second_factor OR m.role IN ('owner', 'privacy_officer', 'auditor'))
        AND m.started_on <= p_today AND m.ended_at IS NULL AND (m.ended_on IS NULL OR m.ended_on >= p_today)
        AND NOT EXISTS (SELECT FROM public.credential k WHERE k.account_id = m.account_id AND k.removed_at IS NULL)
      ORDER BY m.search_key, m.id LIMIT p_limit $$;

REVOKE ALL ON FUNCTION identity.members_without_second_factor(date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.members_without_second_factor(date, integer) TO wardbook_app;

RESET ROLE;
