-- AlterTable
ALTER TABLE "clinic" ADD COLUMN     "access_review_months" INTEGER NOT NULL DEFAULT 3;

-- CreateTable
CREATE TABLE "access_review" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "started_by" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "frozen_on" DATE NOT NULL,
    "people" INTEGER NOT NULL,
    "list_sha256" TEXT NOT NULL,
    "closed_by" UUID,
    "closed_at" TIMESTAMPTZ(6),
    "closed_on" DATE,
    "abandon_reason" TEXT NOT NULL DEFAULT '',
    "attestation_id" UUID,
    "sole_reviewer" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_review_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "access_review_row" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "review_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "job_title" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "workforce_type" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "started_on" DATE NOT NULL,
    "ended_on" DATE,
    "last_sign_in_on" DATE,
    "second_factor" TEXT NOT NULL,
    "offices" TEXT[],
    "search_key" TEXT NOT NULL,
    "verdict" TEXT,
    "change_to" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(6),
    "with_rest" BOOLEAN NOT NULL DEFAULT false,
    "sole_reviewer" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "access_review_row_pkey" PRIMARY KEY ("clinic_id","review_id","member_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "access_review_clinic_id_number_key" ON "access_review"("clinic_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "access_review_clinic_id_attestation_id_key" ON "access_review"("clinic_id", "attestation_id");

-- CreateIndex
CREATE UNIQUE INDEX "access_review_row_clinic_id_review_id_position_key" ON "access_review_row"("clinic_id", "review_id", "position");

-- AddForeignKey
ALTER TABLE "access_review" ADD CONSTRAINT "access_review_clinic_id_started_by_fkey" FOREIGN KEY ("clinic_id", "started_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_review" ADD CONSTRAINT "access_review_clinic_id_closed_by_fkey" FOREIGN KEY ("clinic_id", "closed_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_review" ADD CONSTRAINT "access_review_clinic_id_attestation_id_fkey" FOREIGN KEY ("clinic_id", "attestation_id") REFERENCES "attestation"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_review_row" ADD CONSTRAINT "access_review_row_clinic_id_review_id_fkey" FOREIGN KEY ("clinic_id", "review_id") REFERENCES "access_review"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_review_row" ADD CONSTRAINT "access_review_row_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_review_row" ADD CONSTRAINT "access_review_row_clinic_id_decided_by_fkey" FOREIGN KEY ("clinic_id", "decided_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a review and its rows may say

ALTER TABLE clinic ADD CONSTRAINT clinic_access_review_months CHECK (access_review_months BETWEEN 1 AND 12);
ALTER TABLE access_review ADD CONSTRAINT access_review_status CHECK (status IN ('open', 'signed', 'abandoned')),
  ADD CONSTRAINT access_review_closed CHECK ((status = 'open') = (closed_at IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)
    AND (closed_at IS NULL) = (closed_on IS NULL)),
  ADD CONSTRAINT access_review_signed CHECK ((status = 'signed') = (attestation_id IS NOT NULL)),
  ADD CONSTRAINT access_review_abandoned CHECK ((status = 'abandoned') = (abandon_reason <> '')),
  ADD CONSTRAINT access_review_list CHECK (people > 0 AND list_sha256 ~ '^[0-9a-f]{64}$');
ALTER TABLE access_review_row ADD CONSTRAINT access_review_row_verdict CHECK (verdict IN ('keep', 'change', 'end')),
  ADD CONSTRAINT access_review_row_decided CHECK ((verdict IS NULL) = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
  ADD CONSTRAINT access_review_row_change CHECK ((verdict IS NOT DISTINCT FROM 'change') = (change_to <> '')),
  ADD CONSTRAINT access_review_row_rest CHECK (NOT with_rest OR verdict IS NOT DISTINCT FROM 'keep'),
  ADD CONSTRAINT access_review_row_factor CHECK (second_factor IN ('yes', 'no', 'not_required')),
  -- Nobody decides on their own access, unless nobody else could.
  ADD CONSTRAINT access_review_row_own CHECK (sole_reviewer = (decided_by IS NOT DISTINCT FROM member_id));
CREATE UNIQUE INDEX access_review_one_open ON access_review (clinic_id) WHERE status = 'open';

-- Row-level security

DO $$
DECLARE clinic_table text;
BEGIN
  FOREACH clinic_table IN ARRAY ARRAY['access_review', 'access_review_row'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('CREATE POLICY clinic ON %I TO wardbook_app USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()))', clinic_table);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wardbook_app', clinic_table);
  END LOOP;
END $$;
-- What was frozen is never rewritten, and once a review is signed or given up neither is what was decided.
GRANT UPDATE (status, closed_by, closed_at, closed_on, abandon_reason, attestation_id, sole_reviewer, version) ON access_review TO wardbook_app;
GRANT UPDATE (verdict, change_to, note, decided_by, decided_at, with_rest, sole_reviewer, version) ON access_review_row TO wardbook_app;
CREATE POLICY while_open ON access_review AS RESTRICTIVE FOR UPDATE TO wardbook_app USING (status = 'open') WITH CHECK (true);
CREATE POLICY while_open ON access_review_row AS RESTRICTIVE FOR UPDATE TO wardbook_app
  USING (review_id = (SELECT r.id FROM access_review r WHERE r.clinic_id = current_clinic() AND r.status = 'open'));
CREATE POLICY frozen_with_the_list ON access_review_row AS RESTRICTIVE FOR INSERT TO wardbook_app
  WITH CHECK (review_id = (SELECT r.id FROM access_review r WHERE r.clinic_id = current_clinic() AND r.status = 'open'));
GRANT UPDATE (access_review_months) ON clinic TO wardbook_app;

-- Of accounts, which no clinic sees: when a member last signed in and whether they have a second factor, for the pinned
-- clinic alone. A session that was open when they joined counts from then on.

SET ROLE identity_owner;
CREATE FUNCTION identity.access_facts(p_at timestamptz) RETURNS TABLE (member_id uuid, last_sign_in timestamptz, has_factor boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT m.id,
            (SELECT max(s.created_at) FROM public.session s
              WHERE s.account_id = m.account_id AND NOT s.awaits_second_factor AND s.created_at <= p_at AND s.last_seen_at >= m.created_at),
            EXISTS (SELECT FROM public.credential k WHERE k.account_id = m.account_id AND k.created_at <= p_at
                       AND (k.removed_at IS NULL OR k.removed_at > p_at))
       FROM public.member m WHERE m.clinic_id = identity.pinned_clinic() $$;
REVOKE ALL ON FUNCTION identity.access_facts(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.access_facts(timestamptz) TO wardbook_app;
RESET ROLE;
