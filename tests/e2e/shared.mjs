// Public corpora and schemas, which lie beside the repository on the machines that have them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { source } from './harness.mjs';

const folder = join(source, '../shared');
export const shared = (...names) => join(folder, ...names);

// Why a test that reads this path is skipped, or false. TOMADA_NO_SKIP allows that all of the folder is missing, no part of it.
export function missing(path) {
  if (existsSync(path) || (process.env.TOMADA_NO_SKIP && existsSync(folder))) return false;
  console.log(`SKIPPED: ${path} is not there`);
  return `${path} is not there`;
}
