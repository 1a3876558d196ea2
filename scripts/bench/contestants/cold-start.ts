import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const began = Date.now();
const INVOCATION_MILLISECONDS = 60_000;

// Handles the one event in a file and prints when it began, had loaded the module, and was done, in milliseconds since 1970.
const handleOne = async (modulePath: string, eventPath: string): Promise<void> => {
  const { handler } = createRequire(modulePath)(modulePath);
  const loaded = Date.now();
  const end = loaded + INVOCATION_MILLISECONDS;
  const context = {
    functionName: 'bench',
    getRemainingTimeInMillis: () => end - Date.now(),
  };
  const answer = await handler(JSON.parse(readFileSync(eventPath, 'utf8')), context);
  const done = Date.now();
  if (answer.batchItemFailures.length > 0) throw new Error('the function did not settle the event');
  process.stdout.write(`\n${JSON.stringify({ began, loaded, done })}`, () => process.exit());
};

void handleOne(process.argv[2] ?? '', process.argv[3] ?? '');
