import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonWriter } from '../../../function/src/core/json-writer.ts';
import { texts, unicodeTexts } from '../../support/arbitraries.ts';

const FIRST_CHUNK_BYTES = 32 * 1024;
const LARGEST_CHUNK_BYTES = 1024 * 1024;

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const written = (write: (writer: JsonWriter) => void): string => {
  const writer = new JsonWriter();
  write(writer);
  return textOf(writer.take());
};

/** Texts on both sides of the length from which on the writer goes another way. */
const longerTexts = fc.oneof(
  texts,
  fc
    .tuple(texts, fc.integer({ min: 80, max: 110 }))
    .map(([text, length]) => text.padEnd(length, 'x')),
  fc
    .tuple(texts, fc.integer({ min: 80, max: 110 }))
    .map(([text, length]) => text.padEnd(length, 'é')),
);

describe('a string', () => {
  test('is written as JSON.stringify writes it', () => {
    fc.assert(
      fc.property(longerTexts, (text) => {
        expect(written((writer) => writer.string(text))).toBe(JSON.stringify(text));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(Array.from({ length: 0x180 }, (_, code) => code))(
    'with the character %i is written as JSON.stringify writes it',
    (code) => {
      const text = String.fromCharCode(code);
      const long = text.padEnd(100, 'x');
      const json = written((writer) => {
        writer.string(text);
        writer.string(long);
      });
      expect(json).toBe(JSON.stringify(text) + JSON.stringify(long));
    },
  );

  test.each([FIRST_CHUNK_BYTES - 2, FIRST_CHUNK_BYTES, 400 * 1024, LARGEST_CHUNK_BYTES])(
    'of %i characters is written whole',
    (length) => {
      const text = 'é'.repeat(length);
      expect(written((writer) => writer.string(text))).toBe(`"${text}"`);
    },
  );

  test('keeps lone surrogates apart', () => {
    expect(JSON.parse(written((writer) => writer.string('\ud800\ud801')))).toBe('\ud800\ud801');
  });
});

/** Something to write, and the text that it is. */
type Step = { readonly write: (writer: JsonWriter) => void; readonly text: string };

const writing = (write: (writer: JsonWriter) => void, text: string): Step => ({ write, text });

const steps: fc.Arbitrary<Step> = fc.oneof(
  texts.map((text) => writing((writer) => writer.string(text), JSON.stringify(text))),
  fc.string({ unit: 'binary-ascii' }).map((text) => writing((writer) => writer.ascii(text), text)),
  fc.constantFrom(...'{}[],:').map((text) => writing((w) => w.character(text.charCodeAt(0)), text)),
  unicodeTexts.map((text) => writing((writer) => writer.bytes(Buffer.from(text)), text)),
);

const aFilledWriter = (bytes: number): JsonWriter => {
  const writer = new JsonWriter();
  writer.bytes(Buffer.alloc(bytes, 'x'));
  writer.take();
  return writer;
};

test('what is written in one go is one piece, wherever its chunk ends', () => {
  const places = fc.integer({ min: FIRST_CHUNK_BYTES - 200, max: FIRST_CHUNK_BYTES });
  fc.assert(
    fc.property(places, fc.array(steps, { maxLength: 20 }), (place, all) => {
      const writer = aFilledWriter(place);
      for (const { write } of all) write(writer);
      expect(textOf(writer.take())).toBe(all.map(({ text }) => text).join(''));
    }),
    { numRuns: 500 },
  );
});

test('the length counts the bytes since the last take', () => {
  const places = fc.integer({ min: FIRST_CHUNK_BYTES - 50, max: FIRST_CHUNK_BYTES });
  fc.assert(
    fc.property(places, steps, (place, { write, text }) => {
      const writer = aFilledWriter(place);
      write(writer);
      expect(writer.length).toBe(Buffer.byteLength(text));
    }),
  );
});

test('a chunk is filled to its last byte', () => {
  const writer = aFilledWriter(FIRST_CHUNK_BYTES - 1);
  const before = writer.take();
  writer.character(65);
  expect(writer.take().buffer).toBe(before.buffer);
});

test('chunks begin small and double up to a megabyte', () => {
  const writer = new JsonWriter();
  const views = Array.from({ length: 4000 }, () => {
    writer.bytes(Buffer.alloc(1024));
    return writer.take();
  });
  const sizes = new Set(views.map(({ buffer }) => buffer.byteLength / 1024));
  expect([...sizes]).toEqual([32, 64, 128, 256, 512, 1024]);
});

test('what is larger than any chunk has room to grow', () => {
  const writer = new JsonWriter();
  writer.bytes(Buffer.alloc(LARGEST_CHUNK_BYTES));
  const { buffer } = writer.take();
  writer.bytes(Buffer.alloc(LARGEST_CHUNK_BYTES));
  expect(writer.take().buffer).toBe(buffer);
});

test('nothing written is nothing taken', () => {
  expect(new JsonWriter().take()).toHaveLength(0);
});

test('a view that was taken stays as it was, whatever is written afterwards', () => {
  const writer = new JsonWriter();
  const views = Array.from({ length: 2000 }, (_, index) => {
    writer.string(`${index}`.repeat(100));
    if (index % 3 === 0) writer.discard();
    if (index % 3 === 1) writer.cut(1);
    return { view: writer.take(), index };
  });
  const expected = ['', '"'];
  for (const { view, index } of views) {
    expect(textOf(view)).toBe(expected[index % 3] ?? `"${`${index}`.repeat(100)}"`);
  }
});

test('what is discarded is never taken', () => {
  const json = written((writer) => {
    writer.ascii('kept? no');
    writer.discard();
    writer.ascii('kept');
  });
  expect(json).toBe('kept');
});

test('to discard leaves what was taken before', () => {
  const writer = new JsonWriter();
  writer.ascii('taken');
  const taken = writer.take();
  writer.ascii('discarded');
  writer.discard();
  writer.ascii('later');
  expect([textOf(taken), textOf(writer.take())]).toEqual(['taken', 'later']);
});

test('to cut returns what was written beyond a length, and takes it back', () => {
  const places = fc.integer({ min: FIRST_CHUNK_BYTES - 50, max: FIRST_CHUNK_BYTES });
  fc.assert(
    fc.property(places, steps, steps, (place, kept, cut) => {
      const writer = aFilledWriter(place);
      kept.write(writer);
      const length = writer.length;
      cut.write(writer);
      expect([writer.cut(length), textOf(writer.take())]).toEqual([cut.text, kept.text]);
    }),
  );
});
