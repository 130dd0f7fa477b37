/** What a file is: in words, as a MIME type, and how its text is encoded. */
export interface Kind {
  readonly words: string;
  readonly mime: string;
  /** 'us-ascii', 'utf-8', 'binary' */
  readonly charset: string;
}

export const binary = (words: string, mime: string): Kind => ({ words, mime, charset: 'binary' });
