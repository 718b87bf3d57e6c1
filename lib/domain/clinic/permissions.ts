export const clinicPermissions = {
  "clinic.read": ["owner", "privacy_officer", "manager", "staff", "auditor", "system"],
  "clinic.configure": ["owner"],
  "member.read": ["owner", "privacy_officer", "auditor", "system"],
  "member.invite": ["owner", "system"],
  "session.record": ["system"],
} as const;
