// Reads an Arrow IPC stream and prints its schema and rows as JSON; whole numbers of 64 bits and more are text.
import { readFileSync } from 'node:fs';
import { tableFromIPC, DataType } from 'apache-arrow';

const table = tableFromIPC(readFileSync(process.argv[2]));

// Dates and times as the numbers that the stream holds: the library's own getters round them to milliseconds.
function raw(vector, index) {
  let row = index;
  for (const data of vector.data) {
    if (row < data.length) {
      return data.values[data.offset + row];
    }
    row -= data.length;
  }
}

function read(vector, index) {
  const type = vector.type;
  if (DataType.isTimestamp(type) || DataType.isTime(type) || DataType.isDate(type)) {
    return vector.isValid(index) ? raw(vector, index) : null;
  }
  return plain(vector.get(index), type);
}

function plain(value, type) {
  if (value === null || value === undefined) {
    return null;
  }
  if (DataType.isDecimal(type)) {
    const words = new Uint32Array(value.buffer, value.byteOffset, value.byteLength / 4);
    const bits = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
    return BigInt.asIntN(words.length * 32, bits);
  }
  if (DataType.isInterval(type) || DataType.isBinary(type)) {
    return Array.from(value);
  }
  if (DataType.isMap(type)) {
    return [...value].map(([key, item]) => [plain(key, type.keyType), plain(item, type.valueType)]);
  }
  if (DataType.isStruct(type)) {
    return Object.fromEntries(type.children.map(field => [field.name, plain(value[field.name], field.type)]));
  }
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) {
    return Array.from({ length: value.length }, (_, index) => read(value, index));
  }
  return value;
}

const rows = [];
for (let index = 0; index < table.numRows; index++) {
  rows.push(table.schema.fields.map((_, column) => read(table.getChildAt(column), index)));
}

const fields = table.schema.fields.map(field => ({ name: field.name, type: String(field.type), nullable: field.nullable }));
const batches = table.batches.map(batch => batch.numRows);
const seen = (_, value) => typeof value === 'bigint' ? value.toString() : Object.is(value, -0) ? '-0' : value;
process.stdout.write(JSON.stringify({ fields, batches, rows }, seen));
