export const accessPermissions = {
  "reset_link.issue": ["owner", "privacy_officer"],
  "factors.reset": ["owner", "privacy_officer"],
} as const;
