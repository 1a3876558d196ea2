import { createRequire } from 'node:module';

// Prints how long the module takes to load; what it began is not waited for.
const path = process.argv[2] ?? '';
const started = performance.now();
createRequire(path)(path);
process.stdout.write(String(performance.now() - started), () => process.exit());
