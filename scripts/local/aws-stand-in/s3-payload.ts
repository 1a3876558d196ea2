import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { AwsRequest } from './answer.ts';
import { decodeAwsChunked } from './aws-chunked.ts';

/** What a PutObject request carries, out of its chunks if it has any; `damaged` if it is not what its checksums say. */
export const payloadOf = ({ body, header }: AwsRequest): Buffer | 'damaged' => {
  const isChunked = header('x-amz-content-sha256')?.startsWith('STREAMING-') ?? false;
  const { content, trailer } = isChunked
    ? decodeAwsChunked(body)
    : { content: body, trailer: noTrailer };
  const isWhole =
    fits(header('x-amz-decoded-content-length'), String(content.length)) &&
    fits(header('content-md5'), createHash('md5').update(content).digest('base64')) &&
    fits(header(crc32Header) ?? trailer.get(crc32Header), crc32InBase64(content));
  return isWhole ? content : 'damaged';
};

const crc32Header = 'x-amz-checksum-crc32';
const noTrailer: ReadonlyMap<string, string> = new Map();

const fits = (said: string | undefined, is: string): boolean => said === undefined || said === is;

const crc32InBase64 = (content: Buffer): string => {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(content));
  return checksum.toString('base64');
};
