import { lookup } from 'node:dns/promises';
import { BlockList, connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Check, ok, wrong } from './check.ts';

/** Checks the way to an endpoint, name, connection and certificate, without asking anything there. */
export const checkNetwork = async (endpoint: URL): Promise<Check> => {
  const host = endpoint.hostname.replace(/^\[|\]$/g, '');
  try {
    const addresses = (await lookup(host, { all: true })).map(({ address }) => address);
    const isPrivate = addresses.every(isInVpc);
    const error = await connectionError(endpoint, host);
    if (error === undefined) return ok(NAME, `${endpoint.host} can be reached`);
    return explainError(error, { host, isPrivate });
  } catch {
    return wrong(
      NAME,
      `the name ${host} cannot be resolved`,
      'Is the endpoint spelled as the domain or collection has it, and does that still exist? Does this machine have a DNS server?',
    );
  }
};

const NAME = 'network';
const LONGEST_MILLISECONDS = 5000;

const vpcs = new BlockList();
vpcs.addSubnet('10.0.0.0', 8);
vpcs.addSubnet('172.16.0.0', 12);
vpcs.addSubnet('192.168.0.0', 16);

const isInVpc = (address: string): boolean => !address.includes(':') && vpcs.check(address);

const connectionError = ({ protocol, port }: URL, host: string): Promise<Error | undefined> =>
  new Promise((resolve) => {
    const isSecure = protocol === 'https:';
    const at = { host, port: Number(port) || (isSecure ? 443 : 80) };
    const socket: Socket = isSecure
      ? connectTls({ ...at, servername: /[a-z]/i.test(host) ? host : '' })
      : connectTcp(at);
    const end = (error: Error | undefined) => {
      socket.destroy();
      resolve(error);
    };
    socket.setTimeout(LONGEST_MILLISECONDS, () => end(new Error('timeout')));
    socket.once(isSecure ? 'secureConnect' : 'connect', () => end(undefined));
    socket.once('error', end);
  });

type Place = { readonly host: string; readonly isPrivate: boolean };

const explainError = (error: Error, { host, isPrivate }: Place): Check => {
  const code = 'code' in error ? String(error.code) : error.message;
  if (['timeout', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)) {
    return wrong(NAME, `${host} does not answer`, isPrivate ? IN_VPC : NOT_ANSWERING);
  }
  if (code === 'ECONNREFUSED') {
    return wrong(NAME, `${host} refuses the connection`, NOT_LISTENING);
  }
  if (/^ERR_SSL|^EPROTO$|^ECONNRESET$/.test(code)) {
    return wrong(NAME, `${host} does not speak TLS as we do (${code})`, NO_TLS);
  }
  return wrong(NAME, `${host} shows a certificate that is not accepted (${code})`, CERTIFICATE);
};

const NOT_LISTENING =
  'Nothing listens there: correct the port in the endpoint, or start what should listen.';
const NO_TLS =
  'Something else listens at that port, or a firewall stands between: correct the endpoint.';
const IN_VPC =
  'It is inside a VPC: run this command from there, by a VPN, a bastion host or CloudShell in the VPC; the security group of the domain has to let port 443 in.';
const NOT_ANSWERING =
  'Security group, network policy or firewall: something drops what is sent to it. If it is in a VPC, run this command from there.';
const CERTIFICATE =
  'The endpoint has to be a name in the certificate. A certificate authority of one’s own is trusted by NODE_EXTRA_CA_CERTS=<file>.';
