import { join } from 'node:path';
import { prepareRelease } from './release/prepare-release.ts';
import { releaseReport } from './release/report.ts';

prepareRelease(join(import.meta.dirname, '..')).then(
  (release) => void process.stdout.write(releaseReport(release)),
  (error: unknown) => {
    process.stderr.write(`No release: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  },
);
