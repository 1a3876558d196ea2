const FORBIDDEN = /[\\/*?"<>|,#:\s]/;
const LONGEST_NAME_BYTES = 255;

/** What makes a name illegal for an OpenSearch index or alias; undefined when nothing does. */
export const indexNameProblem = (name: string): string | undefined => {
  if (!name.isWellFormed()) return 'must be Unicode';
  if (name !== name.toLowerCase()) return `"${name}" must be in lower case`;
  if (FORBIDDEN.test(name))
    return `"${name}" must hold no space and none of \\ / * ? " < > | , # :`;
  if (/^[-_+]/.test(name)) return `"${name}" must not start with -, _ or +`;
  if (name === '.' || name === '..') return `"${name}" is no name`;
  if (Buffer.byteLength(name) > LONGEST_NAME_BYTES) return 'must be at most 255 bytes long';
  return undefined;
};
