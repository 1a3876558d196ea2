import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const repository = join(import.meta.dirname, '../..');

const DOCUMENTS = '{.,docs,docs/decisions,envs,examples,modules/*,test/consumers/cdktf}/*.md';

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

/** The anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (path: string): readonly string[] =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/\]\([^)]*\)/g, '')
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The links of a document that stay in the repository and lead nowhere. */
const deadLinksOf = (path: string): readonly string[] => {
  const links = [...read(path).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
  return links.flatMap(([link, file = '', anchor]) => {
    const target = file === '' ? path : join(dirname(path), file);
    if (!existsSync(join(repository, target))) return [link];
    const isThere = anchor === undefined || anchorsOf(target).includes(anchor);
    return isThere ? [] : [link];
  });
};

test.each(globSync(DOCUMENTS, { cwd: repository }).toSorted())(
  'the links in %s lead somewhere',
  (path) => {
    expect(deadLinksOf(path)).toEqual([]);
  },
);
