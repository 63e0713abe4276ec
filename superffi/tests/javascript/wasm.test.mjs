// Run as: node --expose-gc --test wasm.test.mjs, with the path of the WebAssembly in SUPERFFI_WASM.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { cases } from "./cases.mjs";

const emitted = new URL("../../example/generated/inventory.wasm.mjs", import.meta.url);
const { load } = await import(emitted);
const bytes = await readFile(process.env.SUPERFFI_WASM);
const api = await load(bytes);
const it = cases(api, { wasm: true });

it("loads twice, each for itself", async () => {
  const other = await load(await WebAssembly.compile(bytes));
  assert.notEqual(other.Inventory, api.Inventory);
  assert.throws(() => new other.Shelf(new api.Inventory("x")), /expected Inventory/);
});

it("refuses a module of another version", async () => {
  const text = (await readFile(emitted, "utf8")).replace(/!== 0x[0-9a-f]{16}n/, "!== 0x1n");
  const { load: other } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  await assert.rejects(other(bytes), /another version/);
});
