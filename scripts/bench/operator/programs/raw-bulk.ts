import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { requestBulk } from '../../contestants/bulk-request.ts';

// The least that loading can be: ready-made bodies, as many at once as the command has workers, and answers that nobody looks at.
const load = async (url: string, bodiesPath: string, concurrency: number): Promise<void> => {
  const agent = new Agent({ keepAlive: true });
  const bodies = bodiesIn(readFileSync(bodiesPath));
  const sendNext = async (): Promise<void> => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
      const answer = await requestBulk(url, body, agent);
      await once(answer.resume(), 'end');
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, sendNext));
  process.stdout.write(String(performance.now() - started), () => process.exit());
};

/** Bodies lie in the file one behind the other, each with its length in front, in four bytes. */
const bodiesIn = (file: Buffer): Buffer[] => {
  const bodies: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    const end = at + 4 + file.readUInt32BE(at);
    bodies.push(file.subarray(at + 4, end));
    at = end;
  }
  return bodies;
};

const [url = '', bodiesPath = '', concurrency = ''] = process.argv.slice(2);
void load(url, bodiesPath, Number(concurrency));
