import MarkdownIt from "markdown-it";
import type { MouseEvent } from "react";
import "./Markdown.css";

/** No HTML from the text, and no images: nothing is fetched by looking at docs. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable("image");

// Alignment of cells comes as a style attribute, which the window's policy refuses.
for (const rule of ["th_open", "td_open"]) {
  markdown.renderer.rules[rule] = (tokens, at, options, _env, self) => {
    const token = tokens[at];
    const align = /text-align:\s*(left|center|right)/.exec(String(token?.attrGet("style") ?? ""))?.[1];
    if (token) token.attrs = align ? [["data-align", align]] : null;
    return self.renderToken(tokens, at, options);
  };
}

/** Markdown as people read it. Links show where they point and open nothing. */
export default function Markdown({ label, text }: { label: string; text: string }) {
  const onClick = (event: MouseEvent) => {
    if ((event.target as Element).closest("a")) event.preventDefault();
  };
  return (
    <article
      className="markdown"
      aria-label={label}
      data-selectable
      onClick={onClick}
      onAuxClick={onClick}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: markdown-it escapes all HTML of the text
      dangerouslySetInnerHTML={{ __html: render(text) }}
    />
  );
}

/** A link's target stands in its title; without an address it cannot be followed at all. */
markdown.renderer.rules.link_open = (tokens, at, options, _env, self) => {
  const token = tokens[at];
  const href = String(token?.attrGet("href") ?? "");
  if (token) token.attrs = [["title", href]];
  return self.renderToken(tokens, at, options);
};

export const render = (text: string): string => markdown.render(text);
