import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlock } from './markdown.ts';

/** The names of the examples: directories with a `main.tf`. */
export const exampleNames = (directory: string): readonly string[] =>
  readdirSync(directory)
    .filter((name) => existsSync(join(directory, name, 'main.tf')))
    .toSorted();

/** Markdown that shows every example: its name, the comment on top of its `main.tf`, and the rest of it. */
export const exampleSections = (directory: string): string =>
  exampleNames(directory)
    .map((name) => section(name, readFileSync(join(directory, name, 'main.tf'), 'utf8')))
    .join('\n\n');

const section = (name: string, text: string): string => {
  const [comment = '', sentence = ''] = /^((?:#.*\n)+)\n/.exec(text) ?? [];
  if (sentence === '') throw new Error(`examples/${name}/main.tf must begin with a comment`);
  const prose = sentence.replace(/^# ?/gm, '').trim();
  const source = codeBlock('hcl', text.slice(comment.length));
  return `## [${name}](${name}/main.tf)\n\n${prose}\n\n${source}`;
};
