/** How ids and documents are made: our own way, or that of the original dynamodb-to-elasticsearch. */
export type Profile = 'exact' | 'bfansports';

/** One attribute of a table's primary key. */
export type KeyAttribute = { readonly name: string; readonly type: 'S' | 'N' | 'B' };

/** A table that is followed, and the index that is kept equal to it. */
export type Table = {
  readonly name: string;
  readonly index: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  readonly profile: Profile;
  /** Attribute → allowed values; an item that does not match all of them counts as absent. */
  readonly where: ReadonlyMap<string, ReadonlySet<string>>;
  /** Top-level attributes that documents may have; all when undefined. */
  readonly include?: ReadonlySet<string>;
  /** Top-level attributes that documents never have. */
  readonly exclude: ReadonlySet<string>;
  readonly settings: { readonly [name: string]: unknown };
  readonly mappings: { readonly [name: string]: unknown };
  /** OpenSearch ingest pipeline that each document passes. */
  readonly pipeline?: string;
};
