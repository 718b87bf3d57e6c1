-- AlterTable
ALTER TABLE "invitation" ADD COLUMN     "import_id" UUID;

-- CreateIndex
CREATE INDEX "invitation_clinic_id_import_id_idx" ON "invitation"("clinic_id", "import_id");

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_clinic_id_import_id_fkey" FOREIGN KEY ("clinic_id", "import_id") REFERENCES "import_batch"("clinic_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A file may hold people too. Which import an invitation came by is written with it and never changed.

ALTER TABLE import_batch DROP CONSTRAINT import_batch_kind,
  ADD CONSTRAINT import_batch_kind CHECK (kind IN ('tools', 'vendors', 'baas', 'people'));
