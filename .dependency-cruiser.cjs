// Who may import whom: the one place to read it. docs/architecture.md draws it.
const domainOrder = [
  "attestations",
  "clinic",
  "files",
  "vendors",
  "tools",
  "policies",
  "training",
  "risk",
  "incidents",
];

const pure = "^lib/domain/.+/(schema|rules|permissions|events)\\.ts$";

/** A domain imports only those left of it. */
const domains = domainOrder.map((name, index) => ({
  name: `${name}-imports-only-domains-before-it`,
  severity: "error",
  from: { path: `^lib/domain/${name}/` },
  to: {
    path: `^lib/domain/(${[...domainOrder.slice(index + 1), "calendar", "notifications", "evidence"].join("|")})/`,
  },
}));

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "components-never-reach-the-server",
      severity: "error",
      from: { path: "^components/" },
      to: {
        path: "^lib/platform/(?!security/)|^lib/domain/.+/(queries|commands|store|steps|evidence|reactions)(/|\\.ts$)|^lib/domain/(command|query|founding)\\.ts$",
        reachable: true,
      },
    },
    {
      name: "components-ui-knows-no-product",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(app|lib/(domain|platform|proof)|components/(?!ui/))" },
    },
    {
      name: "components-of-a-domain-keep-to-themselves",
      severity: "error",
      from: { path: "^components/(?!ui/|layout/|data-table/)([^/]+)/" },
      to: { path: "^(app|scripts)/|^components/(?!ui/|layout/|data-table/|$1/)" },
    },
    {
      name: "components-never-import-app",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(app|scripts)/" },
    },
    {
      name: "pure-files-never-reach-io",
      severity: "error",
      from: { path: pure },
      to: { path: "^lib/platform/", reachable: true },
    },
    {
      name: "lib-is-not-next",
      severity: "error",
      from: { path: "^lib/(domain|kernel|proof)/", pathNot: "^lib/domain/clinic/current\\.ts$" },
      to: { path: "(^|/)node_modules/(next|react)/" },
    },
    {
      name: "prisma-only-in-platform-db",
      severity: "error",
      from: { pathNot: "^lib/platform/(db|jobs|generated)/" },
      to: { path: "^lib/platform/generated|(^|/)node_modules/(@prisma|\\.prisma)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "the-doors-open-only-for-the-spine",
      severity: "error",
      from: {
        pathNot:
          "^lib/(platform/|domain/(command|query|founding|clinic/current|ledger/reactions|evidence/reactions)\\.ts$)|^tests/",
      },
      to: { path: "^lib/platform/db/(with-clinic|with-identity|client)\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "lib-never-imports-delivery",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components|scripts|tests)/" },
    },
    {
      name: "platform-knows-no-domain",
      severity: "error",
      from: { path: "^lib/platform/" },
      to: { path: "^lib/domain/" },
    },
    {
      name: "kernel-imports-kernel",
      severity: "error",
      from: { path: "^lib/kernel/" },
      to: { path: "^(app|components|lib/(?!kernel/))" },
    },
    {
      name: "proof-imports-only-kernel",
      severity: "error",
      from: { path: "^lib/proof/" },
      to: { path: "^(app|components|lib/(?!kernel/|proof/))" },
    },
    {
      name: "commands-never-call-commands",
      severity: "error",
      from: { path: "^lib/domain/.+/commands/" },
      to: { path: "^lib/domain/.+/commands/" },
    },
    {
      name: "nobody-imports-the-outermost-domains",
      severity: "error",
      from: {
        path: "^lib/domain/(?!calendar/|notifications/|evidence/)[^/]+/",
        pathNot: "^lib/domain/ledger/events\\.ts$",
      },
      to: { path: "^lib/domain/(calendar|notifications|evidence)/", dependencyTypesNot: ["type-only"] },
    },
    { name: "nothing-imports-tests", severity: "error", from: { pathNot: "^tests/" }, to: { path: "^tests/" } },
    ...domains,
  ],
  options: {
    parser: "swc",
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "(^|/)node_modules/|^lib/platform/generated" },
    exclude: { path: "^(\\.next|\\.wardbook|next-env)" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs"],
    },
  },
};
