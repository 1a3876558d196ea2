/** How one operation is answered instead of being applied. */
export type ItemFault = {
  readonly status: number;
  readonly type?: string;
  readonly reason?: string;
};

/** One operation of a bulk body: its action and the lines it takes. */
type BulkOperation = { readonly action: string; readonly id: string; readonly lines: string };

/** The operations of a bulk request's body. */
export const operationsIn = (body: string): readonly BulkOperation[] => {
  const operations: BulkOperation[] = [];
  const lines = body.split('\n').slice(0, -1);
  for (let next = lines.shift(); next !== undefined; next = lines.shift()) {
    const [action = '', { _id: id = '' } = {}] =
      Object.entries<{ _id?: string }>(JSON.parse(next))[0] ?? [];
    const document = action === 'delete' ? '' : `${lines.shift()}\n`;
    operations.push({ action, id, lines: `${next}\n${document}` });
  }
  return operations;
};
