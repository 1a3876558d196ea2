import { describe, expect, test } from 'vitest';
import { aHistory, someContent } from './a-history.ts';
import type { History } from './history.ts';
import { Divergence, runHistory } from './run-history.ts';
import { type Sabotage, sabotagedFunction } from './sabotaged-function.ts';
import type { Step } from './step.ts';
import { newTally } from './tally.ts';
import { testSites } from './test-sites.ts';

const siteOf = testSites('3.8');

const put: Step = { kind: 'put', table: 0, key: 1, content: someContent };
const caughtUp: Step = { kind: 'catch up', table: 0, milliseconds: 60_000 };
const { weather } = aHistory();

type Row = {
  readonly what: string;
  readonly sabotage: Sabotage;
  /** In which it shows. */
  readonly history: History;
};

const ROWS: readonly Row[] = [
  {
    what: 'writes without versions',
    sabotage: {
      file: 'function/src/core/operation.ts',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: so it stands in the source
      text: ',"version":${version},"version_type":"external_gte"',
      by: '',
    },
    history: aHistory({
      weather: { ...weather, openSearch: ['applied after the function gave up'] },
      steps: [put, caughtUp, { kind: 'clock', seconds: 2 }, put],
    }),
  },
  {
    what: 'documents that were refused for a while, and count as written',
    sabotage: {
      file: 'function/src/core/judge.ts',
      text: "if (mayPass(status, refusal.type)) return { kind: 'again', refusal };",
      by: 'if (mayPass(status, refusal.type)) return WRITTEN;',
    },
    history: aHistory({
      weather: { ...weather, openSearch: ['items 503'] },
      steps: [put, caughtUp],
    }),
  },
];

describe.concurrent('the histories catch a function that is broken on purpose:', () => {
  test.each(ROWS)(
    '$what',
    async ({ sabotage, history }) => {
      const site = siteOf('3.8');
      const tally = newTally();
      await runHistory(history, site, tally);
      const { directory, remove } = await sabotagedFunction(sabotage);
      try {
        const broken = runHistory(history, { ...site, functionDirectory: directory }, tally);
        await expect(broken).rejects.toThrow(Divergence);
      } finally {
        await remove();
      }
    },
    120_000,
  );
});
