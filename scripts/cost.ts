import { compare } from './cost/comparison.ts';
import { readModuleCharges } from './cost/module-charges.ts';
import { parseOptions, USAGE } from './cost/options.ts';
import { PRICES } from './cost/prices.ts';
import { report } from './cost/report.ts';

const DEFAULT_COLUMNS = 80;

const run = async (): Promise<string> => {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) return USAGE;
  const { plan, isJson } = options;
  const prices = PRICES[plan.region];
  if (prices === undefined) throw new Error(`There are no prices for ${plan.region}`);
  const comparison = compare(plan, prices, await readModuleCharges());
  return isJson
    ? `${JSON.stringify(comparison, null, 1)}\n`
    : report(comparison, prices, process.stdout.columns ?? DEFAULT_COLUMNS);
};

run().then(
  (text) => void process.stdout.write(text),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exitCode = 2;
  },
);
