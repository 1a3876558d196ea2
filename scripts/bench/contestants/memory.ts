import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const INVOCATION_MILLISECONDS = 60_000;

// Handles the one event in a file and prints the process's memory at its peak, in bytes, below the function's own lines.
const handleOne = async (modulePath: string, eventPath: string): Promise<void> => {
  const { handler } = createRequire(modulePath)(modulePath);
  const context = {
    functionName: 'bench',
    getRemainingTimeInMillis: () => INVOCATION_MILLISECONDS,
  };
  const answer = await handler(JSON.parse(readFileSync(eventPath, 'utf8')), context);
  if (answer.batchItemFailures.length > 0) throw new Error('the function did not settle the event');
  process.stdout.write(`\n${process.resourceUsage().maxRSS * 1024}`, () => process.exit());
};

void handleOne(process.argv[2] ?? '', process.argv[3] ?? '');
