export const evidencePermissions = {
  "evidence.read": ["owner", "privacy_officer", "auditor", "system"],
  "evidence.request": ["owner", "privacy_officer", "system"],
  "evidence.build": ["system"],
  "evidence.download": ["owner", "privacy_officer", "auditor", "system"],
} as const;
