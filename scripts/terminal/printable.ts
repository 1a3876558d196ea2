/** A text that is data, an id or an attribute's name: nothing in it moves the cursor, breaks the line or turns the direction of reading. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, escaped);

/**
 * What is to be shown, whatever of it is data: its own line breaks and styles work, and nothing else that
 * a terminal would obey. Data can at worst give itself a colour.
 */
export const harmless = (text: string): string =>
  text.replace(STYLE_OR_UNPRINTABLE, (match) =>
    match === '\n' || match.length > 1 ? match : escaped(match),
  );

/** JSON text in which nothing is left that a terminal would obey: `JSON.stringify` escapes the characters below 32 only. */
export const harmlessJson = (json: string): string => json.replace(UNPRINTABLE, escaped);

const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the styles of a terminal begin with one
const STYLE_OR_UNPRINTABLE = /\x1b\[(?:1|2|22|31|32|33|39)m|[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
