/** A mutation of a source; positions count from 1, and the end is excluded. */
export type Mutation = {
  readonly location: { readonly start: Position; readonly end: Position };
  readonly replacement: string;
};

type Position = { readonly line: number; readonly column: number };

/** The lines of a source that a mutation changes, as they are after it, in one line. */
export const mutantLines = (
  source: string,
  { location: { start, end }, replacement }: Mutation,
): string => {
  const lines = source.split('\n');
  const before = lines[start.line - 1]?.slice(0, start.column - 1) ?? '';
  const after = lines[end.line - 1]?.slice(end.column - 1) ?? '';
  return `${before}${replacement}${after}`.replace(/\s+/g, ' ').trim();
};
