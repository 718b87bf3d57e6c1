export const emergencyAccessPermissions = {
  /** Who may open it, for how long, and how soon it is reviewed. */
  "emergency_access.arrange": ["owner"],
  /** The page: of one's own uses; of everybody's only for who may read them all. */
  "emergency_access.see": ["owner", "privacy_officer", "manager", "staff", "auditor"],
  "emergency_access.read": ["owner", "privacy_officer", "auditor", "system"],
  /** And only if the owner named them: who has an officer's permissions needs none for an emergency. */
  "emergency_access.open": ["manager", "staff"],
  /** One's own, and everybody's for officers. */
  "emergency_access.end": ["owner", "privacy_officer", "manager", "staff"],
  "emergency_access.review": ["owner", "privacy_officer"],
} as const;

/**
 * What emergency access adds to the role of whoever opened it (45 CFR 164.312(a)(2)(ii)): what a privacy officer does with
 * the clinic's records. Whatever is not named here it does not give. Above all nothing that changes who holds power, now
 * or later: people and roles, invitations, reset links, designations, the clinic's settings, emergency access itself. Nor
 * what is a second person's word (narrowing the DeepSeek prohibition and approving that), what puts many things in force
 * at once (imports), what hands out a secret address (the served block list), and other people's mail.
 */
export const GIVEN_IN_AN_EMERGENCY = [
  // Somebody has to say today whether a tool may be used, and on what that rests.
  ...(["tool.read", "tool.adopt", "tool.decide", "tool_request.read", "tool_request.answer"] as const),
  ...(["tool_exception.read", "tool_exception.grant", "block_list.read"] as const),
  // An agreement that ends or is signed while nobody is there decides whether patient data may go on flowing.
  ...(["vendor.read", "vendor.keep", "baa.record", "baa.check", "path.record", "due_diligence.keep"] as const),
  // A directive may have to reach everybody at once.
  ...(["policy.issue", "policy.read_signatures"] as const),
  // Records to look things up in: whom to call, what was signed, what was done.
  ...(["file.read", "member.read", "clinic.see_facts", "ledger.read"] as const),
  // HHS sets its own deadlines.
  ...(["evidence.read", "evidence.request", "evidence.download"] as const),
] as const;
