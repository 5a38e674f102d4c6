// Runs a Keras model in TensorFlow.js: node predict.js FOLDER
//
// Reads from the folder topology.json (the model's configuration as Keras writes it), weights.json (a list of {name,
// shape, dtype}, the names as in "conv/kernel") with weights.bin, and input.json (a shape, batch first) with input.bin;
// writes output.json and output.bin. Numbers are little-endian float32 in row-major order.
'use strict';

const fs = require('fs');
const path = require('path');
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');
const layers = require('@tensorflow/tfjs-layers');

function readJson(folder, name) {
  return JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
}

/** The bytes in a buffer of their own: Node's buffers may share one. */
function readBytes(folder, name) {
  const bytes = fs.readFileSync(path.join(folder, name));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

async function predict(folder) {
  const artifacts = {
    modelTopology: readJson(folder, 'topology.json'),
    weightSpecs: readJson(folder, 'weights.json'),
    weightData: readBytes(folder, 'weights.bin'),
  };
  const model = await layers.loadLayersModel({load: async () => artifacts});
  const input = tf.tensor(new Float32Array(readBytes(folder, 'input.bin')), readJson(folder, 'input.json'));
  const output = model.predict(input);
  if (Array.isArray(output)) {
    throw new Error(`the model has ${output.length} outputs, but one is compared`);
  }
  fs.writeFileSync(path.join(folder, 'output.bin'), new Uint8Array((await output.data()).buffer));
  fs.writeFileSync(path.join(folder, 'output.json'), JSON.stringify(output.shape));
}

predict(process.argv[2]).catch(error => {
  console.error(error.stack);
  process.exitCode = 1;
});
