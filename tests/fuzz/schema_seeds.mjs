// schema_seeds FOLDER FILE…: the pairs of the public JSON Schema suite, a file {"schema", "data"} each.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...files] = process.argv.slice(2);
let count = 0;
for (const file of files) {
  const groups = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(groups)) continue; // a metaschema
  for (const { schema, tests } of groups) {
    for (const { data } of tests ?? []) writeFileSync(join(folder, `pair-${count++}`), JSON.stringify({ schema, data }));
  }
}
