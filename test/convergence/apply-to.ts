import type { ProxiedRequest, Reply } from '../support/fault-proxy.ts';

/** Sends a bulk request once more, to the server itself. */
export const applyTo = async (url: string, { path, body }: ProxiedRequest): Promise<Reply> => {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: body.toString(),
  });
  return { status: response.status, body: await response.text() };
};
