export const clinicPermissions = {
  "clinic.read": ["owner", "privacy_officer", "manager", "staff", "auditor", "system"],
  "clinic.configure": ["owner"],
  "clinic.see_facts": ["owner", "privacy_officer", "auditor", "system"],
  "location.keep": ["owner", "privacy_officer"],
  "officer.designate": ["owner"],
  "member.read": ["owner", "privacy_officer", "auditor", "system"],
  "member.invite": ["owner", "privacy_officer", "system"],
  /** What is known of a member, their role, their last day, what is seen to when they leave. */
  "member.keep": ["owner", "privacy_officer"],
  "session.record": ["system"],
} as const;
