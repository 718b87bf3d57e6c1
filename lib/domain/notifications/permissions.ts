export const notificationPermissions = {
  "notice.give": ["system"],
  "notice.read": ["owner", "privacy_officer", "manager", "staff", "auditor"],
} as const;
