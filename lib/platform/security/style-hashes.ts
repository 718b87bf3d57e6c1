export type StyleAttribute = {
  /** The attribute exactly as it stands in the HTML. */
  text: string;
  /** `sha256-…` of the text. */
  hash: string;
};

/**
 * The constant `style` attributes that may stand in server-rendered HTML. We write none ourselves, and what we use of
 * Base UI (Dialog, Menu) renders only in the browser, by the CSSOM, which no policy restricts. A part that hides an input
 * in the markup (Checkbox, Switch, Select) would need its line here. React hides a part of a page that it sends later, where
 * that part begins inside an SVG.
 */
export const styleAttributes: readonly StyleAttribute[] = [
  { text: "display:none", hash: "sha256-aqNNdDLnnrDOnTNdkJpYlAxKVJtLt9CtFLklmInuUAE=" },
];
