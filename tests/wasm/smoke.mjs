// Loads the smoke module in Node.js and calls it: node smoke.mjs smoke.wasm
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

const EBADF = 8;
const ENOSYS = 52;
let memory;

// A stand-in for WASI: no files, an empty environment, and what is written to it is shown.
const functions = {
  fd_prestat_get: () => EBADF,
  environ_get: () => 0,
  environ_sizes_get(count, size) {
    const view = new DataView(memory.buffer);
    view.setUint32(count, 0, true);
    view.setUint32(size, 0, true);
    return 0;
  },
  fd_write(_file, list, length, written) {
    const view = new DataView(memory.buffer);
    let total = 0;
    for (let i = 0; i < length; i++) {
      const [address, size] = [view.getUint32(list + 8 * i, true), view.getUint32(list + 8 * i + 4, true)];
      process.stderr.write(new Uint8Array(memory.buffer, address, size));
      total += size;
    }
    view.setUint32(written, total, true);
    return 0;
  },
  proc_exit(status) {
    throw new Error(`the module exits with ${status}`);
  },
};

const module = await WebAssembly.compile(await readFile(process.argv[2]));
const imports = Object.fromEntries(WebAssembly.Module.imports(module).map(({ name }) => [name, functions[name] ?? (() => ENOSYS)]));
const { exports } = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: imports });
memory = exports.memory;
exports._initialize();

function read(address) {
  const bytes = new Uint8Array(memory.buffer, address);
  return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
}

function write(text) {
  const bytes = new TextEncoder().encode(`${text}\0`);
  const address = exports.allocate(bytes.length);
  new Uint8Array(memory.buffer, address).set(bytes);
  return address;
}

const readInteger = (...texts) => read(exports.read_integer(...texts.map(write)));

const toml = '[server]\nport = 80\nworkers = 4\n';
const json = '{"server": {"port": 8080, "limits": {"burst": 1}}}';
const yaml = 'base: &base {burst: 0o20, rate: 5}\nserver:\n  limits:\n    <<: *base\n    rate: 7\n';
assert.equal(readInteger(toml, json, yaml, 'server.port'), '8080');
assert.equal(readInteger(toml, json, yaml, 'server.workers'), '4');
assert.equal(readInteger(toml, json, yaml, 'server.limits.burst'), '16');
assert.equal(readInteger(toml, json, yaml, 'server.limits.rate'), '7');
assert.match(readInteger(toml, json, yaml, 'server.host'), /server\.host/);
assert.match(readInteger('port = ', json, yaml, 'server.port'), /TOML text:1:8/);
assert.match(readInteger(toml, json, 'a: &x [*x]', 'server.port'), /YAML text:1:8/);
console.log('wasm smoke: ok');
