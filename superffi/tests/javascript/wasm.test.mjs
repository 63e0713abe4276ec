// Run as: node --expose-gc --test wasm.test.mjs, with the folder of the module in SUPERFFI_MODULES.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { cases } from "./cases.mjs";

const folder = process.env.SUPERFFI_MODULES;
const { load } = await import(pathToFileURL(join(folder, "inventory.wasm.mjs")));
const bytes = await readFile(join(folder, "inventory.wasm"));
const api = await load(bytes);
const it = cases(api, { wasm: true });

it("loads twice, each for itself", async () => {
  const other = await load(await WebAssembly.compile(bytes));
  assert.notEqual(other.Inventory, api.Inventory);
  assert.throws(() => new other.Shelf(new api.Inventory("x")), /expected Inventory/);
});

it("refuses a module of another version", async () => {
  const text = (await readFile(join(folder, "inventory.wasm.mjs"), "utf8")).replace(/!== 0x[0-9a-f]{16}n/, "!== 0x1n");
  const { load: other } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  await assert.rejects(other(bytes), /another version/);
});
