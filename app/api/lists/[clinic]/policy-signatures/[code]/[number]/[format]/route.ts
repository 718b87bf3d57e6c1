import { downloadList } from "#app/api/lists/download-list.ts";
import { signatureList, signaturesAsked } from "#components/policies/signature-list.tsx";
import { POLICY_CODES } from "#lib/domain/policies/documents/schema.ts";
import { getPolicySignatureRows } from "#lib/domain/policies/queries.ts";
import { NotFound } from "#lib/kernel/errors.ts";

type Context = { params: Promise<{ clinic: string; code: string; number: string; format: string }> };

/** The signatures of one version: which one, only its address says. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const address = await params;
  const download = downloadList(signatureList, (ctx, state) => {
    const code = POLICY_CODES.find((known) => known === address.code);
    if (code === undefined) throw new NotFound();
    return getPolicySignatureRows(ctx, { ...signaturesAsked(state), code, number: Number(address.number) });
  });
  return download(request, { params });
}
