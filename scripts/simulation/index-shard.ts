/** The index shard of a document, by FNV-1a, which spreads as well as OpenSearch's own hash. */
export const indexShardOf = (id: string, shards: number): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % shards;
};
