import { Fragment, type ReactNode } from "react";
import type { Locale } from "#lib/domain/context.ts";
import type { Block, Inline, ListItem } from "#lib/domain/policies/documents/schema.ts";

type DocumentTextProps = {
  blocks: readonly Block[];
  /** The language that the text is in, which need not be the reader's. */
  locale: Locale;
  /** Before the ids of the headings, where two texts stand on a page. */
  idPrefix?: string | undefined;
};

/** The id of a heading by its place among the headings: the same in every language of a text. */
export function partId(index: number, prefix = ""): string {
  return `${prefix}part-${index}`;
}

/** A policy as plain words: headings, paragraphs, lists, bold, emphasis and links. Its own title stands under the page's. */
export function DocumentText({ blocks, locale, idPrefix }: DocumentTextProps) {
  const headings = blocks.filter((block) => block.kind === "heading");
  return (
    // The bar above keeps the reader's place from one language to the other; a browser that helps would undo it.
    <article lang={locale} className="prose wrap-anywhere [overflow-anchor:none]">
      {blocks.map((block, index) => {
        const id = block.kind === "heading" ? partId(headings.indexOf(block), idPrefix) : undefined;
        return <BlockOf key={index.toString()} block={block} id={id} />;
      })}
    </article>
  );
}

function BlockOf({ block, id }: { block: Block; id?: string | undefined }) {
  if (block.kind === "heading") {
    const children = inlines(block.children);
    if (block.level === 1) return <h2 id={id}>{children}</h2>;
    if (block.level === 2) return <h3 id={id}>{children}</h3>;
    return <h4 id={id}>{children}</h4>;
  }
  if (block.kind === "paragraph") return <p>{inlines(block.children)}</p>;
  const items = block.items.map((item, index) => <li key={index.toString()}>{itemOf(item)}</li>);
  return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
}

// An item of one paragraph reads as a line; only what has more parts keeps them apart.
function itemOf(item: ListItem): ReactNode {
  const [only, ...others] = item;
  if (only?.kind === "paragraph" && others.length === 0) return inlines(only.children);
  return item.map((block, index) => <BlockOf key={index.toString()} block={block} />);
}

function inlines(parts: readonly Inline[]): ReactNode {
  return parts.map((part, index) => <Fragment key={index.toString()}>{inline(part)}</Fragment>);
}

function inline(part: Inline): ReactNode {
  if (part.kind === "text") return part.text;
  const children = inlines(part.children);
  if (part.kind === "link") {
    return (
      <a href={part.url} rel="noreferrer">
        {children}
      </a>
    );
  }
  return part.kind === "strong" ? <strong>{children}</strong> : <em>{children}</em>;
}
