export const ledgerPermissions = {
  "ledger.read": ["owner", "privacy_officer", "auditor", "system"],
  "ledger.checkpoint": ["system"],
} as const;
