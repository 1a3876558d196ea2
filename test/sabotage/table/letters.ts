import type { Sabotage } from '../sabotage.ts';

const STORE_TEST = 'test/function/dead-letter-store.test.ts';

/** Of dead letters. */
export const letters: readonly Sabotage[] = [
  {
    what: 'a letter counts although S3 has refused it',
    file: 'function/src/dead-letter-store.ts',
    replace: `    });
    return false;`,
    by: `    });
    return true;`,
    caughtBy: { file: STORE_TEST, named: 'when S3' },
  },
  {
    what: 'a letter counts before S3 has confirmed it',
    file: 'function/src/dead-letter-store.ts',
    replace: 'await writeObject({ bucket, key }, body, timeoutMilliseconds);',
    by: 'writeObject({ bucket, key }, body, timeoutMilliseconds).catch(() => undefined);',
    caughtBy: { file: STORE_TEST, named: 'when S3' },
  },
  {
    what: 'the function answers before letters are stored',
    file: 'function/src/synchronization.ts',
    replace: 'if (await isStored(ofTable, records, invocation)) {',
    by: `isStored(ofTable, records, invocation).catch(() => false);
    {`,
    caughtBy: { file: STORE_TEST, named: 'when S3' },
  },
  {
    what: 'a letter is stored for a record that comes again anyway',
    file: 'function/src/synchronization.ts',
    replace: 'const due = standing(waiting, [...settled, ...deadLettered], records);',
    by: 'const due = waiting;',
    caughtBy: {
      file: STORE_TEST,
      named: 'no letter is stored for a record that comes again anyway',
    },
  },
  {
    what: 'the prefix of letters is ignored',
    file: 'function/src/synchronization.ts',
    replace: 'prefix: deadLetter.prefix',
    by: "prefix: ''",
    caughtBy: { file: STORE_TEST, named: 'the object' },
  },
  {
    what: 'a repeat of an event makes another object',
    file: 'function/src/core/dead-letter.ts',
    replace: "hash('sha256', numbers.join('\\n'))",
    by: "hash('sha256', context.now.toISOString())",
    caughtBy: { file: STORE_TEST, named: 'is overwritten by the repeat of its event' },
  },
  {
    what: 'a letter holds the first record of a key',
    file: 'function/src/ledger.ts',
    replace: `  const last = operation.changes.at(-1);
  if`,
    by: `  const last = operation.changes.at(0);
  if`,
    caughtBy: { file: STORE_TEST, named: 'of several records of a key holds the last' },
  },
  {
    what: 'a record that cannot be understood is dropped',
    file: 'function/src/delivery.ts',
    replace: 'rejectMalformed(ledger, step);',
    by: '',
    caughtBy: {
      file: 'test/function/synchronization.test.ts',
      named: 'because it has no change at all',
    },
  },
  {
    what: 'letters are given up with two seconds left',
    file: 'function/src/deadline.ts',
    replace: 'forLetters: upTo(NO_LETTERS_BELOW_MILLISECONDS)',
    by: 'forLetters: upTo(NO_NEW_WORK_BELOW_MILLISECONDS)',
    caughtBy: {
      file: 'test/function/deadline.test.ts',
      named: 'stores a dead letter until one second is left',
    },
  },
];
