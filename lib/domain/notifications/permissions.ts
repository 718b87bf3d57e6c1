export const notificationPermissions = {
  "notice.give": ["system"],
  "notice.read": ["owner", "privacy_officer", "manager", "staff", "auditor"],
  "mail.send": ["system"],
  "mail.choose": ["owner", "privacy_officer", "manager", "staff", "auditor"],
  "outbox.read": ["owner", "privacy_officer"],
  "outbox.send_again": ["owner", "privacy_officer"],
  "outbox.hand_over": ["owner", "privacy_officer"],
} as const;
