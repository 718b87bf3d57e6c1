export const vendorPermissions = {
  /** Vendors, their BAAs with the signed papers, inference paths, due diligence. */
  "vendor.read": ["owner", "privacy_officer", "manager", "auditor", "system"],
  "vendor.keep": ["owner", "privacy_officer"],
  "baa.record": ["owner", "privacy_officer"],
  "baa.check": ["owner", "privacy_officer"],
  "baa.note_lapse": ["system"],
  "path.record": ["owner", "privacy_officer"],
  "due_diligence.keep": ["owner", "privacy_officer"],
} as const;
