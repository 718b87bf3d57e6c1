-- CreateTable
CREATE TABLE "account_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "type" TEXT NOT NULL,
    "count" INTEGER,
    "copied_at" TIMESTAMPTZ(6),

    CONSTRAINT "account_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "account_event_copied_at_at_idx" ON "account_event"("copied_at", "at");

-- AddForeignKey
ALTER TABLE "account_event" ADD CONSTRAINT "account_event_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a person did to their own way in: written by the holder alone, read by the job that copies it.

ALTER TABLE account_event ADD CONSTRAINT account_event_type CHECK (type IN ('password_changed', 'sessions_ended')),
  ADD CONSTRAINT account_event_count CHECK ((type = 'sessions_ended') = (count IS NOT NULL));
ALTER TABLE account_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_event FORCE ROW LEVEL SECURITY;
CREATE POLICY holder ON account_event FOR INSERT TO wardbook_app WITH CHECK (account_id = (SELECT identity.current_account()));
CREATE POLICY identity ON account_event TO identity_owner USING (true) WITH CHECK (true);
GRANT INSERT ON account_event TO wardbook_app;
GRANT SELECT, UPDATE (copied_at) ON account_event TO identity_owner;

SET ROLE identity_owner;

CREATE FUNCTION identity.account_events_to_copy()
  RETURNS TABLE (id uuid, at timestamptz, type text, count integer, clinic_id uuid, member_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT e.id, e.at, e.type, e.count, m.clinic_id, m.id
       FROM (SELECT * FROM public.account_event o WHERE o.copied_at IS NULL ORDER BY o.at, o.type LIMIT 1000) e
            LEFT JOIN public.member m ON m.account_id = e.account_id AND (m.ended_on IS NULL OR m.ended_on >= e.at::date - 1)
       ORDER BY e.at, e.type $$;

CREATE FUNCTION identity.mark_account_events_copied(p_ids uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ UPDATE public.account_event SET copied_at = now() WHERE id = ANY (p_ids) AND copied_at IS NULL $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA identity FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.account_events_to_copy(), identity.mark_account_events_copied(uuid[]) TO wardbook_worker;
RESET ROLE;
