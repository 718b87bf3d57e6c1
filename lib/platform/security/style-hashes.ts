export type StyleAttribute = {
  /** The attribute exactly as it stands in the HTML. */
  text: string;
  /** `sha256-…` of the text. */
  hash: string;
};

/**
 * The constant `style` attributes that may stand in server-rendered HTML. We write none ourselves, and what we use of
 * Base UI (Dialog, Menu) renders only in the browser, by the CSSOM, which no policy restricts: so the list is empty and
 * the policy says `'none'`. A part that hides an input in the markup (Checkbox, Switch, Select) would need its line here.
 */
export const styleAttributes: readonly StyleAttribute[] = [];
