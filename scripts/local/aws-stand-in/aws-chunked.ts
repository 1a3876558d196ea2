/** The content of an `aws-chunked` body, and the headers that follow it. */
export interface Unchunked {
  readonly content: Buffer;
  readonly trailer: ReadonlyMap<string, string>;
}

/** Takes the content out of a body in S3's `aws-chunked` coding; chunk signatures are not checked. */
export const decodeAwsChunked = (body: Buffer): Unchunked => {
  const parts: Buffer[] = [];
  // Walks over the chunks; each is `hex size[;chunk-signature=…]`, a line end, that many bytes, a line end.
  let position = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', position);
    const size = Number.parseInt(body.toString('latin1', position, lineEnd), 16);
    if (lineEnd < 0 || Number.isNaN(size)) throw new Error('The aws-chunked body is cut short.');
    const start = lineEnd + 2;
    if (size === 0) return { content: Buffer.concat(parts), trailer: trailerOf(body, start) };
    parts.push(body.subarray(start, start + size));
    position = start + size + 2;
  }
};

const trailerOf = (body: Buffer, start: number): ReadonlyMap<string, string> => {
  const lines = body.toString('latin1', start).split('\r\n');
  return new Map(
    lines
      .map((line) => /^([^:]+):(.*)$/.exec(line))
      .flatMap((match) => (match ? [[match[1]?.toLowerCase() ?? '', match[2]?.trim() ?? '']] : [])),
  );
};
