// Run as: node --expose-gc --test node.test.mjs, with the folder of the addon in SUPERFFI_MODULES.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

import { cases } from "./cases.mjs";

const addon = join(process.env.SUPERFFI_MODULES, "inventory.node");
const api = createRequire(import.meta.url)(addon);
const it = cases(api, { wasm: false });
const { Inventory } = api;

it("frees what is dropped in a loop that never ends its turn", () => {
  const before = Inventory.living();
  for (let round = 0; round < 20; round++) {
    for (let i = 0; i < 1000; i++) new Inventory("x").withItem({ name: "y" });
    globalThis.gc();
  }
  assert.ok(Inventory.living() - before < 10_000, `${Inventory.living() - before} are alive`);
});

it("runs off the main thread", async () => {
  const one = Inventory.parse("a 1; b 2; c 3");
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const results = await Promise.all(Array.from({ length: 50 }, () => one.countSlowly(() => true)));
  clearInterval(timer);
  assert.deepEqual(new Set(results), new Set([6]));
});

it("keeps what a promise needs", async () => {
  const promise = Inventory.parse("a 1; b 2").countSlowly(() => (globalThis.gc(), true));
  for (let i = 0; i < 5; i++) globalThis.gc();
  assert.equal(await promise, 3);
});

it("cannot use up what a promise works on", async () => {
  const one = Inventory.parse("a 1; b 2");
  const promise = one.countSlowly(() => true);
  assert.throws(() => one.renamed("other"), /held by others/);
  one.dispose();
  assert.equal(await promise, 3);
});

it("reports what a listener throws after its call", () => {
  const script = `
    const { Inventory } = require(${JSON.stringify(addon)});
    process.on("uncaughtException", (error) => console.log("uncaught", error.message));
    const one = new Inventory("Stock");
    one.subscribe(() => { throw new Error("mine"); });
    one.add("bolts");
    console.log(one.total());`;
  assert.equal(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }), "uncaught mine\n1\n");
});

it("works in workers, and ends with them", async () => {
  const script = `
    const { parentPort } = require("node:worker_threads");
    const { Inventory } = require(${JSON.stringify(addon)});
    const one = Inventory.parse("a 1; b 2");
    one.subscribe(() => {});
    one.countSlowly(() => true).then((count) => parentPort.postMessage(count));
    globalThis.kept = [one, one.countSlowly(() => true)];`;
  for (let i = 0; i < 5; i++) {
    const worker = new Worker(script, { eval: true });
    assert.equal(await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject)), 3);
    await worker.terminate();
  }
});

it("lets a worker be terminated while its callbacks are called", async () => {
  const script = `
    const { parentPort } = require("node:worker_threads");
    const { Inventory } = require(${JSON.stringify(addon)});
    const one = Inventory.parse(Array.from({ length: 1000 }, (_, i) => "n" + i + " 1").join(";"));
    let calls = 0;
    const busy = () => {
      if (++calls === 20) parentPort.postMessage("busy");
      for (const end = performance.now() + 1; performance.now() < end; );
      return true;
    };
    for (let i = 0; i < 6; i++) one.countSlowly(busy);`;
  for (let i = 0; i < 5; i++) {
    const worker = new Worker(script, { eval: true });
    await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
    await worker.terminate();
  }
});

it("may be ended while work is under way", () => {
  const script = `
    const { Inventory } = require(${JSON.stringify(addon)});
    const one = Inventory.parse(Array.from({ length: 100 }, (_, i) => "n" + i + " 1").join(";"));
    for (let i = 0; i < 8; i++) one.countSlowly(() => true);
    setTimeout(() => process.exit(7), 2);`;
  assert.throws(() => execFileSync(process.execPath, ["-e", script]), { status: 7 });
});

it("is of the version of its package, or refused", () => {
  const checked = createRequire(import.meta.url)("../../example/generated/inventory.node.cjs");
  assert.equal(checked(api), api);
  assert.throws(() => checked({ surfaceChecksum: 1n }), /another version/);
});
