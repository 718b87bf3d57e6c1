export const toolPermissions = {
  /** The register in full: facts, decisions, history. */
  "tool.read": ["owner", "privacy_officer", "manager", "auditor", "system"],
  /** "May I use it?" */
  "tool.look_up": ["owner", "privacy_officer", "manager", "staff", "auditor"],
  "tool.adopt": ["privacy_officer", "owner"],
  "tool.decide": ["privacy_officer", "owner"],
  "tool.narrow_deepseek": ["privacy_officer"],
  "tool.approve_narrowing": ["privacy_officer", "owner"],
} as const;
