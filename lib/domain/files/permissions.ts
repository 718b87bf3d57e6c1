export const filePermissions = {
  "file.read": ["owner", "privacy_officer", "manager", "auditor"],
} as const;
