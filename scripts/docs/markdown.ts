/** A table in Markdown; cells are Markdown of one line. */
export const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heading, heading.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** Text as code. */
export const code = (text: string): string => `\`${text}\``;

/** A block of code of a language. */
export const codeBlock = (language: string, text: string): string =>
  `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/**
 * A text with what stands between two markers replaced.
 *
 * @example
 * between('<!-- inputs -->\nold\n<!-- /inputs -->', 'inputs', 'new') // '<!-- inputs -->\n\nnew\n\n<!-- /inputs -->'
 * @throws Error when the markers are not there
 */
export const between = (text: string, name: string, content: string): string => {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [first, last] = [text.indexOf(start), text.indexOf(end)];
  if (first === -1 || last < first) throw new Error(`it has no ${start} … ${end}`);
  return `${text.slice(0, first)}${start}\n\n${content}\n\n${text.slice(last)}`;
};
