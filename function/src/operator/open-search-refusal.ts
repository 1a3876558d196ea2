import type { Refusal } from '../core/judge.ts';

/** OpenSearch refused something for good, or for too long. */
export class OpenSearchRefusal extends Error {
  override readonly name = 'OpenSearchRefusal';
  readonly refusal: Refusal | undefined;

  /** `action` as in "OpenSearch did not return documents"; without a refusal it said nothing. */
  constructor(action: string, refusal: Refusal | undefined) {
    super(`OpenSearch did not ${action}${refusal ? `: ${explain(refusal)}` : '.'}`);
    this.refusal = refusal;
  }
}

const explain = ({ status, type, reason }: Refusal): string => {
  // Without a type of OpenSearch's own it is named after the status.
  const texts = [type === `http_${status}` ? '' : type, reason];
  const what = texts.filter((text) => text !== '').join(': ');
  if (status === 0)
    return `${what}, it could not be reached. A domain in a VPC answers only from within it`;
  const said = what === '' ? `HTTP ${status}` : `${what} (HTTP ${status})`;
  if (status === 401 || status === 403)
    return `${said}. Whoever runs this needs the right to do so: in the access policy of the domain and, with fine-grained access control, by a role mapping`;
  return said;
};
