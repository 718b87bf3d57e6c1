export const accessReviewPermissions = {
  "access_review.read": ["owner", "privacy_officer", "auditor", "system"],
  /** Start a review, decide, sign it or give it up. */
  "access_review.keep": ["owner", "privacy_officer"],
} as const;
