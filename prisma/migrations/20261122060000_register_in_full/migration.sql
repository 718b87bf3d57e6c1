-- AlterTable
-- Filled in below, from the vendors' names that tools carried so far
ALTER TABLE "tool" ADD COLUMN     "vendor_id" UUID;

-- AlterTable
ALTER TABLE "tool_decision" ADD COLUMN     "due_diligence_id" UUID,
ADD COLUMN     "request_id" UUID;

-- AlterTable
ALTER TABLE "tool_hostname" ADD COLUMN     "removed_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "exact_text" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "sha256" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exact_text_pkey" PRIMARY KEY ("clinic_id","sha256")
);

-- CreateTable
CREATE TABLE "attestation" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "member_id" UUID NOT NULL,
    "text_sha256" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "typed_name" TEXT NOT NULL,
    "session_id" UUID,
    "signed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attestation_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "file" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "kept_by" UUID NOT NULL,
    "kept_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "file_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "notice" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "member_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "given_at" TIMESTAMPTZ(6) NOT NULL,
    "dismissed_at" TIMESTAMPTZ(6),
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "policy" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "policy_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "policy_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "content_version" INTEGER NOT NULL,
    "variables" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "effective_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "issued_by" UUID NOT NULL,
    "issued_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "policy_text" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "policy_version_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "policy_text_pkey" PRIMARY KEY ("clinic_id","policy_version_id","locale")
);

-- CreateTable
CREATE TABLE "policy_signature" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "policy_version_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "attestation_id" UUID NOT NULL,

    CONSTRAINT "policy_signature_pkey" PRIMARY KEY ("clinic_id","policy_version_id","member_id")
);

-- CreateTable
CREATE TABLE "tool_revision" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "tool_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "basis" TEXT NOT NULL,
    "model_family" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "hostnames" TEXT[],
    "verified" TEXT[],
    "catalogue_hash" TEXT,
    "kept" TEXT[],
    "changed_by" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tool_revision_pkey" PRIMARY KEY ("clinic_id","tool_id","number")
);

-- CreateTable
CREATE TABLE "tool_exception" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tool_id" UUID NOT NULL,
    "deepseek" TEXT NOT NULL,
    "member_id" UUID,
    "role" TEXT,
    "reason" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "granted_by" UUID NOT NULL,
    "granted_at" TIMESTAMPTZ(6) NOT NULL,
    "sole_decider" BOOLEAN NOT NULL,
    "withdrawn_by" UUID,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_reason" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tool_exception_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "tool_request" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "requester_id" UUID NOT NULL,
    "tool_id" UUID,
    "vendor" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "hostname" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "goes_in" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "answered_by" UUID,
    "answered_at" TIMESTAMPTZ(6),
    "answer_reason" TEXT,
    "answer_tool_id" UUID,
    "sole_decider" BOOLEAN NOT NULL DEFAULT false,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tool_request_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "tool_request_supporter" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "request_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "supported_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "tool_request_supporter_pkey" PRIMARY KEY ("clinic_id","request_id","member_id")
);

-- CreateTable
CREATE TABLE "block_list_address" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "generation" INTEGER NOT NULL,
    "active" BOOLEAN NOT NULL,
    "changed_by" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "block_list_address_pkey" PRIMARY KEY ("clinic_id","generation")
);

-- CreateTable
CREATE TABLE "import_batch" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "file_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "previewed_by" UUID NOT NULL,
    "previewed_at" TIMESTAMPTZ(6) NOT NULL,
    "applied_by" UUID,
    "applied_at" TIMESTAMPTZ(6),
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_batch_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "vendor" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "jurisdiction" TEXT NOT NULL DEFAULT '',
    "website" TEXT NOT NULL DEFAULT '',
    "contact_name" TEXT NOT NULL DEFAULT '',
    "contact_email" TEXT NOT NULL DEFAULT '',
    "business_associate" TEXT NOT NULL DEFAULT 'unknown',
    "business_associate_reason" TEXT NOT NULL DEFAULT '',
    "notes" TEXT NOT NULL DEFAULT '',
    "added_by" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "vendor_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "vendor_description" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "vendor_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "business_associate" TEXT NOT NULL,
    "business_associate_reason" TEXT NOT NULL,
    "jurisdiction" TEXT NOT NULL,
    "website" TEXT NOT NULL,
    "contact_name" TEXT NOT NULL,
    "contact_email" TEXT NOT NULL,
    "notes" TEXT NOT NULL,
    "described_by" UUID NOT NULL,
    "described_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vendor_description_pkey" PRIMARY KEY ("clinic_id","vendor_id","number")
);

-- CreateTable
CREATE TABLE "baa" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "vendor_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "baa_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "baa_version" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "baa_id" UUID NOT NULL,
    "vendor_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "corrects" INTEGER,
    "our_party" TEXT NOT NULL,
    "their_party" TEXT NOT NULL,
    "agreed_on" DATE NOT NULL,
    "effective_on" DATE NOT NULL,
    "expires_on" DATE,
    "notice_days" INTEGER,
    "services" TEXT[],
    "signature" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "entered_by" UUID NOT NULL,
    "entered_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "baa_version_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "baa_surface" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "baa_version_id" UUID NOT NULL,
    "vendor_id" UUID NOT NULL,
    "tool_id" UUID NOT NULL,

    CONSTRAINT "baa_surface_pkey" PRIMARY KEY ("clinic_id","baa_version_id","tool_id")
);

-- CreateTable
CREATE TABLE "baa_document" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "baa_version_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "attached_by" UUID NOT NULL,
    "attached_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "baa_document_pkey" PRIMARY KEY ("clinic_id","baa_version_id","file_id")
);

-- CreateTable
CREATE TABLE "baa_termination" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "baa_id" UUID NOT NULL,
    "last_day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "entered_by" UUID NOT NULL,
    "entered_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawn_by" UUID,
    "withdrawn_at" TIMESTAMPTZ(6),
    "withdrawn_reason" TEXT,

    CONSTRAINT "baa_termination_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "baa_check" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "baa_version_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "answers" JSONB NOT NULL,
    "checked_by" UUID NOT NULL,
    "checked_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "baa_check_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "baa_lapse" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "baa_id" UUID NOT NULL,
    "last_day" DATE NOT NULL,
    "noted_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "baa_lapse_pkey" PRIMARY KEY ("clinic_id","baa_id","last_day")
);

-- CreateTable
CREATE TABLE "inference_path" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tool_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "stated_in" TEXT NOT NULL,
    "stated_on" DATE,
    "file_id" UUID,
    "entered_by" UUID NOT NULL,
    "entered_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inference_path_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "inference_hop" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "path_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "processor" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "coverage" TEXT NOT NULL,
    "baa_id" UUID,
    "shown_on" DATE,
    "shown_until" DATE,
    "evidence" TEXT NOT NULL,
    "file_id" UUID,

    CONSTRAINT "inference_hop_pkey" PRIMARY KEY ("clinic_id","path_id","position")
);

-- CreateTable
CREATE TABLE "due_diligence" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "tool_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "conclusion" TEXT NOT NULL,
    "reverify_on" DATE,
    "started_by" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "completed_by" UUID,
    "completed_at" TIMESTAMPTZ(6),
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "due_diligence_pkey" PRIMARY KEY ("clinic_id","id")
);

-- CreateTable
CREATE TABLE "due_diligence_document" (
    "clinic_id" UUID NOT NULL DEFAULT current_clinic(),
    "worksheet_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "file_id" UUID NOT NULL,
    "attached_by" UUID NOT NULL,
    "attached_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "due_diligence_document_pkey" PRIMARY KEY ("clinic_id","worksheet_id","question","file_id")
);

-- Vendors of the tools that are there already: one for each name, whatever its case and punctuation. The owner of the
-- tables sees no row while row-level security is forced.
ALTER TABLE tool NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tool_hostname NO FORCE ROW LEVEL SECURITY;
INSERT INTO vendor (clinic_id, name, name_key, jurisdiction, added_by, added_at)
  SELECT DISTINCT ON (clinic_id, split_part(name_key, ' · ', 1))
         clinic_id, vendor, split_part(name_key, ' · ', 1), coalesce(facts ->> 'jurisdiction', ''), added_by, added_at
    FROM tool ORDER BY clinic_id, split_part(name_key, ' · ', 1), added_at, id;
INSERT INTO vendor_description (clinic_id, vendor_id, number, business_associate, business_associate_reason, jurisdiction, website,
                                contact_name, contact_email, notes, described_by, described_at)
  SELECT clinic_id, id, 1, 'unknown', '', jurisdiction, '', '', '', '', added_by, added_at FROM vendor;
UPDATE tool SET vendor_id = vendor.id
  FROM vendor WHERE vendor.clinic_id = tool.clinic_id AND vendor.name_key = split_part(tool.name_key, ' · ', 1);
INSERT INTO tool_revision (clinic_id, tool_id, number, basis, model_family, category, facts, hostnames, verified, catalogue_hash, kept, changed_by, changed_at)
  SELECT tool.clinic_id, tool.id, 1, CASE WHEN catalogue_key IS NULL THEN 'registration' ELSE 'adoption' END, model_family, category, facts,
         coalesce(array_agg(h.name ORDER BY h.name) FILTER (WHERE h.name IS NOT NULL), '{}'),
         coalesce(array_agg(h.name ORDER BY h.name) FILTER (WHERE h.verified), '{}'), catalogue_hash, '{}', added_by, added_at
    FROM tool LEFT JOIN tool_hostname h ON h.clinic_id = tool.clinic_id AND h.tool_id = tool.id
   GROUP BY tool.clinic_id, tool.id;
ALTER TABLE tool FORCE ROW LEVEL SECURITY;
ALTER TABLE tool_hostname FORCE ROW LEVEL SECURITY;
ALTER TABLE tool ALTER COLUMN vendor_id SET NOT NULL;

-- CreateIndex
CREATE INDEX "attestation_clinic_id_member_id_signed_at_idx" ON "attestation"("clinic_id", "member_id", "signed_at");

-- CreateIndex
CREATE UNIQUE INDEX "attestation_clinic_id_id_member_id_key" ON "attestation"("clinic_id", "id", "member_id");

-- CreateIndex
CREATE INDEX "file_clinic_id_sha256_idx" ON "file"("clinic_id", "sha256");

-- CreateIndex
CREATE INDEX "notice_clinic_id_member_id_dismissed_at_idx" ON "notice"("clinic_id", "member_id", "dismissed_at");

-- CreateIndex
CREATE UNIQUE INDEX "notice_clinic_id_member_id_kind_subject_id_given_at_key" ON "notice"("clinic_id", "member_id", "kind", "subject_id", "given_at");

-- CreateIndex
CREATE UNIQUE INDEX "policy_clinic_id_code_key" ON "policy"("clinic_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "policy_version_clinic_id_policy_id_number_key" ON "policy_version"("clinic_id", "policy_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "policy_signature_clinic_id_attestation_id_member_id_key" ON "policy_signature"("clinic_id", "attestation_id", "member_id");

-- CreateIndex
CREATE INDEX "tool_exception_clinic_id_tool_id_idx" ON "tool_exception"("clinic_id", "tool_id");

-- CreateIndex
CREATE INDEX "tool_exception_clinic_id_ends_on_idx" ON "tool_exception"("clinic_id", "ends_on");

-- CreateIndex
CREATE INDEX "tool_request_clinic_id_status_requested_at_idx" ON "tool_request"("clinic_id", "status", "requested_at");

-- CreateIndex
CREATE INDEX "tool_request_clinic_id_requester_id_requested_at_idx" ON "tool_request"("clinic_id", "requester_id", "requested_at");

-- CreateIndex
CREATE UNIQUE INDEX "vendor_clinic_id_name_key_key" ON "vendor"("clinic_id", "name_key");

-- CreateIndex
CREATE INDEX "baa_clinic_id_vendor_id_idx" ON "baa"("clinic_id", "vendor_id");

-- CreateIndex
CREATE UNIQUE INDEX "baa_clinic_id_id_vendor_id_key" ON "baa"("clinic_id", "id", "vendor_id");

-- CreateIndex
CREATE UNIQUE INDEX "baa_version_clinic_id_id_vendor_id_key" ON "baa_version"("clinic_id", "id", "vendor_id");

-- CreateIndex
CREATE UNIQUE INDEX "baa_version_clinic_id_baa_id_number_key" ON "baa_version"("clinic_id", "baa_id", "number");

-- CreateIndex
CREATE INDEX "baa_surface_clinic_id_tool_id_idx" ON "baa_surface"("clinic_id", "tool_id");

-- CreateIndex
CREATE INDEX "baa_termination_clinic_id_baa_id_idx" ON "baa_termination"("clinic_id", "baa_id");

-- CreateIndex
CREATE UNIQUE INDEX "baa_check_clinic_id_baa_version_id_number_key" ON "baa_check"("clinic_id", "baa_version_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "inference_path_clinic_id_tool_id_number_key" ON "inference_path"("clinic_id", "tool_id", "number");

-- CreateIndex
CREATE INDEX "inference_hop_clinic_id_baa_id_idx" ON "inference_hop"("clinic_id", "baa_id");

-- CreateIndex
CREATE UNIQUE INDEX "due_diligence_clinic_id_id_tool_id_key" ON "due_diligence"("clinic_id", "id", "tool_id");

-- CreateIndex
CREATE UNIQUE INDEX "due_diligence_clinic_id_tool_id_number_key" ON "due_diligence"("clinic_id", "tool_id", "number");

-- CreateIndex
CREATE INDEX "tool_clinic_id_vendor_id_idx" ON "tool"("clinic_id", "vendor_id");

-- CreateIndex
CREATE INDEX "tool_clinic_id_product_idx" ON "tool"("clinic_id", "product");

-- CreateIndex
CREATE INDEX "tool_clinic_id_status_since_idx" ON "tool"("clinic_id", "status_since");

-- CreateIndex
CREATE UNIQUE INDEX "tool_clinic_id_id_vendor_id_key" ON "tool"("clinic_id", "id", "vendor_id");

-- AddForeignKey
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_clinic_id_text_sha256_fkey" FOREIGN KEY ("clinic_id", "text_sha256") REFERENCES "exact_text"("clinic_id", "sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_clinic_id_kept_by_fkey" FOREIGN KEY ("clinic_id", "kept_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_clinic_id_policy_id_fkey" FOREIGN KEY ("clinic_id", "policy_id") REFERENCES "policy"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_clinic_id_issued_by_fkey" FOREIGN KEY ("clinic_id", "issued_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_text" ADD CONSTRAINT "policy_text_clinic_id_policy_version_id_fkey" FOREIGN KEY ("clinic_id", "policy_version_id") REFERENCES "policy_version"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_text" ADD CONSTRAINT "policy_text_clinic_id_sha256_fkey" FOREIGN KEY ("clinic_id", "sha256") REFERENCES "exact_text"("clinic_id", "sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_signature" ADD CONSTRAINT "policy_signature_clinic_id_policy_version_id_fkey" FOREIGN KEY ("clinic_id", "policy_version_id") REFERENCES "policy_version"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_signature" ADD CONSTRAINT "policy_signature_clinic_id_attestation_id_member_id_fkey" FOREIGN KEY ("clinic_id", "attestation_id", "member_id") REFERENCES "attestation"("clinic_id", "id", "member_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool" ADD CONSTRAINT "tool_clinic_id_vendor_id_fkey" FOREIGN KEY ("clinic_id", "vendor_id") REFERENCES "vendor"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_decision" ADD CONSTRAINT "tool_decision_clinic_id_due_diligence_id_tool_id_fkey" FOREIGN KEY ("clinic_id", "due_diligence_id", "tool_id") REFERENCES "due_diligence"("clinic_id", "id", "tool_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_decision" ADD CONSTRAINT "tool_decision_clinic_id_request_id_fkey" FOREIGN KEY ("clinic_id", "request_id") REFERENCES "tool_request"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_revision" ADD CONSTRAINT "tool_revision_clinic_id_tool_id_fkey" FOREIGN KEY ("clinic_id", "tool_id") REFERENCES "tool"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_revision" ADD CONSTRAINT "tool_revision_clinic_id_changed_by_fkey" FOREIGN KEY ("clinic_id", "changed_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_exception" ADD CONSTRAINT "tool_exception_clinic_id_tool_id_deepseek_fkey" FOREIGN KEY ("clinic_id", "tool_id", "deepseek") REFERENCES "tool"("clinic_id", "id", "deepseek") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_exception" ADD CONSTRAINT "tool_exception_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_exception" ADD CONSTRAINT "tool_exception_clinic_id_granted_by_fkey" FOREIGN KEY ("clinic_id", "granted_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_exception" ADD CONSTRAINT "tool_exception_clinic_id_withdrawn_by_fkey" FOREIGN KEY ("clinic_id", "withdrawn_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_request" ADD CONSTRAINT "tool_request_clinic_id_requester_id_fkey" FOREIGN KEY ("clinic_id", "requester_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_request" ADD CONSTRAINT "tool_request_clinic_id_tool_id_fkey" FOREIGN KEY ("clinic_id", "tool_id") REFERENCES "tool"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_request" ADD CONSTRAINT "tool_request_clinic_id_answered_by_fkey" FOREIGN KEY ("clinic_id", "answered_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_request" ADD CONSTRAINT "tool_request_clinic_id_answer_tool_id_fkey" FOREIGN KEY ("clinic_id", "answer_tool_id") REFERENCES "tool"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_request_supporter" ADD CONSTRAINT "tool_request_supporter_clinic_id_request_id_fkey" FOREIGN KEY ("clinic_id", "request_id") REFERENCES "tool_request"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_request_supporter" ADD CONSTRAINT "tool_request_supporter_clinic_id_member_id_fkey" FOREIGN KEY ("clinic_id", "member_id") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "block_list_address" ADD CONSTRAINT "block_list_address_clinic_id_changed_by_fkey" FOREIGN KEY ("clinic_id", "changed_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_batch" ADD CONSTRAINT "import_batch_clinic_id_file_id_fkey" FOREIGN KEY ("clinic_id", "file_id") REFERENCES "file"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_batch" ADD CONSTRAINT "import_batch_clinic_id_previewed_by_fkey" FOREIGN KEY ("clinic_id", "previewed_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_batch" ADD CONSTRAINT "import_batch_clinic_id_applied_by_fkey" FOREIGN KEY ("clinic_id", "applied_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vendor" ADD CONSTRAINT "vendor_clinic_id_added_by_fkey" FOREIGN KEY ("clinic_id", "added_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vendor_description" ADD CONSTRAINT "vendor_description_clinic_id_vendor_id_fkey" FOREIGN KEY ("clinic_id", "vendor_id") REFERENCES "vendor"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vendor_description" ADD CONSTRAINT "vendor_description_clinic_id_described_by_fkey" FOREIGN KEY ("clinic_id", "described_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa" ADD CONSTRAINT "baa_clinic_id_vendor_id_fkey" FOREIGN KEY ("clinic_id", "vendor_id") REFERENCES "vendor"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa" ADD CONSTRAINT "baa_clinic_id_created_by_fkey" FOREIGN KEY ("clinic_id", "created_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_version" ADD CONSTRAINT "baa_version_clinic_id_baa_id_vendor_id_fkey" FOREIGN KEY ("clinic_id", "baa_id", "vendor_id") REFERENCES "baa"("clinic_id", "id", "vendor_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_version" ADD CONSTRAINT "baa_version_clinic_id_entered_by_fkey" FOREIGN KEY ("clinic_id", "entered_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_surface" ADD CONSTRAINT "baa_surface_clinic_id_baa_version_id_vendor_id_fkey" FOREIGN KEY ("clinic_id", "baa_version_id", "vendor_id") REFERENCES "baa_version"("clinic_id", "id", "vendor_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_surface" ADD CONSTRAINT "baa_surface_clinic_id_tool_id_vendor_id_fkey" FOREIGN KEY ("clinic_id", "tool_id", "vendor_id") REFERENCES "tool"("clinic_id", "id", "vendor_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_document" ADD CONSTRAINT "baa_document_clinic_id_baa_version_id_fkey" FOREIGN KEY ("clinic_id", "baa_version_id") REFERENCES "baa_version"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_document" ADD CONSTRAINT "baa_document_clinic_id_file_id_fkey" FOREIGN KEY ("clinic_id", "file_id") REFERENCES "file"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_document" ADD CONSTRAINT "baa_document_clinic_id_attached_by_fkey" FOREIGN KEY ("clinic_id", "attached_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_termination" ADD CONSTRAINT "baa_termination_clinic_id_baa_id_fkey" FOREIGN KEY ("clinic_id", "baa_id") REFERENCES "baa"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_termination" ADD CONSTRAINT "baa_termination_clinic_id_entered_by_fkey" FOREIGN KEY ("clinic_id", "entered_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_termination" ADD CONSTRAINT "baa_termination_clinic_id_withdrawn_by_fkey" FOREIGN KEY ("clinic_id", "withdrawn_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_check" ADD CONSTRAINT "baa_check_clinic_id_baa_version_id_fkey" FOREIGN KEY ("clinic_id", "baa_version_id") REFERENCES "baa_version"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_check" ADD CONSTRAINT "baa_check_clinic_id_checked_by_fkey" FOREIGN KEY ("clinic_id", "checked_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baa_lapse" ADD CONSTRAINT "baa_lapse_clinic_id_baa_id_fkey" FOREIGN KEY ("clinic_id", "baa_id") REFERENCES "baa"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inference_path" ADD CONSTRAINT "inference_path_clinic_id_tool_id_fkey" FOREIGN KEY ("clinic_id", "tool_id") REFERENCES "tool"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inference_path" ADD CONSTRAINT "inference_path_clinic_id_file_id_fkey" FOREIGN KEY ("clinic_id", "file_id") REFERENCES "file"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inference_path" ADD CONSTRAINT "inference_path_clinic_id_entered_by_fkey" FOREIGN KEY ("clinic_id", "entered_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inference_hop" ADD CONSTRAINT "inference_hop_clinic_id_path_id_fkey" FOREIGN KEY ("clinic_id", "path_id") REFERENCES "inference_path"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inference_hop" ADD CONSTRAINT "inference_hop_clinic_id_baa_id_fkey" FOREIGN KEY ("clinic_id", "baa_id") REFERENCES "baa"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inference_hop" ADD CONSTRAINT "inference_hop_clinic_id_file_id_fkey" FOREIGN KEY ("clinic_id", "file_id") REFERENCES "file"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "due_diligence" ADD CONSTRAINT "due_diligence_clinic_id_tool_id_fkey" FOREIGN KEY ("clinic_id", "tool_id") REFERENCES "tool"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "due_diligence" ADD CONSTRAINT "due_diligence_clinic_id_started_by_fkey" FOREIGN KEY ("clinic_id", "started_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "due_diligence" ADD CONSTRAINT "due_diligence_clinic_id_completed_by_fkey" FOREIGN KEY ("clinic_id", "completed_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "due_diligence_document" ADD CONSTRAINT "due_diligence_document_clinic_id_worksheet_id_fkey" FOREIGN KEY ("clinic_id", "worksheet_id") REFERENCES "due_diligence"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "due_diligence_document" ADD CONSTRAINT "due_diligence_document_clinic_id_file_id_fkey" FOREIGN KEY ("clinic_id", "file_id") REFERENCES "file"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "due_diligence_document" ADD CONSTRAINT "due_diligence_document_clinic_id_attached_by_fkey" FOREIGN KEY ("clinic_id", "attached_by") REFERENCES "member"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Words that only these values may take

ALTER TABLE file ADD CONSTRAINT file_size CHECK (size_bytes = octet_length(bytes) AND size_bytes BETWEEN 1 AND 20971520),
  ADD CONSTRAINT file_sha256 CHECK (sha256 = encode(sha256(bytes), 'hex'));
ALTER TABLE exact_text ADD CONSTRAINT exact_text_sha256 CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
  ADD CONSTRAINT exact_text_locale CHECK (locale IN ('en', 'es'));
ALTER TABLE vendor ADD CONSTRAINT vendor_business_associate CHECK (business_associate IN ('yes', 'no', 'unknown'));
ALTER TABLE vendor_description ADD CONSTRAINT vendor_description_business_associate CHECK (business_associate IN ('yes', 'no', 'unknown'));
ALTER TABLE baa_version ADD CONSTRAINT baa_version_kind CHECK (kind IN ('original', 'amendment', 'renewal', 'correction')),
  ADD CONSTRAINT baa_version_corrects CHECK ((kind = 'correction') = (corrects IS NOT NULL) AND (corrects IS NULL OR corrects < number)),
  ADD CONSTRAINT baa_version_signature CHECK (signature IN ('both', 'one_side', 'unknown')),
  ADD CONSTRAINT baa_version_dates CHECK (expires_on IS NULL OR expires_on >= effective_on);
CREATE UNIQUE INDEX baa_termination_one_open ON baa_termination (clinic_id, baa_id) WHERE withdrawn_at IS NULL;
ALTER TABLE inference_hop ADD CONSTRAINT inference_hop_coverage CHECK (coverage IN ('our_baa', 'shown_baa', 'own', 'none')),
  ADD CONSTRAINT inference_hop_our_baa CHECK ((coverage = 'our_baa') = (baa_id IS NOT NULL)),
  ADD CONSTRAINT inference_hop_shown_baa CHECK (coverage <> 'shown_baa' OR (shown_on IS NOT NULL AND evidence <> ''));
ALTER TABLE due_diligence ADD CONSTRAINT due_diligence_status CHECK (status IN ('draft', 'complete')),
  ADD CONSTRAINT due_diligence_completed CHECK ((status = 'complete') = (completed_by IS NOT NULL AND completed_at IS NOT NULL));
CREATE UNIQUE INDEX due_diligence_one_draft ON due_diligence (clinic_id, tool_id) WHERE status = 'draft';
ALTER TABLE policy_text ADD CONSTRAINT policy_text_locale CHECK (locale IN ('en', 'es'));
ALTER TABLE policy_version ADD CONSTRAINT policy_version_due CHECK (due_on >= effective_on);
ALTER TABLE attestation ADD CONSTRAINT attestation_locale CHECK (locale IN ('en', 'es'));
ALTER TABLE tool_decision DROP CONSTRAINT tool_decision_basis;
ALTER TABLE tool_decision ADD CONSTRAINT tool_decision_basis CHECK (basis IN
  ('adoption', 'registration', 'officer', 'import', 'deepseek_rule', 'deepseek_narrowed', 'deepseek_restored'));
ALTER TABLE tool_revision ADD CONSTRAINT tool_revision_basis CHECK (basis IN ('adoption', 'registration', 'import', 'catalogue_update'));
-- No exception ever lifts DeepSeek's own surfaces.
ALTER TABLE tool_exception ADD CONSTRAINT tool_exception_never_deepseek_own CHECK (deepseek <> 'own'),
  ADD CONSTRAINT tool_exception_person_or_role CHECK ((member_id IS NULL) <> (role IS NULL)),
  ADD CONSTRAINT tool_exception_role CHECK (role IS NULL OR role IN ('owner', 'privacy_officer', 'manager', 'staff', 'auditor')),
  ADD CONSTRAINT tool_exception_dates CHECK (ends_on >= starts_on);
ALTER TABLE tool_request ADD CONSTRAINT tool_request_status CHECK (status IN ('open', 'granted', 'refused', 'use_instead', 'withdrawn')),
  ADD CONSTRAINT tool_request_goes_in CHECK (goes_in IN ('nothing', 'deidentified', 'phi')),
  ADD CONSTRAINT tool_request_answered CHECK ((status IN ('open', 'withdrawn')) = (answered_by IS NULL)),
  ADD CONSTRAINT tool_request_two_people CHECK (answered_by IS NULL OR answered_by <> requester_id OR sole_decider),
  ADD CONSTRAINT tool_request_answer_tool CHECK (status NOT IN ('granted', 'use_instead') OR answer_tool_id IS NOT NULL);
-- Sent twice at once, a request is still one.
CREATE UNIQUE INDEX tool_request_one_open ON tool_request (clinic_id, requester_id, name_key) WHERE status = 'open';
ALTER TABLE import_batch ADD CONSTRAINT import_batch_kind CHECK (kind IN ('tools', 'vendors', 'baas')),
  ADD CONSTRAINT import_batch_status CHECK (status IN ('previewed', 'applied'));

-- Row-level security

DO $$
DECLARE clinic_table text;
BEGIN
  FOREACH clinic_table IN ARRAY ARRAY['file', 'exact_text', 'attestation', 'vendor', 'vendor_description', 'baa', 'baa_version', 'baa_surface', 'baa_document',
      'baa_termination', 'baa_check', 'baa_lapse', 'inference_path', 'inference_hop', 'due_diligence', 'due_diligence_document', 'policy',
      'policy_version', 'policy_text', 'policy_signature', 'notice', 'tool_revision', 'tool_exception', 'tool_request',
      'tool_request_supporter', 'block_list_address', 'import_batch'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', clinic_table);
    EXECUTE format('CREATE POLICY clinic ON %I TO wardbook_app USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()))', clinic_table);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO wardbook_app', clinic_table);
  END LOOP;
END $$;
-- A worksheet changes while it is a draft; completed it never does.
CREATE POLICY drafts_only ON due_diligence AS RESTRICTIVE FOR UPDATE TO wardbook_app
  USING (clinic_id = (SELECT current_clinic()) AND status = 'draft') WITH CHECK (clinic_id = (SELECT current_clinic()));
-- Only what may change: versions, signatures, checks, paths, files and revisions have no UPDATE at all.
GRANT UPDATE (name, name_key, jurisdiction, website, contact_name, contact_email, business_associate, business_associate_reason, notes, version) ON vendor TO wardbook_app;
GRANT UPDATE (version) ON baa, policy TO wardbook_app;
GRANT UPDATE (withdrawn_by, withdrawn_at, withdrawn_reason) ON baa_termination, tool_exception TO wardbook_app;
GRANT UPDATE (status, answers, conclusion, reverify_on, completed_by, completed_at, version) ON due_diligence TO wardbook_app;
GRANT UPDATE (dismissed_at) ON notice TO wardbook_app;
GRANT UPDATE (status, tool_id, answered_by, answered_at, answer_reason, answer_tool_id, sole_decider, version) ON tool_request TO wardbook_app;
GRANT UPDATE (status, applied_by, applied_at, added, changed, unchanged) ON import_batch TO wardbook_app;
-- A catalogue update changes what is known of a tool, never which tool it is.
GRANT UPDATE (vendor, name_key, facts, catalogue_hash, model_family, category) ON tool TO wardbook_app;
GRANT UPDATE (verified, removed_at) ON tool_hostname TO wardbook_app;

-- An import appends 20,000 events at once. The openings go in one statement; and a connection that planned the check of a
-- foreign key while the ledger was a page long would read the whole ledger for each of them, so before that it plans anew.
SET ROLE ledger_owner;
CREATE OR REPLACE FUNCTION ledger.append(p_events jsonb) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  log ledger.head%rowtype; entry jsonb;
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
    log.next_seq := log.next_seq + 1;
    log.last_leaf := leaf_hash;
  END LOOP;
  DISCARD PLANS;
  INSERT INTO ledger.opening (clinic_id, event_id, digest, seq, sealed)
    SELECT log.clinic_id, (e.entry ->> 'id')::uuid, o.opening ->> 'digest', first_seq + e.n - 1, decode(o.opening ->> 'sealed', 'base64')
    FROM jsonb_array_elements(p_events) WITH ORDINALITY AS e (entry, n), jsonb_array_elements(e.entry -> 'openings') AS o (opening);
  UPDATE ledger.head SET next_seq = log.next_seq, last_leaf = log.last_leaf, last_at = at WHERE clinic_id = log.clinic_id;
  RETURN first_seq;
END $$;
RESET ROLE;
