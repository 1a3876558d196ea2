/** Everything the stand-in serves. */
export interface AwsState {
  /** Parameter Store: the values of each parameter by name, version 1 first. */
  readonly parameters: Map<string, readonly string[]>;
  /** S3: the newest content of each object by `bucket/key`. */
  readonly objects: Map<string, Buffer>;
  /** Secrets Manager: the current secret string by name or ARN, whichever is asked for. */
  readonly secrets: Map<string, string>;
  /** Lambda: what GetFunctionConfiguration tells of a function, by its ARN. */
  readonly functions: Map<string, object>;
  /** Lambda: what ListEventSourceMappings lists. */
  readonly eventSourceMappings: object[];
}
