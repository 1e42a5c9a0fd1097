// Writes docs/reference/plan.schema.json from the schema that reads plan files; a test says when it is due.
import { writeFileSync } from 'node:fs';
import { planJsonSchema } from '../src/adapters/files/plan/schema.ts';

const target = new URL('../docs/reference/plan.schema.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(planJsonSchema(), null, 2)}\n`);
