import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareRelease, type Release } from './release/prepare-release.ts';
import { releaseReport } from './release/report.ts';

const release = async (): Promise<Release> => {
  const options = { 'without-audit': { type: 'boolean', default: false } } as const;
  const { values } = parseArgs({ options });
  const isAudited = !values['without-audit'];
  return prepareRelease(join(import.meta.dirname, '..'), { isAudited });
};

release().then(
  (prepared) => void process.stdout.write(releaseReport(prepared)),
  (error: unknown) => {
    process.stderr.write(`No release: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  },
);
