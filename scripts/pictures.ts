/** What is clicked, as somebody sees it; each click leads to another page. */
export type Step = { readonly role: "link" | "button"; readonly name: RegExp };

export type Picture = {
  readonly name: string;
  /** Who looks at it, by the button that signs them in; nobody for the sign-in page itself. */
  readonly person: RegExp | null;
  readonly page: string;
  /** From there on, where the address has an id that each demo makes anew. */
  readonly steps?: readonly Step[];
  readonly phone?: true;
};

const HARBOR = "/c/harbor-family";

/** In this order, of one demo: what changes its records stands last. */
export const PICTURES: readonly Picture[] = [
  { name: "sign-in", person: null, page: "/sign-in" },
  { name: "today", person: /Dana Whitfield/, page: HARBOR },
  { name: "today-staff", person: /María Santos/, page: HARBOR, phone: true },
  { name: "today-manager", person: /Luis Ortega/, page: HARBOR },
  { name: "today-owner", person: /Grace Okafor/, page: HARBOR },
  { name: "today-auditor", person: /Priya Raman/, page: HARBOR },
  {
    name: "may-i-use-it",
    person: /María Santos/,
    page: `${HARBOR}/may-i-use-it?q=chat.deepseek.com`,
    phone: true,
  },
  { name: "register", person: /Dana Whitfield/, page: `${HARBOR}/tools` },
  {
    name: "request",
    person: /Dana Whitfield/,
    page: `${HARBOR}/requests`,
    steps: [{ role: "link", name: /^Suki Assistant/ }],
  },
  {
    name: "baa",
    person: /Dana Whitfield/,
    page: `${HARBOR}/vendors?q=Abridge`,
    steps: [
      { role: "link", name: /^Abridge/ },
      { role: "link", name: /^BAA with Abridge/ },
    ],
  },
  { name: "people", person: /Dana Whitfield/, page: `${HARBOR}/people` },
  {
    name: "person",
    person: /Dana Whitfield/,
    page: `${HARBOR}/people?q=James`,
    steps: [{ role: "link", name: /^James Park/ }],
  },
  { name: "import-people", person: /Dana Whitfield/, page: `${HARBOR}/import?kind=people` },
  { name: "policies", person: /Dana Whitfield/, page: `${HARBOR}/policies` },
  { name: "evidence", person: /Priya Raman/, page: `${HARBOR}/evidence` },
  { name: "ledger", person: /Dana Whitfield/, page: `${HARBOR}/ledger` },
  { name: "settings", person: /Grace Okafor/, page: `${HARBOR}/settings` },
  { name: "emergency-access", person: /Grace Okafor/, page: `${HARBOR}/people/emergency-access/people` },
  {
    name: "access-review",
    person: /Dana Whitfield/,
    page: `${HARBOR}/people/access-reviews`,
    steps: [{ role: "button", name: /^Start a review$/ }],
  },
];
