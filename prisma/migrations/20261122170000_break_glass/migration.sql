-- CreateTable
CREATE TABLE "emergency_rule" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "number" INTEGER NOT NULL,
    "minutes_max" INTEGER NOT NULL,
    "review_days" INTEGER NOT NULL,
    "set_by" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "emergency_rule_pkey" PRIMARY KEY ("clinic_id","number")
);

-- CreateTable
CREATE TABLE "emergency_person" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "member_id" UUID NOT NULL,
    "from_on" DATE NOT NULL,
    "to_on" DATE,
    "reason" TEXT NOT NULL,
    "named_by" UUID NOT NULL,
    "named_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_by" UUID,
    "ended_at" TIMESTAMPTZ(6),
    "end_reason" TEXT NOT NULL DEFAULT '',
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "emergency_person_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "emergency_use" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "member_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "review_days" INTEGER NOT NULL,
    "review_by" DATE NOT NULL,
    "session_id" UUID,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "ends_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_by" UUID,
    "ended_at" TIMESTAMPTZ(6),
    "acts" INTEGER NOT NULL DEFAULT 0,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "emergency_use_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "emergency_review" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "use_id" UUID NOT NULL,
    "justified" BOOLEAN NOT NULL,
    "done" TEXT NOT NULL,
    "follow_up" TEXT NOT NULL,
    "typed_name" TEXT NOT NULL,
    "sole_reviewer" BOOLEAN NOT NULL,
    "entries" INTEGER NOT NULL,
    "session_id" UUID,
    "reviewed_by" UUID NOT NULL,
    "reviewed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "emergency_review_pkey" PRIMARY KEY ("clinic_id","use_id")
);

-- CreateIndex
CREATE INDEX "emergency_person_clinic_id_member_id_idx" ON "emergency_person"("clinic_id", "member_id");

-- CreateIndex
CREATE INDEX "emergency_use_clinic_id_member_id_opened_at_idx" ON "emergency_use"("clinic_id", "member_id", "opened_at");

-- CreateIndex
CREATE INDEX "emergency_use_clinic_id_opened_at_idx" ON "emergency_use"("clinic_id", "opened_at");

-- AddForeignKey
ALTER TABLE "emergency_rule" ADD CONSTRAINT "emergency_rule_clinic_id_set_by_fkey" FOREIGN KEY ("clinic_id", "set_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_person" ADD CONSTRAINT "emergency_person_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_person" ADD CONSTRAINT "emergency_person_clinic_id_named_by_fkey" FOREIGN KEY ("clinic_id", "named_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_person" ADD CONSTRAINT "emergency_person_clinic_id_ended_by_fkey" FOREIGN KEY ("clinic_id", "ended_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_use" ADD CONSTRAINT "emergency_use_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_use" ADD CONSTRAINT "emergency_use_clinic_id_person_id_fkey" FOREIGN KEY ("clinic_id", "person_id") REFERENCES "emergency_person"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_use" ADD CONSTRAINT "emergency_use_clinic_id_ended_by_fkey" FOREIGN KEY ("clinic_id", "ended_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_review" ADD CONSTRAINT "emergency_review_clinic_id_use_id_fkey" FOREIGN KEY ("clinic_id", "use_id") REFERENCES "emergency_use"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergency_review" ADD CONSTRAINT "emergency_review_clinic_id_reviewed_by_fkey" FOREIGN KEY ("clinic_id", "reviewed_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Words that only these values may take, and moments in the order in which they come

ALTER TABLE emergency_rule ADD CONSTRAINT emergency_rule_minutes CHECK (minutes_max BETWEEN 15 AND 480),
  ADD CONSTRAINT emergency_rule_days CHECK (review_days BETWEEN 1 AND 30);
ALTER TABLE emergency_person ADD CONSTRAINT emergency_person_days CHECK (to_on IS NULL OR to_on >= from_on),
  ADD CONSTRAINT emergency_person_reason CHECK (reason <> ''),
  ADD CONSTRAINT emergency_person_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason = ''));
ALTER TABLE emergency_use ADD CONSTRAINT emergency_use_kind CHECK (kind IN ('emergency', 'drill')),
  ADD CONSTRAINT emergency_use_reason CHECK (length(reason) >= 20),
  ADD CONSTRAINT emergency_use_minutes CHECK (minutes BETWEEN 15 AND 480),
  ADD CONSTRAINT emergency_use_times CHECK (opened_at < ends_at AND ends_at <= opened_at + minutes * interval '1 minute'),
  ADD CONSTRAINT emergency_use_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL OR ended_at <= ends_at));
ALTER TABLE emergency_review ADD CONSTRAINT emergency_review_done CHECK (done <> '' AND typed_name <> '');

-- A message may tell of emergency access too

ALTER TABLE outbox_message DROP CONSTRAINT outbox_message_kind;
ALTER TABLE outbox_message ADD CONSTRAINT outbox_message_kind
  CHECK (kind IN ('baa_lapsed', 'request_answered', 'directive_to_sign', 'emergency_access', 'daily_digest'));

-- Row-level security

DO $$
DECLARE clinic_table text;
BEGIN
  FOREACH clinic_table IN ARRAY ARRAY['emergency_rule', 'emergency_person', 'emergency_use', 'emergency_review'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('CREATE POLICY clinic ON %I TO wardbook_app USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()))', clinic_table);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wardbook_app', clinic_table);
  END LOOP;
END $$;
-- Who was named, who opened it, why and for how long is never rewritten, and no review is: only an end is added.
GRANT UPDATE (ended_by, ended_at, end_reason) ON emergency_person TO wardbook_app;
GRANT UPDATE (ended_by, ended_at, review_by, acts) ON emergency_use TO wardbook_app;

-- What a person may do is known before any clinic is pinned: with the membership, by the database's clock.

GRANT SELECT ON emergency_use TO identity_owner;
CREATE POLICY identity ON emergency_use FOR SELECT TO identity_owner USING (true);
SET ROLE identity_owner;

CREATE FUNCTION identity.emergency_use_of(p_clinic uuid, p_member uuid) RETURNS TABLE (id uuid, ends_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp AS
  $$ SELECT u.id, u.ends_at FROM public.emergency_use u JOIN public.member m ON m.clinic_id = u.clinic_id AND m.id = u.member_id
      WHERE m.role IN ('manager', 'staff') AND u.clinic_id = p_clinic AND u.member_id = p_member AND u.ended_at IS NULL AND u.ends_at > now()
      ORDER BY u.opened_at DESC LIMIT 1 $$;

REVOKE ALL ON FUNCTION identity.emergency_use_of(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.emergency_use_of(uuid, uuid) TO wardbook_app;

RESET ROLE;
