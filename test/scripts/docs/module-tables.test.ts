import { expect, test } from 'vitest';
import { parseHcl } from '../../../scripts/docs/hcl.ts';
import { inputTables, outputTable } from '../../../scripts/docs/module-tables.ts';
import { fieldsOfType, shortType } from '../../../scripts/docs/type.ts';

test('inputs are listed in the order of the file, with the fields of objects below', async () => {
  const hcl = await parseHcl(`
variable "tables" {
  description = <<-EOT
    Tables to follow,
    by name.

    - \`index\`: a name | an alias.
    - \`where.values\`: what is allowed.
  EOT
  type = map(object({
    index = optional(string, "a,b")
    where = object({ values = optional(list(string), ["x", "y"]) })
  }))
}

variable "name" {
  description = "Prefix."
  type        = string
  default     = "shop"
}
`);
  expect(inputTables(hcl)).toBe(`| input | type | default | meaning |
| --- | --- | --- | --- |
| [\`tables\`](#fields-of-tables) | \`map(object)\` | required | Tables to follow, by name. |
| \`name\` | \`string\` | \`"shop"\` | Prefix. |

### Fields of \`tables\`

| field | type | default | meaning |
| --- | --- | --- | --- |
| \`index\` | \`string\` | \`"a,b"\` | a name \\| an alias. |
| \`where\` | \`object\` | required |  |
| \`where.values\` | \`list(string)\` | \`["x", "y"]\` | what is allowed. |`);
});

test('outputs are listed with what they are', async () => {
  const hcl = await parseHcl('output "arn" {\n  description = "ARN."\n  value = "x"\n}');
  expect(outputTable(hcl)).toBe('| output | meaning |\n| --- | --- |\n| `arn` | ARN. |');
});

test.each([
  ['string', 'string'],
  ['set(string)', 'set(string)'],
  ['map(list(string))', 'map(list(string))'],
  ['object({ a = string })', 'object'],
  ['list(object({ a = string }))', 'list(object)'],
])('%s is in short %s', (type, short) => {
  expect(shortType(type)).toBe(short);
});

test.each([
  ['an optional field without a default is null', 'optional(string)', 'null'],
  [
    'a default may hold commas and brackets',
    'optional(map(string), { a = "}", b = "," })',
    '{ a = "}", b = "," }',
  ],
  ['a field that is not optional has none', 'string', undefined],
])('%s', (_, written, fallback) => {
  const [field] = fieldsOfType(`object({\n  a = ${written}\n  b = number\n})`);
  expect(field).toMatchObject({ path: 'a', default: fallback });
});

test('HCL that cannot be read is named with its line', async () => {
  await expect(parseHcl('variable "a" {', 'modules/sync/variables.tf')).rejects.toThrow(
    /modules\/sync\/variables\.tf:1/,
  );
});
