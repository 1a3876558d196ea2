/** A request to one of the servers that run here. */
export interface ServerRequest {
  /** What a person calls the server. */
  readonly server: string;
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object | undefined;
}

/** Status and text of an answer. */
export interface ServerAnswer {
  readonly status: number;
  readonly text: string;
}

/** Sends a request; throws one sentence if the server is gone, which it is not supposed to be. */
export const request = async (wanted: ServerRequest): Promise<ServerAnswer> => {
  const { server, url, method, headers, body } = wanted;
  try {
    const response = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    throw new Error(`${server} has stopped answering: everything else is stopped too.`, { cause });
  }
};
