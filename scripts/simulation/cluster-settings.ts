/** What the cluster is made of, and what requests cost it, in milliseconds of one core. */
export interface ClusterSettings {
  readonly nodes: number;
  readonly coresPerNode: number;
  /** Writes that may wait on a node; OpenSearch has room for 10,000. */
  readonly queueSize: number;
  /** Documents that may be under way through a node, which OpenSearch bounds by their bytes (indexing pressure). */
  readonly documentsUnderWay: number;
  readonly indexShards: number;
  readonly networkMilliseconds: number;
  /** To receive a request, to read it and to share it out; whether it is then refused or not. */
  readonly requestMilliseconds: number;
  readonly receivedDocumentMilliseconds: number;
  readonly writeMilliseconds: number;
  readonly writtenDocumentMilliseconds: number;
}

/** What befalls the cluster as a whole, at that time: nothing, it refuses whatever comes, or it never answers. */
export type Outage = 'none' | 'refusing' | 'silent';
