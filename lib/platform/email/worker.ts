import { parentPort } from "node:worker_threads";
import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Text } from "@react-email/components";
import { render, toPlainText } from "@react-email/render";
import { createElement as h } from "react";
import type { LetterAsked, LetterSet } from "#lib/platform/email/render.ts";

// Mail programs read styles only where they are used, so they stand in the elements. Nothing is fetched: no picture, no
// font, and no address but those of the letter itself.
const FONT = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const STYLES = {
  body: { backgroundColor: "#f4f6f6", fontFamily: FONT, margin: "0", padding: "24px 12px" },
  sheet: { backgroundColor: "#ffffff", border: "1px solid #d5dcdc", borderRadius: "8px", padding: "24px" },
  name: { color: "#0f5b5b", fontSize: "14px", fontWeight: "600", margin: "0 0 16px" },
  heading: { color: "#17201f", fontSize: "20px", lineHeight: "28px", margin: "0 0 12px" },
  text: { color: "#17201f", fontSize: "16px", lineHeight: "24px", margin: "0 0 12px" },
  list: { color: "#17201f", fontSize: "16px", lineHeight: "24px", margin: "0 0 12px", paddingLeft: "20px" },
  button: {
    ...{ backgroundColor: "#0f5b5b", borderRadius: "8px", color: "#ffffff", display: "inline-block" },
    ...{ fontSize: "16px", fontWeight: "600", padding: "12px 20px", textDecoration: "none" },
  },
  rule: { borderColor: "#d5dcdc", margin: "24px 0 16px" },
  small: { color: "#52605e", fontSize: "13px", lineHeight: "20px", margin: "0 0 8px", wordBreak: "break-all" },
} as const;

parentPort?.on("message", async ({ id, letter }: LetterAsked) => {
  const html = await render(page(letter));
  const answer: LetterSet = { id, html, text: toPlainText(html) };
  parentPort?.postMessage(answer);
});

function page({ locale, subject, lines, items, action, footer }: LetterAsked["letter"]) {
  const texts = lines.map((line) => h(Text, { key: line, style: STYLES.text }, line));
  const list = h(
    "ul",
    { style: STYLES.list },
    items.map((item) => h("li", { key: item }, item)),
  );
  return h(
    Html,
    { lang: locale, dir: "ltr" },
    h(Head, null, h("title", null, subject)),
    h(Preview, null, lines[0] ?? subject),
    h(
      Body,
      { style: STYLES.body },
      h(
        Container,
        { style: STYLES.sheet },
        h(Text, { style: STYLES.name }, "Wardbook"),
        h(Heading, { as: "h1", style: STYLES.heading }, subject),
        ...texts,
        items.length === 0 ? null : list,
        h(Button, { href: action.href, style: STYLES.button }, action.label),
        h(Hr, { style: STYLES.rule }),
        h(Text, { style: STYLES.small }, h(Link, { href: action.href }, action.href)),
        ...footer.map((line) => h(Text, { key: line, style: STYLES.small }, line)),
      ),
    ),
  );
}
