import { inject } from 'vitest';
import type { SharedServer } from './shared-servers.ts';

/**
 * URL of a server that all test files of this run share, started if this is the first to ask.
 *
 * Others write to it at the same time: take index, table and bucket names of your own.
 *
 * @example
 * const openSearchUrl = await sharedServer('opensearch-3.8');
 */
export const sharedServer = async (name: SharedServer): Promise<string> => {
  const answer = await fetch(`${inject('sharedServersUrl')}/${name}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
};
