import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { metricLine } from '../../function/src/metrics.ts';

const repository = join(import.meta.dirname, '../..');

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

const operations = read('docs/operations.md');

const functionSource = globSync('function/src/**/*.ts', { cwd: repository }).map(read).join('\n');

const tally = { received: 1, written: 1, folded: 0, superseded: 0, dead_lettered: 0, retried: 0 };
const written = { bulkMilliseconds: 1, freshnessMilliseconds: 1 };
const metrics = Object.keys(
  JSON.parse(metricLine({ function: 'f', table: 't', tally, reread: 0, written }, 0)),
);

// What log.ts, report.ts and dead-letter-store.ts write beside a message.
const LINE = 'level message table index retried received status type error'.split(' ');

// What Lambda itself writes: its JSON log format, and its report of an invocation that failed.
const LAMBDA = [
  'message.errorMessage',
  '@timestamp',
  'record.status',
  'record.metrics.durationMs',
  'record.metrics.maxMemoryUsedMB',
];

const KEYWORDS = 'and as by desc fields filter in limit or sort stats'.split(' ');

/** The fields that a query of Logs Insights reads: neither its words, its functions, its texts nor names that it gives. */
const fieldsOf = (query: string): readonly string[] => {
  const bare = query.replace(/"[^"]*"/g, '').replace(/\b\w+\(/g, '(');
  const given = [...bare.matchAll(/\bas (\w+)/g)].map(([, name]) => name);
  const words = bare.match(/@?\b[a-zA-Z_][\w.]*/g) ?? [];
  const isField = (word: string) => !KEYWORDS.includes(word) && !given.includes(word);
  return [...new Set(words.filter(isField))];
};

const queries = [...operations.matchAll(/^```logs-insights\n(.*?)^```/gms)].map(
  ([, query = '']) => query,
);

test('a query reads fields, not words, functions, texts or names of its own', () => {
  const query =
    'filter a = "b c"\n| stats sum(D) / 1000 as e, max(f.g) by h, bin(1m)\n| sort e desc';
  expect(fieldsOf(query)).toEqual(['a', 'D', 'f.g', 'h']);
});

test('the lines have the fields that the queries read', () => {
  expect(queries).toHaveLength(6);
  const known = [...metrics, ...LINE, ...LAMBDA];
  for (const query of queries) {
    expect(
      fieldsOf(query).filter((field) => !known.includes(field)),
      query,
    ).toEqual([]);
  }
});

test('every message that is looked for is one that the function writes', () => {
  const messages = [
    'records come again',
    'dead letters were not stored; their records will come again',
    'DynamoDB did not return items; they will be read again',
    'there is no user to ask OpenSearch as',
    'holds no valid configuration:',
    'it could not be reached in time',
    'which the configuration does not have',
    'the event is not from DynamoDB Streams',
    'out_of_time',
    'unexpected_answer',
    'malformed_record',
  ];
  for (const message of messages) {
    expect(operations, message).toContain(message);
    expect(functionSource, message).toContain(message);
  }
});
