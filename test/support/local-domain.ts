import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from './certificate.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { sharedServer } from './shared-server.ts';
import { directoryOfFile } from './temporary-directory.ts';

/** The shared OpenSearch, reached over TLS as a domain is. */
export type LocalDomain = {
  /** Host and port, as DescribeDomain has them. */
  readonly endpoint: string;
  readonly proxy: FaultProxy;
  /** Without TLS, for looking at indexes. */
  readonly openSearchUrl: string;
  /** For a function that has to trust the domain's certificate. */
  readonly environment: { readonly NODE_EXTRA_CA_CERTS: string };
  readonly stop: () => Promise<void>;
};

/** Puts TLS, and a record of all requests, before the shared OpenSearch. */
export const openDomain = async (): Promise<LocalDomain> => {
  const openSearchUrl = await sharedServer('opensearch-3.8');
  const certificate = makeCertificate();
  const proxy = await startFaultProxy(openSearchUrl, certificate);
  const { host: endpoint } = new URL(proxy.url);
  const path = join(directoryOfFile('certificate'), 'certificate.pem');
  writeFileSync(path, certificate.cert);
  return {
    endpoint,
    proxy,
    openSearchUrl,
    environment: { NODE_EXTRA_CA_CERTS: path },
    stop: proxy.stop,
  };
};
