import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Account } from '../../function/src/core/account.ts';
import { storeDeadLetters } from '../../function/src/dead-letter-store.ts';
import { deadlineOf } from '../../function/src/deadline.ts';
import { newLedger, settle } from '../../function/src/ledger.ts';
import { createLog, type Log } from '../../function/src/log.ts';
import { report } from '../../function/src/report.ts';
import { anOperation, aRecord, aTable } from '../support/records.ts';

const repository = join(import.meta.dirname, '../..');

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

const operations = read('docs/operations.md');

const functionSource = globSync('function/src/**/*.ts', { cwd: repository }).map(read).join('\n');

/** The fields of what the function writes when a record is written, another comes again, and S3 stores nothing. */
const fieldsWritten = async (): Promise<readonly string[]> => {
  const lines: string[] = [];
  const log = createLog('INFO', (line) => lines.push(line));
  const standardOutput = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  reportOneOfTwo(log);
  standardOutput.mockRestore();
  const noBucket = { bucket: '', prefix: '' };
  const deadline = deadlineOf(() => 3000);
  await storeDeadLetters({ key: 'letters', body: '' }, noBucket, { deadline, log });
  return lines.flatMap((line) => Object.keys(JSON.parse(line)));
};

const reportOneOfTwo = (log: Log): void => {
  const table = aTable();
  const records = [0, 1].map((position) => ({ record: aRecord(), table, position }));
  const ledger = newLedger();
  settle(ledger, anOperation({ table }), 'written');
  ledger.refusals.set(table, { status: 429, type: 'too_many_requests', reason: '' });
  const account: Account = { outcomes: ['written', 'retried'], retryFrom: '1' };
  report(account, new Map([[table, records]]), ledger, { functionName: 'sync', log });
};

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
  const given: string[] = []; // by the commands before
  const fields = bare.split('|').flatMap((command) => {
    const words = command.replace(GIVEN, '').match(/@?\b[a-zA-Z_][\w.]*/g) ?? [];
    const read = words.filter((word) => !KEYWORDS.includes(word) && !given.includes(word));
    given.push(...[...command.matchAll(GIVEN)].map(([, name = '']) => name));
    return read;
  });
  return [...new Set(fields)];
};

const GIVEN = /\bas (\w+)/g;

const queries = [...operations.matchAll(/^```logs-insights\n(.*?)^```/gms)].map(
  ([, query = '']) => query,
);

test('a query reads fields, not words, functions, texts or names of its own', () => {
  const query =
    'filter a = "b c"\n| stats sum(D) / 1000 as e, sum(i) as i, max(f.g) by h, bin(1m)\n| sort e, i desc';
  expect(fieldsOf(query)).toEqual(['a', 'D', 'i', 'f.g', 'h']);
});

test('the lines have the fields that the queries read', async () => {
  expect(queries).toHaveLength(6);
  const known = [...(await fieldsWritten()), ...LAMBDA];
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
