/** Width of a character of the wire's font, in pixels. */
export const CHARACTER = 7.5;

/** What a token is, for its colour. */
export type TokenKind =
  | "key"
  | "string"
  | "number"
  | "keyword"
  | "punctuation"
  | "tag"
  | "attribute"
  | "comment"
  | "invalid";

/** A coloured stretch of a row's text: start and length in characters of `text`, and kind. */
export type Token = [start: number, length: number, kind: TokenKind];

/** One line of a body, or the part of it that was asked for. */
export interface Row {
  /** From 1, as shown in the gutter. */
  number: number;
  /** The columns asked for, not the whole line. */
  text: string;
  /** Length of the whole line in characters. */
  columns: number;
  tokens: readonly Token[];
  /** Whether a fold starts here, and how it is. */
  fold?: "open" | "closed" | null;
  /** Search hits within `text`. */
  hits?: readonly (readonly [start: number, length: number])[];
}

/** A window over rows that live elsewhere. A new object means new content. */
export interface RowSource {
  rowCount: number;
  /** The longest line, in characters, as far as known. */
  columns: number;
  /** Rows `from..to` (from 0, `to` excluded), each cut to the columns `columnFrom..columnTo`. */
  rowsAt(from: number, to: number, columnFrom: number, columnTo: number): Promise<Row[]>;
}
