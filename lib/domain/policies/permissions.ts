export const policyPermissions = {
  "policy.read": ["owner", "privacy_officer", "manager", "staff", "auditor"],
  "policy.issue": ["owner", "privacy_officer"],
  /** Members of the workforce sign; an auditor from outside reads. */
  "policy.sign": ["owner", "privacy_officer", "manager", "staff"],
  "policy.read_signatures": ["owner", "privacy_officer", "manager", "auditor", "system"],
} as const;
