// Scores rows with an exported model: node score.mjs MODEL ROWS WIDTH, rows being single-precision numbers one after the
// other. Prints raw scores and probabilities as JSON.
import { readFileSync } from "node:fs";
import ort from "onnxruntime-node";

const [model, rows, width] = process.argv.slice(2);
const bytes = readFileSync(rows);
const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
const session = await ort.InferenceSession.create(model);
const features = new ort.Tensor("float32", values, [values.length / Number(width), Number(width)]);
const { score, probability } = await session.run({ features });
console.log(JSON.stringify({ score: Array.from(score.data), probability: Array.from(probability.data) }));
