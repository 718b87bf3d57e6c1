import { styleAttributes } from "./style-hashes.ts";

type PolicyOptions = {
  nonce: string;
  /** Adds what `next dev` needs: eval for stack traces, inline styles, its socket. */
  development: boolean;
  /** Where else a form may lead: the sign-in providers that are offered. */
  providers?: readonly string[];
};

/** The policy of one response. */
export function contentSecurityPolicy(options: PolicyOptions): string {
  const nonce = `'nonce-${options.nonce}'`;
  const directives = [
    ["default-src", "'self'"],
    ["script-src", "'self'", nonce, "'strict-dynamic'", ...(options.development ? ["'unsafe-eval'"] : [])],
    // A nonce would switch 'unsafe-inline' off, and the error overlay of `next dev` has none.
    ["style-src", "'self'", options.development ? "'unsafe-inline'" : nonce],
    ["style-src-attr", ...(options.development ? ["'unsafe-inline'"] : styleAttributeSources())],
    ["img-src", "'self'", "data:"],
    ["connect-src", "'self'", ...(options.development ? ["ws:"] : [])],
    // Else scripts' sources would hold, and 'strict-dynamic' leaves a worker none.
    ["worker-src", "'self'"],
    ["object-src", "'none'"],
    ["base-uri", "'none'"],
    // Without scripts the answer to a form sends the browser on, and browsers ask for that too.
    ["form-action", "'self'", ...(options.providers ?? [])],
    ["frame-ancestors", "'none'"],
  ];
  return directives.map((directive) => directive.join(" ")).join("; ");
}

function styleAttributeSources(): string[] {
  const hashes = styleAttributes.map((style) => `'${style.hash}'`);
  return hashes.length > 0 ? ["'unsafe-hashes'", ...hashes] : ["'none'"];
}
