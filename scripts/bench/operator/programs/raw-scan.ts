import { Agent } from 'node:http';
import { scanPage } from '../scan-page.ts';

// The least that a parallel scan can be: every page is read to its end, and nothing in it is looked at but where it ends.
const scan = async (url: string, table: string, segments: number): Promise<void> => {
  const agent = new Agent({ keepAlive: true });
  const readSegment = async (segment: number): Promise<void> => {
    for (let startKey: object | undefined, isFirst = true; isFirst || startKey; isFirst = false) {
      const request = { TableName: table, ConsistentRead: true, Segment: segment };
      const page = { ...request, TotalSegments: segments, ExclusiveStartKey: startKey };
      startKey = lastKeyIn(await scanPage(url, page, agent));
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: segments }, (_, segment) => readSegment(segment)));
  process.stdout.write(String(performance.now() - started), () => process.exit());
};

const LAST_KEY = '"LastEvaluatedKey":';

const lastKeyIn = (answer: string): object | undefined => {
  const start = answer.lastIndexOf(LAST_KEY);
  if (start < 0) return undefined;
  const text = answer.slice(start + LAST_KEY.length);
  const end = text.indexOf('}}') + 2; // a key attribute's value is an object in an object
  return JSON.parse(text.slice(0, end));
};

const [url = '', table = '', segments = ''] = process.argv.slice(2);
void scan(url, table, Number(segments));
