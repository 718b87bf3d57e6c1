export const clinicPermissions = {
  "clinic.read": ["owner", "privacy_officer", "manager", "staff", "auditor", "system"],
  "clinic.configure": ["owner", "privacy_officer"],
  "member.read": ["owner", "privacy_officer", "auditor", "system"],
  "member.invite": ["owner", "system"],
  "session.record": ["system"],
} as const;
