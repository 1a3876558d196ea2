import type { Refusal } from '../../core/judge.ts';
import type { Table } from '../../core/table.ts';

/** OpenSearch has taken nothing for too long. */
export class OpenSearchUnavailable extends Error {
  override readonly name = 'OpenSearchUnavailable';

  constructor({ name, index }: Table, refusal: Refusal | undefined) {
    super(`OpenSearch did not take items of ${name} into the index ${index}${explain(refusal)}`);
  }
}

const explain = (refusal: Refusal | undefined): string => {
  if (refusal === undefined) return '.';
  const { status, type, reason } = refusal;
  const said = reason === '' ? type : `${type}: ${reason}`;
  if (status === 0)
    return `: ${said}, it could not be reached. A domain in a VPC can be reached only from inside of it.`;
  const cure =
    status === 401 || status === 403
      ? ' Let these credentials write to it: in the access policy of the domain and, with fine-grained access control, by a role mapping.'
      : '';
  return `: HTTP ${status}, ${said}.${cure}`;
};
