// Reads {"schema": …, "instances": […]} from standard input and prints, for each instance, what the schema finds wrong.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';

const { schema, instances } = JSON.parse(readFileSync(0, 'utf8'));
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false }).compile(schema);
const faults = instances.map(instance => validate(instance) ? [] : validate.errors.map(error => ({
  path: error.instancePath,
  keyword: error.keyword,
  name: error.params.additionalProperty ?? null,
  message: error.message,
})));
process.stdout.write(JSON.stringify(faults));
