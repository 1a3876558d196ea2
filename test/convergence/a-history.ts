import type { History, TableShape } from './history.ts';
import type { Content } from './step.ts';

/** A history in which nothing happens, in fine weather, but for what is said. */
export const aHistory = (parts: Partial<History> = {}): History => ({
  tables: [aTableShape()],
  weather: { openSearch: [], letters: [], parameter: [], reads: [], operators: [] },
  duplicates: [],
  concurrency: 1,
  refresh: 'false',
  past: { secondsAgo: 0, writes: [] },
  steps: [],
  ...parts,
});

/** A table with one key that is a text, each change of which is a batch of its own, unless said otherwise. */
export const aTableShape = (parts: Partial<TableShape> = {}): TableShape => ({
  keyTypes: ['S'],
  viewType: 'NEW_AND_OLD_IMAGES',
  index: 'own',
  hasWhere: false,
  mapping: {
    batchSize: 1,
    parallelizationFactor: 1,
    bisectBatchOnFunctionError: false,
    maximumRetryAttempts: -1,
    undocumented: {},
  },
  ...parts,
});

/** What an item holds, if it does not matter. */
export const someContent: Content = { isOpen: true, poison: 'none', text: 'x', number: '1' };
