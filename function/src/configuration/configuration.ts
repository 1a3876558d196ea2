import type { Table } from '../core/table.ts';

/** How requests to OpenSearch are authenticated. */
export type Authentication =
  | { readonly type: 'sigv4'; readonly service: 'es' | 'aoss'; readonly region: string }
  | { readonly type: 'basic'; readonly secretArn: string };

/** Whether OpenSearch is a collection of OpenSearch Serverless, which lacks many of its APIs. */
export const isServerless = (authentication: Authentication): boolean =>
  authentication.type === 'sigv4' && authentication.service === 'aoss';

/** When what was written becomes visible to searches. */
export type Refresh = 'auto' | 'true' | 'wait_for' | 'false';

/** Where rejected records are kept. */
export type DeadLetterLocation = { readonly bucket: string; readonly prefix: string };

/** Everything the function is told (contract §3), checked and with its defaults filled in. */
export type Configuration = {
  readonly endpoint: URL;
  readonly authentication: Authentication;
  readonly refresh: Refresh;
  readonly deadLetter: DeadLetterLocation;
  /** By the table's name, exactly as in the stream's ARN. */
  readonly tables: ReadonlyMap<string, Table>;
};
