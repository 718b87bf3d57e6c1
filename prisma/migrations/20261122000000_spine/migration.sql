-- The roles wardbook_app, wardbook_worker, ledger_owner and identity_owner exist before the first migration
-- (lib/platform/db/roles.ts), because a role belongs to the server and not to one database.

CREATE SCHEMA identity AUTHORIZATION identity_owner;
CREATE SCHEMA ledger AUTHORIZATION ledger_owner;
DO $$
DECLARE migrating text := quote_ident(current_user);
BEGIN
  SET LOCAL ROLE identity_owner;
  EXECUTE 'GRANT USAGE ON SCHEMA identity TO wardbook_app, wardbook_worker, ' || migrating;
  SET LOCAL ROLE ledger_owner;
  EXECUTE 'GRANT USAGE ON SCHEMA ledger TO wardbook_app, wardbook_worker, ' || migrating;
  RESET ROLE;
END $$;
GRANT USAGE ON SCHEMA public TO wardbook_app, wardbook_worker, identity_owner, ledger_owner;

-- A temporary schema is searched before pg_catalog for types unless it is named: a session of wardbook_app could put a
-- domain of its own in the place of uuid or date, and the domain's CHECK would run as a function's owner. So every function
-- names pg_temp last, and nobody but the owner makes temporary objects.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;

-- Loud beats empty: a query outside any door raises, it does not return zero rows.
CREATE FUNCTION public.current_clinic() RETURNS uuid LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE pinned text := current_setting('app.clinic_id', true);
BEGIN
  IF pinned IS NULL OR pinned = '' THEN RAISE EXCEPTION 'no clinic is pinned' USING ERRCODE = 'insufficient_privilege'; END IF;
  RETURN pinned::uuid;
END $$;

SET ROLE identity_owner;
CREATE FUNCTION identity.pinned_account() RETURNS uuid LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
  $$ SELECT NULLIF(current_setting('app.account_id', true), '')::uuid $$;
CREATE FUNCTION identity.pinned_clinic() RETURNS uuid LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
  $$ SELECT NULLIF(current_setting('app.clinic_id', true), '')::uuid $$;
CREATE FUNCTION identity.current_account() RETURNS uuid LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE pinned text := current_setting('app.account_id', true);
BEGIN
  IF pinned IS NULL OR pinned = '' THEN RAISE EXCEPTION 'no account is pinned' USING ERRCODE = 'insufficient_privilege'; END IF;
  RETURN pinned::uuid;
END $$;
RESET ROLE;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "password_hash" TEXT,
    "password_changed_at" TIMESTAMPTZ(6),
    "locale" TEXT NOT NULL DEFAULT 'en',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "email_hash" BYTEA NOT NULL,
    "address_hash" BYTEA NOT NULL,
    "account_id" UUID,
    "session_id" UUID,
    "outcome" TEXT NOT NULL,
    "copied_at" TIMESTAMPTZ(6),

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinic" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "needs_second_approver" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clinic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "token_hash" BYTEA NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "accepted_at" TIMESTAMPTZ(6),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "job_title" TEXT NOT NULL DEFAULT '',
    "workforce_type" TEXT NOT NULL DEFAULT 'employee',
    "role" TEXT NOT NULL,
    "started_on" DATE NOT NULL,
    "ended_on" DATE,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "worker_heartbeat" (
    "id" TEXT NOT NULL,
    "beat_at" TIMESTAMPTZ(6) NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "worker_heartbeat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence_pack" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "status" TEXT NOT NULL,
    "requested_by" UUID,
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "as_of" TIMESTAMPTZ(6) NOT NULL,
    "period_from" DATE,
    "period_to" DATE,
    "ledger_size" BIGINT NOT NULL,
    "file_name" TEXT,
    "size_bytes" BIGINT,
    "sha256" TEXT,
    "finished_at" TIMESTAMPTZ(6),
    "failure" TEXT,

    CONSTRAINT "evidence_pack_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "evidence_pack_chunk" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "pack_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "evidence_pack_chunk_pkey" PRIMARY KEY ("clinic_id","pack_id","number")
);

-- CreateTable
CREATE TABLE "job_progress" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "job_key" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "done" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_progress_pkey" PRIMARY KEY ("clinic_id","job_key")
);

-- CreateTable
CREATE TABLE "tool" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "vendor" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "model_family" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "deepseek" TEXT NOT NULL,
    "deepseek_narrowed" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL,
    "conditions" TEXT[],
    "review_on" DATE,
    "status_since" TIMESTAMPTZ(6) NOT NULL,
    "facts" JSONB NOT NULL,
    "catalogue_key" TEXT,
    "catalogue_hash" TEXT,
    "added_by" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tool_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "tool_hostname" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "tool_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "verified" BOOLEAN NOT NULL,

    CONSTRAINT "tool_hostname_pkey" PRIMARY KEY ("clinic_id","tool_id","name")
);

-- CreateTable
CREATE TABLE "tool_decision" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tool_id" UUID NOT NULL,
    "deepseek" TEXT NOT NULL,
    "narrowed" BOOLEAN NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "conditions" TEXT[],
    "reason" TEXT NOT NULL,
    "review_on" DATE,
    "sole_decider" BOOLEAN NOT NULL,
    "decided_by" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "snapshot" JSONB NOT NULL,
    "snapshot_hash" TEXT NOT NULL,

    CONSTRAINT "tool_decision_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "deepseek_narrowing" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tool_id" UUID NOT NULL,
    "rationale" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "proposed_by" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(6) NOT NULL,
    "approved_by" UUID,
    "approved_at" TIMESTAMPTZ(6),
    "withdrawn_by" UUID,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_reason" TEXT,

    CONSTRAINT "deepseek_narrowing_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE INDEX "sign_in_attempt_email_hash_at_idx" ON "sign_in_attempt"("email_hash", "at");

-- CreateIndex
CREATE INDEX "sign_in_attempt_address_hash_at_idx" ON "sign_in_attempt"("address_hash", "at");

-- CreateIndex
CREATE INDEX "sign_in_attempt_copied_at_at_idx" ON "sign_in_attempt"("copied_at", "at");

-- CreateIndex
CREATE UNIQUE INDEX "clinic_slug_key" ON "clinic"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_clinic_id_idx" ON "invitation"("clinic_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_clinic_id_account_id_key" ON "member"("clinic_id", "account_id");

-- CreateIndex
CREATE INDEX "evidence_pack_clinic_id_requested_at_idx" ON "evidence_pack"("clinic_id", "requested_at");

-- CreateIndex
CREATE INDEX "tool_clinic_id_status_idx" ON "tool"("clinic_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "tool_clinic_id_id_deepseek_key" ON "tool"("clinic_id", "id", "deepseek");

-- CreateIndex
CREATE UNIQUE INDEX "tool_clinic_id_name_key_key" ON "tool"("clinic_id", "name_key");

-- CreateIndex
CREATE UNIQUE INDEX "tool_clinic_id_catalogue_key_key" ON "tool"("clinic_id", "catalogue_key");

-- CreateIndex
CREATE INDEX "tool_hostname_clinic_id_name_idx" ON "tool_hostname"("clinic_id", "name");

-- CreateIndex
CREATE INDEX "tool_decision_clinic_id_decided_at_idx" ON "tool_decision"("clinic_id", "decided_at");

-- CreateIndex
CREATE UNIQUE INDEX "tool_decision_clinic_id_tool_id_number_key" ON "tool_decision"("clinic_id", "tool_id", "number");

-- CreateIndex
CREATE INDEX "deepseek_narrowing_clinic_id_tool_id_idx" ON "deepseek_narrowing"("clinic_id", "tool_id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence_pack" ADD CONSTRAINT "evidence_pack_clinic_id_requested_by_fkey" FOREIGN KEY ("clinic_id", "requested_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence_pack_chunk" ADD CONSTRAINT "evidence_pack_chunk_clinic_id_pack_id_fkey" FOREIGN KEY ("clinic_id", "pack_id") REFERENCES "evidence_pack"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_progress" ADD CONSTRAINT "job_progress_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool" ADD CONSTRAINT "tool_clinic_id_added_by_fkey" FOREIGN KEY ("clinic_id", "added_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_hostname" ADD CONSTRAINT "tool_hostname_clinic_id_tool_id_fkey" FOREIGN KEY ("clinic_id", "tool_id") REFERENCES "tool"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_decision" ADD CONSTRAINT "tool_decision_clinic_id_tool_id_deepseek_fkey" FOREIGN KEY ("clinic_id", "tool_id", "deepseek") REFERENCES "tool"("clinic_id", "id", "deepseek") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_decision" ADD CONSTRAINT "tool_decision_clinic_id_decided_by_fkey" FOREIGN KEY ("clinic_id", "decided_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deepseek_narrowing" ADD CONSTRAINT "deepseek_narrowing_clinic_id_tool_id_fkey" FOREIGN KEY ("clinic_id", "tool_id") REFERENCES "tool"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deepseek_narrowing" ADD CONSTRAINT "deepseek_narrowing_clinic_id_proposed_by_fkey" FOREIGN KEY ("clinic_id", "proposed_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deepseek_narrowing" ADD CONSTRAINT "deepseek_narrowing_clinic_id_approved_by_fkey" FOREIGN KEY ("clinic_id", "approved_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deepseek_narrowing" ADD CONSTRAINT "deepseek_narrowing_clinic_id_withdrawn_by_fkey" FOREIGN KEY ("clinic_id", "withdrawn_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Words that only these values may take

ALTER TABLE account ADD CONSTRAINT account_email_folded CHECK (email = lower(email) AND email <> ''),
  ADD CONSTRAINT account_locale CHECK (locale IN ('en', 'es'));
ALTER TABLE sign_in_attempt ADD CONSTRAINT sign_in_attempt_outcome CHECK (outcome IN ('opened', 'refused', 'slowed'));
ALTER TABLE member ADD CONSTRAINT member_role CHECK (role IN ('owner', 'privacy_officer', 'manager', 'staff', 'auditor')),
  ADD CONSTRAINT member_workforce_type CHECK (workforce_type IN ('employee', 'contractor', 'student', 'volunteer', 'external')),
  ADD CONSTRAINT member_dates CHECK (ended_on IS NULL OR ended_on >= started_on);
ALTER TABLE invitation ADD CONSTRAINT invitation_role CHECK (role IN ('owner', 'privacy_officer', 'manager', 'staff', 'auditor'));
ALTER TABLE evidence_pack ADD CONSTRAINT evidence_pack_status CHECK (status IN ('requested', 'ready', 'failed'));
ALTER TABLE deepseek_narrowing ADD CONSTRAINT deepseek_narrowing_status CHECK (status IN ('proposed', 'in_force', 'withdrawn')),
  ADD CONSTRAINT deepseek_narrowing_two_people CHECK (approved_by IS NULL OR approved_by <> proposed_by);
CREATE UNIQUE INDEX deepseek_narrowing_one_open ON deepseek_narrowing (clinic_id, tool_id) WHERE status <> 'withdrawn';

-- DeepSeek's own surfaces are prohibited, and no decision changes that. DeepSeek weights on another host stay
-- prohibited until the privacy officer's narrowing is in force.
ALTER TABLE tool ADD CONSTRAINT tool_deepseek CHECK (deepseek IN ('own', 'hosted', 'none')),
  ADD CONSTRAINT tool_status CHECK (status IN ('approved_for_phi', 'not_for_phi', 'needs_review', 'prohibited', 'retired')),
  ADD CONSTRAINT tool_deepseek_own_is_prohibited CHECK (deepseek <> 'own' OR status = 'prohibited'),
  ADD CONSTRAINT tool_deepseek_hosted_is_prohibited_until_narrowed
    CHECK (deepseek <> 'hosted' OR deepseek_narrowed OR status IN ('prohibited', 'retired')),
  ADD CONSTRAINT tool_only_hosted_is_narrowed CHECK (deepseek = 'hosted' OR NOT deepseek_narrowed);
ALTER TABLE tool_decision
  ADD CONSTRAINT tool_decision_status CHECK (status IN ('approved_for_phi', 'not_for_phi', 'needs_review', 'prohibited', 'retired')),
  ADD CONSTRAINT tool_decision_basis
    CHECK (basis IN ('adoption', 'registration', 'officer', 'deepseek_rule', 'deepseek_narrowed', 'deepseek_restored')),
  ADD CONSTRAINT tool_decision_deepseek_own_is_prohibited CHECK (deepseek <> 'own' OR status = 'prohibited'),
  ADD CONSTRAINT tool_decision_deepseek_hosted_is_prohibited_until_narrowed
    CHECK (deepseek <> 'hosted' OR narrowed OR status IN ('prohibited', 'retired'));

-- The ledger

SET ROLE ledger_owner;

CREATE TABLE ledger.head (
  clinic_id uuid PRIMARY KEY,
  origin text NOT NULL CHECK (origin ~ '^[a-z0-9.:-]+/c/[a-z0-9]+/[0-9]+$'),
  next_seq bigint NOT NULL DEFAULT 0,
  last_leaf bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
  last_at timestamptz NOT NULL DEFAULT '-infinity',
  wrapped_key bytea NOT NULL
) WITH (fillfactor = 20);

CREATE TABLE ledger.event (
  clinic_id uuid NOT NULL REFERENCES ledger.head (clinic_id),
  seq bigint NOT NULL,
  event_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  stamp text NOT NULL,
  type text NOT NULL CHECK (type ~ '^[a-z0-9_.]{1,64}$'),
  body text NOT NULL CHECK (octet_length(body) <= 65536),
  prev_leaf bytea NOT NULL CHECK (length(prev_leaf) = 32),
  leaf bytea NOT NULL CHECK (length(leaf) = 32),
  -- From the body, so that they cannot differ from what was hashed
  actor_id text GENERATED ALWAYS AS ((body::jsonb) #>> '{actor,id}') STORED,
  object_type text GENERATED ALWAYS AS ((body::jsonb) #>> '{object,type}') STORED,
  object_id text GENERATED ALWAYS AS ((body::jsonb) #>> '{object,id}') STORED,
  correlation_id text GENERATED ALWAYS AS ((body::jsonb) ->> 'correlation') STORED,
  PRIMARY KEY (clinic_id, seq),
  UNIQUE (clinic_id, event_id)
);
CREATE INDEX event_clinic_id_type_seq_idx ON ledger.event (clinic_id, type, seq);
CREATE INDEX event_clinic_id_actor_id_seq_idx ON ledger.event (clinic_id, actor_id, seq);
CREATE INDEX event_clinic_id_object_idx ON ledger.event (clinic_id, object_type, object_id, seq);
CREATE INDEX event_clinic_id_correlation_id_idx ON ledger.event (clinic_id, correlation_id);

-- Sealed openings of commitments: the one table of the trail from which a retention rule may one day delete.
CREATE TABLE ledger.opening (
  clinic_id uuid NOT NULL,
  event_id uuid NOT NULL,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  seq bigint NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (clinic_id, event_id, digest),
  FOREIGN KEY (clinic_id, event_id) REFERENCES ledger.event (clinic_id, event_id),
  FOREIGN KEY (clinic_id, seq) REFERENCES ledger.event (clinic_id, seq)
);
CREATE INDEX opening_clinic_id_seq_idx ON ledger.opening (clinic_id, seq);

CREATE TABLE ledger.checkpoint (
  clinic_id uuid NOT NULL REFERENCES ledger.head (clinic_id),
  size bigint NOT NULL CHECK (size > 0),
  root bytea NOT NULL CHECK (length(root) = 32),
  note text NOT NULL,
  signed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (clinic_id, size)
);

CREATE FUNCTION ledger.open(p_origin text, p_wrapped_key bytea) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ INSERT INTO ledger.head (clinic_id, origin, wrapped_key) VALUES (public.current_clinic(), p_origin, p_wrapped_key) $$;

-- Takes the head row's lock only here, in the last statement of a transaction. FOR NO KEY UPDATE: FOR UPDATE would
-- deadlock against the KEY SHARE locks of the foreign key from ledger.event.
CREATE FUNCTION ledger.append(p_events jsonb) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  log ledger.head%rowtype; entry jsonb; opening jsonb;
  at timestamptz; at_text text; body_hash bytea; leaf_hash bytea; first_seq bigint;
BEGIN
  SELECT * INTO STRICT log FROM ledger.head WHERE clinic_id = public.current_clinic() FOR NO KEY UPDATE;
  at := greatest(clock_timestamp(), log.last_at);
  at_text := to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
  first_seq := log.next_seq;
  FOR entry IN SELECT * FROM jsonb_array_elements(p_events) LOOP
    body_hash := sha256(convert_to(entry ->> 'body', 'UTF8'));
    leaf_hash := sha256('\x00'::bytea || convert_to(
      'wardbook-ledger/v1' || chr(10) || log.origin || chr(10) || log.next_seq || chr(10) || at_text || chr(10)
      || (entry ->> 'type') || chr(10) || encode(log.last_leaf, 'hex') || chr(10) || encode(body_hash, 'hex') || chr(10), 'UTF8'));
    INSERT INTO ledger.event (clinic_id, seq, event_id, recorded_at, stamp, type, body, prev_leaf, leaf)
      VALUES (log.clinic_id, log.next_seq, (entry ->> 'id')::uuid, at, at_text, entry ->> 'type', entry ->> 'body', log.last_leaf, leaf_hash);
    FOR opening IN SELECT * FROM jsonb_array_elements(entry -> 'openings') LOOP
      INSERT INTO ledger.opening (clinic_id, event_id, digest, seq, sealed)
        VALUES (log.clinic_id, (entry ->> 'id')::uuid, opening ->> 'digest', log.next_seq, decode(opening ->> 'sealed', 'base64'));
    END LOOP;
    log.next_seq := log.next_seq + 1;
    log.last_leaf := leaf_hash;
  END LOOP;
  UPDATE ledger.head SET next_seq = log.next_seq, last_leaf = log.last_leaf, last_at = at WHERE clinic_id = log.clinic_id;
  RETURN first_seq;
END $$;

CREATE FUNCTION ledger.add_checkpoint(p_size bigint, p_root bytea, p_note text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_size > (SELECT next_seq FROM ledger.head WHERE clinic_id = public.current_clinic()) THEN
    RAISE EXCEPTION 'a checkpoint cannot cover more than the ledger holds';
  END IF;
  INSERT INTO ledger.checkpoint (clinic_id, size, root, note) VALUES (public.current_clinic(), p_size, p_root, p_note)
    ON CONFLICT (clinic_id, size) DO NOTHING;
END $$;

CREATE FUNCTION ledger.deny() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'insufficient_privilege'; END $$;

-- ALWAYS: they fire even with session_replication_role = replica.
CREATE TRIGGER deny_row BEFORE UPDATE OR DELETE ON ledger.event FOR EACH ROW EXECUTE FUNCTION ledger.deny();
CREATE TRIGGER deny_truncate BEFORE TRUNCATE ON ledger.event FOR EACH STATEMENT EXECUTE FUNCTION ledger.deny();
ALTER TABLE ledger.event ENABLE ALWAYS TRIGGER deny_row;
ALTER TABLE ledger.event ENABLE ALWAYS TRIGGER deny_truncate;
CREATE TRIGGER deny_row BEFORE UPDATE OR DELETE ON ledger.checkpoint FOR EACH ROW EXECUTE FUNCTION ledger.deny();
CREATE TRIGGER deny_truncate BEFORE TRUNCATE ON ledger.checkpoint FOR EACH STATEMENT EXECUTE FUNCTION ledger.deny();
ALTER TABLE ledger.checkpoint ENABLE ALWAYS TRIGGER deny_row;
ALTER TABLE ledger.checkpoint ENABLE ALWAYS TRIGGER deny_truncate;

ALTER TABLE ledger.head ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.head FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic ON ledger.head USING (clinic_id = (SELECT public.current_clinic())) WITH CHECK (clinic_id = (SELECT public.current_clinic()));
ALTER TABLE ledger.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.event FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic ON ledger.event USING (clinic_id = (SELECT public.current_clinic())) WITH CHECK (clinic_id = (SELECT public.current_clinic()));
ALTER TABLE ledger.opening ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.opening FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic ON ledger.opening USING (clinic_id = (SELECT public.current_clinic())) WITH CHECK (clinic_id = (SELECT public.current_clinic()));
ALTER TABLE ledger.checkpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.checkpoint FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic ON ledger.checkpoint USING (clinic_id = (SELECT public.current_clinic())) WITH CHECK (clinic_id = (SELECT public.current_clinic()));

REVOKE ALL ON FUNCTION ledger.open(text, bytea), ledger.append(jsonb), ledger.add_checkpoint(bigint, bytea, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.open(text, bytea), ledger.append(jsonb), ledger.add_checkpoint(bigint, bytea, text) TO wardbook_app;
GRANT SELECT ON ledger.head, ledger.event, ledger.opening, ledger.checkpoint TO wardbook_app;
RESET ROLE;

GRANT REFERENCES ON clinic TO ledger_owner;
SET ROLE ledger_owner;
ALTER TABLE ledger.head ADD FOREIGN KEY (clinic_id) REFERENCES public.clinic (id);
RESET ROLE;

-- Row-level security of the clinic's tables. The policies name wardbook_app: identity_owner must not meet current_clinic(), which raises.

DO $$
DECLARE clinic_table text;
BEGIN
  FOREACH clinic_table IN ARRAY ARRAY['tool', 'tool_hostname', 'tool_decision', 'deepseek_narrowing', 'evidence_pack',
                                      'evidence_pack_chunk', 'job_progress', 'invitation'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('CREATE POLICY clinic ON %I TO wardbook_app USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()))', clinic_table);
  END LOOP;
END $$;
GRANT SELECT, INSERT ON tool, tool_hostname, tool_decision, deepseek_narrowing, evidence_pack, evidence_pack_chunk, job_progress,
  invitation TO wardbook_app;
-- A decision changes what a tool may be used for, never what the tool is. With UPDATE on the whole table the app could
-- turn DeepSeek's own surface into another's: the foreign key of tool_decision cascades, and every CHECK would agree.
GRANT UPDATE (deepseek_narrowed, status, conditions, review_on, status_since, version) ON tool TO wardbook_app;
GRANT UPDATE (status, approved_by, approved_at, withdrawn_by, withdrawn_at, withdrawn_reason) ON deepseek_narrowing TO wardbook_app;
GRANT UPDATE (status, file_name, size_bytes, sha256, finished_at, failure) ON evidence_pack TO wardbook_app;
GRANT UPDATE (step, done, total, updated_at) ON job_progress TO wardbook_app;
GRANT UPDATE (accepted_at) ON invitation TO wardbook_app;

-- Identity tables: a person sees their own rows before a clinic is pinned; the pinned clinic sees its own.

ALTER TABLE member ENABLE ROW LEVEL SECURITY;
ALTER TABLE member FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic ON member TO wardbook_app
  USING (CASE WHEN (SELECT identity.pinned_account()) IS NULL THEN clinic_id = (SELECT current_clinic())
              ELSE account_id = (SELECT identity.pinned_account())
                   AND ((SELECT identity.pinned_clinic()) IS NULL OR clinic_id = (SELECT identity.pinned_clinic())) END)
  WITH CHECK (clinic_id = (SELECT current_clinic()));
GRANT SELECT, INSERT ON member TO wardbook_app;

ALTER TABLE clinic ENABLE ROW LEVEL SECURITY;
ALTER TABLE clinic FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic ON clinic TO wardbook_app
  USING (CASE WHEN (SELECT identity.pinned_account()) IS NULL OR (SELECT identity.pinned_clinic()) IS NOT NULL
              THEN id = (SELECT current_clinic()) ELSE id IN (SELECT clinic_id FROM member) END)
  WITH CHECK (id = (SELECT current_clinic()));
GRANT SELECT, INSERT ON clinic TO wardbook_app;
GRANT UPDATE (name, time_zone, needs_second_approver) ON clinic TO wardbook_app;

-- The password hash leaves the table only through identity.account_for_sign_in.
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
CREATE POLICY holder ON account TO wardbook_app USING (id = (SELECT identity.current_account())) WITH CHECK (id = (SELECT identity.current_account()));
GRANT SELECT (id, email, locale, created_at, password_changed_at) ON account TO wardbook_app;
GRANT INSERT ON account TO wardbook_app;
GRANT UPDATE (password_hash, password_changed_at, locale) ON account TO wardbook_app;

ALTER TABLE session ENABLE ROW LEVEL SECURITY;
ALTER TABLE session FORCE ROW LEVEL SECURITY;
CREATE POLICY holder ON session TO wardbook_app USING (account_id = (SELECT identity.current_account())) WITH CHECK (account_id = (SELECT identity.current_account()));
GRANT SELECT, INSERT ON session TO wardbook_app;
GRANT UPDATE (last_seen_at, revoked_at) ON session TO wardbook_app;

ALTER TABLE sign_in_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY attempt ON sign_in_attempt FOR INSERT TO wardbook_app WITH CHECK (true);
GRANT INSERT ON sign_in_attempt TO wardbook_app;

GRANT SELECT ON worker_heartbeat TO wardbook_app;
GRANT SELECT, INSERT, UPDATE ON worker_heartbeat TO wardbook_worker;
GRANT SELECT ON _prisma_migrations TO wardbook_app;

-- Look-ups before identity is known. Their owner cannot sign in and has a policy of its own.

GRANT SELECT ON account, session, invitation, member, clinic, sign_in_attempt TO identity_owner;
GRANT UPDATE (copied_at) ON sign_in_attempt TO identity_owner;
CREATE POLICY identity ON account FOR SELECT TO identity_owner USING (true);
CREATE POLICY identity ON session FOR SELECT TO identity_owner USING (true);
CREATE POLICY identity ON invitation FOR SELECT TO identity_owner USING (true);
CREATE POLICY identity ON sign_in_attempt TO identity_owner USING (true) WITH CHECK (true);

CREATE POLICY identity ON member FOR SELECT TO identity_owner USING (true);
CREATE POLICY identity ON clinic FOR SELECT TO identity_owner USING (true);

SET ROLE identity_owner;

CREATE FUNCTION identity.account_for_sign_in(p_email text)
  RETURNS TABLE (id uuid, password_hash text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT a.id, a.password_hash FROM public.account a WHERE a.email = p_email $$;

CREATE FUNCTION identity.session_for_token(p_token_hash bytea)
  RETURNS TABLE (id uuid, account_id uuid, email text, locale text, last_seen_at timestamptz, expires_at timestamptz, revoked_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT s.id, s.account_id, a.email, a.locale, s.last_seen_at, s.expires_at, s.revoked_at
       FROM public.session s JOIN public.account a ON a.id = s.account_id WHERE s.token_hash = p_token_hash $$;

CREATE FUNCTION identity.invitation_for_token(p_token_hash bytea)
  RETURNS TABLE (id uuid, clinic_id uuid, clinic_name text, slug text, time_zone text, email text, name text, role text, expires_at timestamptz,
                 accepted_at timestamptz, account_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT i.id, i.clinic_id, c.name, c.slug, c.time_zone, i.email, i.name, i.role, i.expires_at, i.accepted_at, a.id
       FROM public.invitation i JOIN public.clinic c ON c.id = i.clinic_id LEFT JOIN public.account a ON a.email = i.email
       WHERE i.token_hash = p_token_hash $$;

CREATE FUNCTION identity.member_for(p_slug text, p_account uuid)
  RETURNS TABLE (clinic_id uuid, clinic_name text, slug text, time_zone text, member_id uuid, name text, role text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT c.id, c.name, c.slug, c.time_zone, m.id, m.name, m.role
       FROM public.clinic c JOIN public.member m ON m.clinic_id = c.id
       WHERE c.slug = p_slug AND m.account_id = p_account
         AND m.started_on <= (now() AT TIME ZONE c.time_zone)::date
         AND (m.ended_on IS NULL OR m.ended_on >= (now() AT TIME ZONE c.time_zone)::date) $$;

CREATE FUNCTION identity.recent_refusals(p_email_hash bytea, p_address_hash bytea, p_since timestamptz)
  RETURNS TABLE (by_email integer, by_address integer, last_by_email timestamptz, last_by_address timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT count(*) FILTER (WHERE email_hash = p_email_hash)::integer, count(*) FILTER (WHERE address_hash = p_address_hash)::integer,
            max(at) FILTER (WHERE email_hash = p_email_hash), max(at) FILTER (WHERE address_hash = p_address_hash)
       FROM public.sign_in_attempt
       WHERE (email_hash = p_email_hash OR address_hash = p_address_hash) AND outcome = 'refused'
         AND at > greatest(p_since, (SELECT max(o.at) FROM public.sign_in_attempt o
                                      WHERE o.email_hash = p_email_hash AND o.outcome = 'opened' AND o.at > p_since)) $$;

CREATE FUNCTION identity.has_any_clinic() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT EXISTS (SELECT FROM public.clinic) $$;

CREATE FUNCTION identity.clinic_ids() RETURNS TABLE (id uuid, slug text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT c.id, c.slug FROM public.clinic c ORDER BY c.created_at $$;

-- Whole windows only: a quarter of an hour that the limit cut in two would be added up wrongly.
CREATE FUNCTION identity.sign_ins_to_copy(p_before timestamptz)
  RETURNS TABLE (id uuid, at timestamptz, outcome text, session_id uuid, clinic_id uuid, member_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ WITH due AS (SELECT a.id, a.at, a.outcome, a.session_id, a.account_id FROM public.sign_in_attempt a
                   WHERE a.copied_at IS NULL AND (a.outcome = 'opened' OR a.at < p_before)),
          last_window AS (SELECT date_bin('15 minutes', max(o.at), timestamptz '2000-01-01 00:00Z') + interval '15 minutes' AS ends
                            FROM (SELECT d.at FROM due d ORDER BY d.at LIMIT 5000) o)
     SELECT d.id, d.at, d.outcome, d.session_id, m.clinic_id, m.id
       FROM due d CROSS JOIN last_window w
            LEFT JOIN public.member m ON m.account_id = d.account_id AND (m.ended_on IS NULL OR m.ended_on >= d.at::date - 1)
       WHERE d.at < w.ends ORDER BY d.at $$;

CREATE FUNCTION identity.mark_sign_ins_copied(p_ids uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ UPDATE public.sign_in_attempt SET copied_at = now() WHERE id = ANY (p_ids) AND copied_at IS NULL $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA identity FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.pinned_account(), identity.pinned_clinic(), identity.current_account(),
  identity.account_for_sign_in(text), identity.session_for_token(bytea), identity.invitation_for_token(bytea),
  identity.member_for(text, uuid), identity.recent_refusals(bytea, bytea, timestamptz), identity.has_any_clinic() TO wardbook_app;
GRANT EXECUTE ON FUNCTION identity.clinic_ids(), identity.sign_ins_to_copy(timestamptz), identity.mark_sign_ins_copied(uuid[]) TO wardbook_worker;
RESET ROLE;
