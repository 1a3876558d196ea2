import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tally } from '../../test/convergence/tally.ts';
import { between, table } from '../docs/markdown.ts';
import { FUNCTION_ARCHIVE } from '../local/lambda/function-archive.ts';
import { grouped } from '../terminal/figures.ts';
import type { Options } from './options.ts';
import { GROUPS, HEADINGS } from './report.ts';

const PAGE = join(import.meta.dirname, '../../docs/guarantees.md');

/** Writes what a run has counted into docs/guarantees.md. */
export const publish = async (tally: Tally, options: Options): Promise<void> => {
  const page = await readFile(PAGE, 'utf8');
  const archive = await readFile(options.archive ?? FUNCTION_ARCHIVE);
  await writeFile(PAGE, between(page, 'prove', publishedText(tally, options, archive)));
};

const publishedText = (tally: Tally, { minutes, versions }: Options, archive: Buffer): string => {
  const day = new Date().toISOString().slice(0, 10);
  const digest = createHash('sha256').update(archive).digest('hex').slice(0, 16);
  const introduction = `\`npm run prove -- --minutes ${minutes} --opensearch ${versions.join(',')}\` on ${day}, with the \`function.zip\` whose SHA-256 begins with \`${digest}\`: after each history the index equalled the table.`;
  const tables = GROUPS.map((group) => {
    const rows = [...tally.inGroup(group)].map(([what, count]) => [what, grouped(count)]);
    return table([HEADINGS[group], 'times'], rows);
  });
  return [introduction, ...tables].join('\n\n');
};
