export const calendarPermissions = {
  /** Today's page; what it shows of other domains still hangs on their own permissions. */
  "calendar.read": ["owner", "privacy_officer", "manager", "staff", "auditor"],
} as const;
