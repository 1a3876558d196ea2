import { styleText } from 'node:util';

/** Ways to say something without words; each returns the text as it is where there are no colours. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly good: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly bad: (text: string) => string;
}

/** Styles for a terminal with or without colours. */
export const createStyle = (hasColours: boolean): Style => {
  const styled = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    hasColours ? styleText(format, text, { validateStream: false }) : text;
  return {
    strong: styled('bold'),
    quiet: styled('dim'),
    good: styled('green'),
    doubtful: styled('yellow'),
    bad: styled('red'),
  };
};

/** The text, or as much of its beginning as fits. */
export const shortened = (text: string, columns: number): string =>
  text.length <= columns ? text : `${text.slice(0, Math.max(columns - 1, 0))}…`;
