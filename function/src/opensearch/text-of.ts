import type { IncomingMessage } from 'node:http';

/** The name of the error of an answer that is longer than we read. */
export const TOO_LONG = 'AnswerTooLong';

class AnswerTooLong extends Error {
  override readonly name = TOO_LONG;
}

// A string can hold twice as many, and more than that would end the process.
const MOST_CHARACTERS = 256 * 1024 * 1024;

/** The text of an answer. @throws an error named {@link TOO_LONG} where it is longer than a string should be */
export const textOf = (
  response: IncomingMessage,
  mostCharacters = MOST_CHARACTERS,
): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      if (text.length + chunk.length <= mostCharacters) text += chunk;
      else {
        reject(new AnswerTooLong());
        response.destroy(); // without the error, which the request would emit, and nobody hears
      }
    });
    response.on('end', () => resolve(text));
    response.on('error', reject);
  });
