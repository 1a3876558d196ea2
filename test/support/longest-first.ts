import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take half a minute or more, much of it waiting: the longest first. */
export const LONG_FILES = [
  'test/modules/sync/terraform-test.test.ts',
  'test/modules/sync/production.test.ts',
  'test/conformance/conformance.test.ts',
  'test/convergence/convergence.test.ts',
  'test/scripts/operator/backfill/backfill.test.ts',
  'test/function/operator/backfill/faults.test.ts',
  'test/examples/examples.test.ts',
  'test/modules/sync/roles.test.ts',
  'test/function/operator/verify/faults.test.ts',
  'test/function/operator/verify/verify-table.test.ts',
  'test/function/operator/verify/verify-table-2.19.test.ts',
  'test/modules/sync/another-key.test.ts',
  'test/consumers/git-source.test.ts',
];

/** Begins with the files that take longest, so that none of them is left alone at the end; vitest itself knows no better than their size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => this.#place(one) - this.#place(other));
  }

  #place({ moduleId, project }: TestSpecification): number {
    const place = LONG_FILES.indexOf(relative(project.config.root, moduleId));
    return place < 0 ? LONG_FILES.length : place;
  }
}
