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

/**
 * A configuration in Keras 2's form, which is what TensorFlow.js reads. Of Keras 3's form differ the input's shape, the
 * references to layers, and the slope's name; all else is left as it stands.
 */
function inKeras2Form(json) {
  if (Array.isArray(json)) {
    return json.map(inKeras2Form);
  }
  if (json === null || typeof json !== 'object') {
    return json;
  }
  const translated = {};
  for (const [key, value] of Object.entries(json)) {
    if (key === 'batch_shape') {
      translated.batch_input_shape = value;
    } else if (key === 'inbound_nodes') {
      translated.inbound_nodes = value.map(node => (Array.isArray(node) ? node : tensorsOf(node)));
    } else if ((key === 'input_layers' || key === 'output_layers') && typeof value[0] === 'string') {
      translated[key] = [value];
    } else {
      translated[key] = inKeras2Form(value);
    }
  }
  if (json.class_name === 'LeakyReLU' && 'negative_slope' in json.config) {
    translated.config.alpha = json.config.negative_slope;
  }
  return translated;
}

/** The tensors that Keras 3 says a layer is called with, as Keras 2 lists them. */
function tensorsOf(call) {
  return call.args.flat(Infinity).map(tensor => {
    const [layer, node, output] = tensor.config.keras_history;
    return [layer, node, output, {}];
  });
}

async function predict(folder) {
  const artifacts = {
    modelTopology: inKeras2Form(readJson(folder, 'topology.json')),
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
