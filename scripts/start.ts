import { parseArgs } from 'node:util';
import { demonstrate } from './start/demonstration.ts';
import { openDisplay } from './start/display.ts';
import { createResources } from './start/resources.ts';
import { partNames } from './start/stack.ts';
import { createStore } from './start/store.ts';
import { listenForInterruption } from './terminal/interruption.ts';

const help = `Runs DynamoDB Local, OpenSearch and the built function between them, on public data, until
Ctrl-C, which ends it with status 0 (npm makes 130 of it). A second Ctrl-C does not wait.

  --once  load, wait for the function, compare, and end:
          status 0 if the index equals the table, 1 if not
  --help  this text
`;

const drawEveryMilliseconds = 100;

const start = async (isOnce: boolean): Promise<number> => {
  const store = createStore(partNames);
  const resources = createResources();
  const display = openDisplay(process.stdout, process.env);
  const draw = () => display.show(store.view());
  const drawing = setInterval(draw, drawEveryMilliseconds);
  process.on('exit', display.close);
  const { wished, wish } = listenForInterruption(() => process.exit(130));
  // Whoever reads us may have read enough: npm start | head.
  process.stdout.on('error', wish);
  try {
    const demonstration = demonstrate({ resources, store, isOnce });
    const isWell = await Promise.race([demonstration, wished.then(() => !isOnce)]);
    store.update({ footer: 'Stopping' });
    draw();
    await resources.stop();
    store.update({ footer: 'Stopped: nothing of it is left running' });
    draw();
    return isWell ? 0 : 1;
  } catch (error) {
    clearInterval(drawing);
    await resources.stop();
    display.close();
    process.stderr.write(`${messageOf(error)}\n`);
    return 1;
  }
};

const readOptions = () => {
  const options = { once: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${help}`);
    return process.exit(2);
  }
};

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const { once = false, help: isHelpWanted = false } = readOptions();
if (isHelpWanted) process.stdout.write(help);
// What was still starting, or reading, when we were told to end has no say in when we do.
else process.exit(await start(once));
