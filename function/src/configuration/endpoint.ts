import type { Place } from './problems.ts';
import { readText } from './problems.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const REGION = /\.([a-z]{2}(?:-[a-z]+)+-\d+)\.(?:es|aoss)\.amazonaws\.com(?:\.cn)?$/;

/** Reads the address of OpenSearch: https, or http on this machine. */
export const readEndpoint = (place: Place, value: unknown): URL | undefined => {
  const text = readText(place, value);
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url === null) return place.problem('must be an https URL');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    return place.problem('must be an https URL (http only for localhost, 127.0.0.0/8 and [::1])');
  }
  if (url.username !== '' || url.password !== '') {
    return place.problem('must hold no user and password; use auth with a secret_arn');
  }
  if (url.search !== '' || url.hash !== '')
    return place.problem('must have no query and no fragment');
  return url;
};

/** The region in the host name of an Amazon OpenSearch domain or collection. */
export const regionOf = (endpoint: URL): string | undefined => REGION.exec(endpoint.hostname)?.[1];
