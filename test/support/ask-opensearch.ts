/** Asks an OpenSearch directly, and returns its answer's JSON; throws unless it is a success. */
export const askOpenSearch = async (
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> => {
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return text === '' ? undefined : JSON.parse(text);
  throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
};
