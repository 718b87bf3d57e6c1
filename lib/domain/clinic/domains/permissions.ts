export const domainPermissions = {
  "domain.see": ["owner", "privacy_officer", "auditor"],
  "domain.keep": ["owner"],
} as const;
