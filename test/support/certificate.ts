import { generateKeyPairSync, sign } from 'node:crypto';

/** A private key and a certificate for 127.0.0.1 that it has signed itself, as PEM. */
export type Certificate = { readonly key: string; readonly cert: string };

/**
 * Makes a certificate for a server on this machine: no key has to lie in the repository, and no
 * openssl on the machine. The names below are those of RFC 5280.
 */
export const makeCertificate = (): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const toBeSigned = sequence(
    der(0xa0, integer(2)), // version 3
    integer(1), // serial number
    ecdsaWithSha256,
    name,
    sequence(utcTime(-DAY_MILLISECONDS), utcTime(DAY_MILLISECONDS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(basicConstraints, subjectAlternativeName)),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, ecdsaWithSha256, der(0x03, Buffer.of(0), signature));
  const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
};

const DAY_MILLISECONDS = 86_400_000;

/** A value in the Distinguished Encoding Rules; none here is longer than 65,535 bytes. */
const der = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents);
  const { length } = content;
  const long = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 128 ? [length] : long)]), content]);
};

const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);

const integer = (value: number): Buffer => der(0x02, Buffer.of(value));

const objectIdentifier = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));

const utcTime = (fromNowMilliseconds: number): Buffer => {
  const time = new Date(Date.now() + fromNowMilliseconds).toISOString();
  return der(0x17, Buffer.from(time.replace(/^..|[-:T]|\.\d+/g, '')));
};

const ecdsaWithSha256 = sequence(objectIdentifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

const commonName = objectIdentifier(0x55, 0x04, 0x03);
const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from('127.0.0.1')))));

const basicConstraints = sequence(
  objectIdentifier(0x55, 0x1d, 0x13),
  der(0x04, sequence(der(0x01, Buffer.of(0xff)))),
);

const subjectAlternativeName = sequence(
  objectIdentifier(0x55, 0x1d, 0x11),
  der(0x04, sequence(der(0x87, Buffer.of(127, 0, 0, 1)))),
);
