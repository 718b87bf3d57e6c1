import { downloadList } from "#app/api/lists/download-list.ts";
import { reviewRowList, reviewRowsAsked } from "#components/people/access-reviews/review-row-list.tsx";
import { getReviewRows } from "#lib/domain/clinic/access-reviews/queries.ts";

type Context = { params: Promise<{ clinic: string; reviewId: string; format: string }> };

/** The people on one review: which one, only its address says. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { reviewId } = await params;
  const read = downloadList(reviewRowList, (ctx, state) => getReviewRows(ctx, { ...reviewRowsAsked(state), reviewId }));
  return read(request, { params });
}
