import { type Agent, type IncomingMessage, request } from 'node:http';

/** Sends one bulk request over an agent's connections; the answer when its head has come. @throws unless it is 200 */
export const requestBulk = (
  url: string,
  body: string | Uint8Array,
  agent: Agent,
  encoding?: 'gzip',
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-ndjson',
      ...(encoding && { 'content-encoding': encoding }),
    };
    request(url, { method: 'POST', agent, headers }, (response) => {
      if (response.statusCode === 200) resolve(response);
      else reject(new Error(`OpenSearch answered ${response.statusCode}`));
    })
      .once('error', reject)
      .end(body);
  });
