/** A document that a bulk request would write. */
export interface Write {
  readonly id: string;
  readonly version: number;
  /** The number of the record that it comes from. */
  readonly record: number;
}

/** The documents of a bulk request's body, which the function has written for records of the simulation. */
export const writesIn = (body: string): readonly Write[] => {
  const lines = body.split('\n');
  const writes: Write[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const { index } = JSON.parse(lines[at] ?? '');
    const document = JSON.parse(lines[at + 1] ?? '');
    writes.push({ id: index._id, version: index.version, record: document.record });
  }
  return writes;
};

const TAKEN = '{"index":{"status":200}}';
const REJECTED =
  '{"index":{"status":429,"error":{"type":"rejected_execution_exception","reason":"queue is full"}}}';

/** The body of a bulk request's answer: whether each document was taken. */
export const bulkAnswer = (isTaken: readonly boolean[]): string =>
  `{"items":[${isTaken.map((taken) => (taken ? TAKEN : REJECTED)).join(',')}]}`;
