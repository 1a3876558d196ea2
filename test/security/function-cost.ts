import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What the process of a function has used: of the CPU since it began, of memory at most since the last time it was asked. */
export type ProcessCost = { readonly cpuMilliseconds: number; readonly peakMegabytes: number };

/** The cost of the newest process that this one has started by Lambda's bootstrap; Linux only. */
export const functionCost = (): ProcessCost => {
  const process = functionProcess();
  const [, fields = ''] = read(`${process}/stat`).split(') '); // the name before may hold anything
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(read(`${process}/status`)) ?? [];
  writeFileSync(`${process}/clear_refs`, '5'); // from now on the peak is another one
  return {
    cpuMilliseconds: ((user ?? 0) + (system ?? 0)) * MILLISECONDS_PER_TICK,
    peakMegabytes: Number(kilobytes) / 1024,
  };
};

const MILLISECONDS_PER_TICK = 10;

const functionProcess = (): string => {
  const own = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((id) => `/proc/${id}`)
    .filter((path) => isChild(path) && read(`${path}/cmdline`).includes('bootstrap.mjs'));
  const [newest = ''] = own.toSorted((one, other) => Number(other.slice(6)) - Number(one.slice(6)));
  return newest;
};

const isChild = (path: string): boolean =>
  read(`${path}/status`).includes(`PPid:\t${process.pid}\n`);

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
};
