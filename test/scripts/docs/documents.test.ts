import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedDocuments } from '../../../scripts/docs/documents.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

test('the tables of inputs and outputs and the examples are as `npm run docs` writes them', async () => {
  const repository = join(import.meta.dirname, '../../..');
  for (const { path, text, expected } of await generatedDocuments(repository)) {
    expect(text, `${path} is stale: run npm run docs`).toBe(expected);
  }
});

const REPOSITORY = {
  'modules/sync/README.md':
    '# Module\n<!-- inputs -->\n<!-- /inputs -->\n<!-- outputs -->\n<!-- /outputs -->\nThe end.\n',
  'modules/sync/variables.tf':
    'variable "zeal" {\n  description = "How much."\n  type        = number\n}\n',
  'examples/README.md': '<!-- examples -->\nold\n<!-- /examples -->\n',
  'examples/loud/main.tf': '# Says what it\n# shows.\n\nmodule "search_sync" {\n}\n',
};

const repositoryWith = (files: { readonly [path: string]: string }): string => {
  const repository = temporaryDirectory();
  for (const [path, text] of Object.entries({ ...REPOSITORY, ...files })) {
    mkdirSync(join(repository, dirname(path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
  return repository;
};

test('what stands between the markers is replaced, and nothing else', async () => {
  const [module, examples] = await generatedDocuments(repositoryWith({}));
  expect(module?.expected).toBe(`# Module
<!-- inputs -->

| input | type | default | meaning |
| --- | --- | --- | --- |
| \`zeal\` | \`number\` | required | How much. |

<!-- /inputs -->
<!-- outputs -->

| output | meaning |
| --- | --- |

<!-- /outputs -->
The end.
`);
  expect(examples?.expected).toBe(`<!-- examples -->

## [loud](loud/main.tf)

Says what it
shows.

\`\`\`hcl
module "search_sync" {
}
\`\`\`

<!-- /examples -->
`);
});

test('a README without markers is named, with the marker that is missing', async () => {
  const repository = repositoryWith({ 'modules/sync/README.md': '# Module' });
  await expect(generatedDocuments(repository)).rejects.toThrow(
    'modules/sync/README.md cannot be written: Error: it has no <!-- inputs --> … <!-- /inputs -->',
  );
});

test('an example that does not say what it shows is named', async () => {
  const repository = repositoryWith({ 'examples/silent/main.tf': 'module "search_sync" {\n}\n' });
  await expect(generatedDocuments(repository)).rejects.toThrow(
    'examples/silent/main.tf must begin with a comment',
  );
});
