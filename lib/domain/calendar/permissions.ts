export const calendarPermissions = {
  /** Today's page; what it shows of other domains still hangs on their own permissions. */
  "calendar.read": ["owner", "privacy_officer", "manager", "staff", "auditor"],
  /** What the people of one's own location still owe: names and dates, without their pages. */
  "calendar.see_team": ["manager"],
  "calendar.see_readiness": ["owner"],
  /** Every request item with where the records on it are read. */
  "calendar.see_index": ["auditor"],
  "first_steps.choose": ["owner", "privacy_officer"],
} as const;
