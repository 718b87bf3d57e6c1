import { downloadList } from "#app/api/lists/download-list.ts";
import { reviewList, reviewsAsked } from "#components/people/access-reviews/review-list.tsx";
import { getReviewsRows } from "#lib/domain/clinic/access-reviews/queries.ts";

export const GET = downloadList(reviewList, (ctx, state) => getReviewsRows(ctx, reviewsAsked(state)));
