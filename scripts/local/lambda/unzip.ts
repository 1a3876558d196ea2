import { inflateRawSync } from 'node:zlib';

const endOfDirectorySignature = 0x06054b50;
const directoryEntrySignature = 0x02014b50;
const deflated = 8;

/**
 * The files of a zip archive, by name. It takes what Lambda takes from a build of ours: one disk, stored or deflated
 * entries, no encryption, no zip64; it throws on anything else.
 */
export const unzip = (archive: Buffer): ReadonlyMap<string, Buffer> => {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== endOfDirectorySignature)
    throw new Error('This is not a zip archive: it has no end of central directory.');
  const files = new Map<string, Buffer>();
  let offset = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    const entry = readEntry(archive, offset);
    if (!entry.name.endsWith('/')) files.set(entry.name, contentOf(archive, entry));
    offset = entry.nextOffset;
  }
  return files;
};

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly compressedBytes: number;
  readonly localOffset: number;
  readonly nextOffset: number;
}

const readEntry = (archive: Buffer, offset: number): Entry => {
  if (archive.readUInt32LE(offset) !== directoryEntrySignature)
    throw new Error(`The zip archive has no directory entry at byte ${offset}.`);
  const nameEnd = offset + 46 + archive.readUInt16LE(offset + 28);
  return {
    name: archive.toString('utf8', offset + 46, nameEnd),
    method: archive.readUInt16LE(offset + 10),
    compressedBytes: archive.readUInt32LE(offset + 20),
    localOffset: archive.readUInt32LE(offset + 42),
    nextOffset: nameEnd + archive.readUInt16LE(offset + 30) + archive.readUInt16LE(offset + 32),
  };
};

// The local header repeats the name and may have another extra field than the directory entry.
const contentOf = (archive: Buffer, { localOffset, compressedBytes, method }: Entry): Buffer => {
  const start =
    localOffset +
    30 +
    archive.readUInt16LE(localOffset + 26) +
    archive.readUInt16LE(localOffset + 28);
  const bytes = archive.subarray(start, start + compressedBytes);
  return method === deflated ? inflateRawSync(bytes) : bytes;
};
