export const toolPermissions = {
  /** The register in full: facts, decisions, history. */
  "tool.read": ["owner", "privacy_officer", "manager", "auditor", "system"],
  /** "May I use it?" */
  "tool.look_up": ["owner", "privacy_officer", "manager", "staff", "auditor"],
  "tool.adopt": ["privacy_officer", "owner"],
  "tool.decide": ["privacy_officer", "owner"],
  "tool.narrow_deepseek": ["privacy_officer"],
  "tool.approve_narrowing": ["privacy_officer", "owner"],
  "tool.import": ["privacy_officer", "owner"],
  /** Exceptions name people, and why. */
  "tool_exception.read": ["owner", "privacy_officer", "auditor", "system"],
  "tool_exception.grant": ["privacy_officer", "owner"],
  "tool_request.ask": ["owner", "privacy_officer", "manager", "staff"],
  /** The page of a request: one's own and those one supports; of others only who may read them all. */
  "tool_request.see": ["owner", "privacy_officer", "manager", "staff", "auditor"],
  "tool_request.read": ["owner", "privacy_officer", "auditor", "system"],
  "tool_request.answer": ["privacy_officer", "owner"],
  "block_list.read": ["owner", "privacy_officer", "manager", "auditor", "system"],
  "block_list.manage_address": ["privacy_officer", "owner"],
} as const;
