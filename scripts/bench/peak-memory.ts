import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputOf } from '../local/command.ts';
import { eventsOf } from './events.ts';
import { HEAP } from './heap.ts';
import type { Scenario } from './scenario.ts';
import type { Stand } from './stand.ts';

/** The largest event that Lambda delivers. */
const EVENT_BYTES = 6 * 1024 * 1024;

/** Peak memory, in bytes, of some new processes of the function that handle one event of 6 MB each, one after the other. */
export const measurePeakMemory = async (
  stand: Stand,
  scenario: Scenario,
  processes: number,
): Promise<readonly number[]> => {
  const eventPath = join(stand.directory, 'largest-event.json');
  await writeFile(eventPath, largestEvent(scenario));
  const peaks: number[] = [];
  while (peaks.length < processes) peaks.push(await peakOf(stand, eventPath));
  return peaks;
};

const peakOf = async (stand: Stand, eventPath: string): Promise<number> => {
  const output = await outputOf({
    program: process.execPath,
    arguments: [...HEAP, stand.programs('memory'), stand.functionPath, eventPath],
    environment: stand.toOpenSearch,
    missing: 'Node is missing',
  });
  return Number(output.split('\n').at(-1));
};

/** An event as large as one may be. */
export const largestEvent = (scenario: Scenario): string => {
  const now = Math.floor(Date.now() / 1000); // later than all that the index holds
  const trial = eventsOf({ ...scenario, records: 1000 }, now).next();
  const recordBytes = Buffer.byteLength(trial) / 1000;
  const likely = Math.floor(EVENT_BYTES / recordBytes);
  for (let records = likely; ; records -= 1) {
    const text = eventsOf({ ...scenario, records }, now).next();
    if (Buffer.byteLength(text) <= EVENT_BYTES) return text;
  }
};
