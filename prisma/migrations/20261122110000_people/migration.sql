-- AlterTable
ALTER TABLE "clinic" ADD COLUMN     "address" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "behavioral_health" TEXT NOT NULL DEFAULT 'unknown',
ADD COLUMN     "federal_funds" TEXT NOT NULL DEFAULT 'unknown',
ADD COLUMN     "legal_name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "part2_program" TEXT NOT NULL DEFAULT 'unknown',
ADD COLUMN     "roster_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "states" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "treats_minors" TEXT NOT NULL DEFAULT 'unknown',
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "invitation" ADD COLUMN     "ends_on" DATE,
ADD COLUMN     "invited_by" UUID,
ADD COLUMN     "job_title" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "location_id" UUID,
ADD COLUMN     "revoked_at" TIMESTAMPTZ(6),
ADD COLUMN     "revoked_by" UUID,
ADD COLUMN     "search_key" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "starts_on" DATE,
ADD COLUMN     "tracks" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "workforce_type" TEXT NOT NULL DEFAULT 'employee';

-- AlterTable
ALTER TABLE "member" ADD COLUMN     "email" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "ended_at" TIMESTAMPTZ(6),
ADD COLUMN     "location_id" UUID,
ADD COLUMN     "search_key" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "tracks" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "location" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "address" TEXT NOT NULL DEFAULT '',
    "added_by" UUID,
    "added_at" TIMESTAMPTZ(6) NOT NULL,
    "closed_at" TIMESTAMPTZ(6),
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "location_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "member_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "granted_by" UUID,
    "granted_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("clinic_id","member_id","number")
);

-- CreateTable
CREATE TABLE "member_description" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "member_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "job_title" TEXT NOT NULL,
    "workforce_type" TEXT NOT NULL,
    "location_id" UUID,
    "tracks" TEXT[],
    "described_by" UUID,
    "described_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_description_pkey" PRIMARY KEY ("clinic_id","member_id","number")
);

-- CreateTable
CREATE TABLE "member_ending" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "member_id" UUID NOT NULL,
    "last_day" DATE NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "reason" TEXT NOT NULL,
    "entered_by" UUID,
    "entered_at" TIMESTAMPTZ(6) NOT NULL,
    "withdrawn_by" UUID,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_reason" TEXT NOT NULL DEFAULT '',
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "member_ending_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "offboarding_item" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "ending_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'open',
    "note" TEXT NOT NULL DEFAULT '',
    "settled_by" UUID,
    "settled_at" TIMESTAMPTZ(6),

    CONSTRAINT "offboarding_item_pkey" PRIMARY KEY ("clinic_id","ending_id","position")
);

-- CreateTable
CREATE TABLE "designation" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "office" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "duties" TEXT NOT NULL,
    "from_on" DATE NOT NULL,
    "to_on" DATE,
    "made_by" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_by" UUID,
    "ended_at" TIMESTAMPTZ(6),
    "end_reason" TEXT NOT NULL DEFAULT '',
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "designation_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateIndex
CREATE INDEX "member_ending_clinic_id_member_id_idx" ON "member_ending"("clinic_id", "member_id");

-- CreateIndex
CREATE INDEX "member_clinic_id_search_key_idx" ON "member"("clinic_id", "search_key");

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_clinic_id_location_id_fkey" FOREIGN KEY ("clinic_id", "location_id") REFERENCES "location"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_clinic_id_invited_by_fkey" FOREIGN KEY ("clinic_id", "invited_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_clinic_id_revoked_by_fkey" FOREIGN KEY ("clinic_id", "revoked_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_clinic_id_location_id_fkey" FOREIGN KEY ("clinic_id", "location_id") REFERENCES "location"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "location" ADD CONSTRAINT "location_clinic_id_added_by_fkey" FOREIGN KEY ("clinic_id", "added_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_clinic_id_granted_by_fkey" FOREIGN KEY ("clinic_id", "granted_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_description" ADD CONSTRAINT "member_description_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_description" ADD CONSTRAINT "member_description_clinic_id_described_by_fkey" FOREIGN KEY ("clinic_id", "described_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_description" ADD CONSTRAINT "member_description_clinic_id_location_id_fkey" FOREIGN KEY ("clinic_id", "location_id") REFERENCES "location"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_ending" ADD CONSTRAINT "member_ending_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_ending" ADD CONSTRAINT "member_ending_clinic_id_entered_by_fkey" FOREIGN KEY ("clinic_id", "entered_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_ending" ADD CONSTRAINT "member_ending_clinic_id_withdrawn_by_fkey" FOREIGN KEY ("clinic_id", "withdrawn_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offboarding_item" ADD CONSTRAINT "offboarding_item_clinic_id_ending_id_fkey" FOREIGN KEY ("clinic_id", "ending_id") REFERENCES "member_ending"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offboarding_item" ADD CONSTRAINT "offboarding_item_clinic_id_settled_by_fkey" FOREIGN KEY ("clinic_id", "settled_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "designation" ADD CONSTRAINT "designation_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "designation" ADD CONSTRAINT "designation_clinic_id_made_by_fkey" FOREIGN KEY ("clinic_id", "made_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "designation" ADD CONSTRAINT "designation_clinic_id_ended_by_fkey" FOREIGN KEY ("clinic_id", "ended_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Words that only these values may take

ALTER TABLE member ADD CONSTRAINT member_ended CHECK (ended_at IS NULL OR ended_on IS NOT NULL);
ALTER TABLE clinic ADD CONSTRAINT clinic_facts CHECK (federal_funds IN ('yes', 'no', 'unknown') AND part2_program IN ('yes', 'no', 'unknown')
  AND behavioral_health IN ('yes', 'no', 'unknown') AND treats_minors IN ('yes', 'no', 'unknown'));
ALTER TABLE role_grant ADD CONSTRAINT role_grant_role CHECK (role IN ('owner', 'privacy_officer', 'manager', 'staff', 'auditor')),
  ADD CONSTRAINT role_grant_reason CHECK (number = 1 OR (reason <> '' AND granted_by IS NOT NULL));
ALTER TABLE offboarding_item ADD CONSTRAINT offboarding_item_kind CHECK (kind IN ('devices', 'keys', 'forwarding', 'account')),
  ADD CONSTRAINT offboarding_item_state CHECK (state IN ('open', 'done', 'not_needed')),
  ADD CONSTRAINT offboarding_item_settled CHECK ((state = 'open') = (settled_at IS NULL)),
  ADD CONSTRAINT offboarding_item_account CHECK ((kind = 'account') = (subject <> ''));
ALTER TABLE designation ADD CONSTRAINT designation_office CHECK (office IN ('privacy_official', 'security_official', 'contact')),
  ADD CONSTRAINT designation_days CHECK (to_on IS NULL OR to_on >= from_on),
  ADD CONSTRAINT designation_ended CHECK ((to_on IS NULL) = (ended_by IS NULL));
CREATE UNIQUE INDEX member_ending_one_open ON member_ending (clinic_id, member_id) WHERE withdrawn_at IS NULL;
-- Of several open invitations of one address the newest stays.
UPDATE invitation i SET revoked_at = now() WHERE accepted_at IS NULL AND EXISTS (SELECT FROM invitation o
  WHERE o.clinic_id = i.clinic_id AND o.email = i.email AND o.accepted_at IS NULL AND (o.created_at, o.id) > (i.created_at, i.id));
CREATE UNIQUE INDEX invitation_one_open ON invitation (clinic_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX location_one_open ON location (clinic_id, name_key) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX designation_one_open ON designation (clinic_id, office) WHERE to_on IS NULL;

-- Row-level security

DO $$
DECLARE clinic_table text;
BEGIN
  FOREACH clinic_table IN ARRAY ARRAY['location', 'role_grant', 'member_description', 'member_ending', 'offboarding_item', 'designation'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('CREATE POLICY clinic ON %I TO wardbook_app USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()))', clinic_table);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wardbook_app', clinic_table);
  END LOOP;
END $$;
-- Roles given and what was known of people are never rewritten; whose membership it is never changes.
GRANT UPDATE (search_key, job_title, workforce_type, location_id, tracks, role, ended_on, ended_at, version) ON member TO wardbook_app;
GRANT UPDATE (revoked_at, revoked_by) ON invitation TO wardbook_app;
GRANT UPDATE (name, name_key, address, closed_at, version) ON location TO wardbook_app;
GRANT UPDATE (withdrawn_by, withdrawn_at, withdrawn_reason, version) ON member_ending TO wardbook_app;
GRANT UPDATE (state, note, settled_by, settled_at) ON offboarding_item TO wardbook_app;
GRANT UPDATE (to_on, ended_by, ended_at, end_reason) ON designation TO wardbook_app;
GRANT UPDATE (legal_name, address, states, federal_funds, part2_program, behavioral_health, treats_minors, version, roster_version) ON clinic TO wardbook_app;

-- Who joined before this has their first role and description from then.

UPDATE member m SET email = a.email,
    search_key = lower(regexp_replace(normalize(m.name || ' ' || m.job_title || ' ' || a.email, NFKD), '[\u0300-\u036f]', '', 'g'))
  FROM account a WHERE a.id = m.account_id;
UPDATE invitation SET search_key = lower(regexp_replace(normalize(name || ' ' || email, NFKD), '[\u0300-\u036f]', '', 'g'));
INSERT INTO role_grant (clinic_id, member_id, number, role, reason, granted_at, recorded_at)
  SELECT clinic_id, id, 1, role, '', created_at, created_at FROM member;
INSERT INTO member_description (clinic_id, member_id, number, job_title, workforce_type, tracks, described_at, recorded_at)
  SELECT clinic_id, id, 1, job_title, workforce_type, '{}', created_at, created_at FROM member;

-- Who has been ended today is out at the next request, and an invitation that was taken back opens nothing.

SET ROLE identity_owner;
CREATE OR REPLACE FUNCTION identity.member_for(p_slug text, p_account uuid)
  RETURNS TABLE (clinic_id uuid, clinic_name text, slug text, time_zone text, member_id uuid, name text, role text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT c.id, c.name, c.slug, c.time_zone, m.id, m.name, m.role
       FROM public.clinic c JOIN public.member m ON m.clinic_id = c.id
       WHERE c.slug = p_slug AND m.account_id = p_account
         AND m.started_on <= (now() AT TIME ZONE c.time_zone)::date
         AND m.ended_at IS NULL
         AND (m.ended_on IS NULL OR m.ended_on >= (now() AT TIME ZONE c.time_zone)::date) $$;

DROP FUNCTION identity.invitation_for_token(bytea);
CREATE FUNCTION identity.invitation_for_token(p_token_hash bytea)
  RETURNS TABLE (id uuid, clinic_id uuid, clinic_name text, slug text, time_zone text, email text, name text, role text, job_title text,
                 workforce_type text, expires_at timestamptz, accepted_at timestamptz, revoked_at timestamptz, account_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT i.id, i.clinic_id, c.name, c.slug, c.time_zone, i.email, i.name, i.role, i.job_title, i.workforce_type, i.expires_at,
            i.accepted_at, i.revoked_at, a.id
       FROM public.invitation i JOIN public.clinic c ON c.id = i.clinic_id LEFT JOIN public.account a ON a.email = i.email
       WHERE i.token_hash = p_token_hash $$;
REVOKE ALL ON FUNCTION identity.invitation_for_token(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.invitation_for_token(bytea) TO wardbook_app;
RESET ROLE;
