// The example's surface from JavaScript: one set of cases for Node.js and WebAssembly.
import assert from "node:assert/strict";
import { test } from "node:test";

/** Objects that are not disposed die when they are collected; the registry's turn is a task. */
export async function collect(done) {
  for (let i = 0; i < 50 && !done(); i++) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export function cases(api, { wasm }) {
  const { Inventory, InventoryError, Shelf, Unit } = api;
  const it = (name, body) =>
    test(name, async () => {
      const before = Inventory.living();
      await (async () => body())();
      await collect(() => Inventory.living() <= before);
      assert.equal(Inventory.living(), before, "inventories were left behind");
    });

  it("constructs, and has properties", () => {
    const one = new Inventory("Stock");
    assert.equal(one.name, "Stock");
    one.name = "Größe ✓ 𝄞";
    assert.equal(one.name, "Größe ✓ 𝄞");
    assert.equal(one.size, 0);
    assert.throws(() => Inventory("Stock"), TypeError);
    assert.ok(one instanceof Inventory);
    assert.equal(Inventory.name, "Inventory");
  });

  it("has defaults", () => {
    const one = new Inventory("Stock");
    one.add("bolts");
    one.add("bolts", 4);
    one.add("flour", 3, "kilogram");
    one.add("air", undefined, Unit.none);
    assert.deepEqual([...one.counts()], [["air", 1], ["bolts", 5], ["flour", 3]]);
    assert.deepEqual([...one].map((item) => item.unit), ["piece", "kilogram", "none"]);
    assert.equal(api.escape("class ", 3), "class 3");
    assert.equal(api.escape("class "), "class 7");
    assert.deepEqual(Unit, { piece: "piece", kilogram: "kilogram", none: "none" });
  });

  it("derives without changing the receiver", () => {
    const one = new Inventory("Stock");
    const two = one.withItem({ name: "bolts", count: 12 });
    assert.deepEqual([one.size, two.size], [0, 1]);
    assert.ok(two instanceof Inventory);
  });

  it("uses receivers and arguments up", () => {
    const one = new Inventory("Stock");
    one.add("bolts");
    const two = one.renamed("Other");
    assert.equal(one.disposed, true);
    assert.throws(() => one.add("bolts"), { name: "Error", message: "Inventory.add(): this Inventory is disposed or used up" });
    const three = new Inventory("three");
    three.absorb(two);
    assert.equal(two.disposed, true);
    assert.throws(() => three.absorb(two), /disposed or used up/);
    assert.throws(() => three.absorb(three), /cannot be used up|used by another call/);
    assert.equal(three.disposed, false);
    three.addAll(three);
    assert.equal(three.size, 2);
    assert.throws(() => three.renamed(5), TypeError);
    assert.equal(three.name, "three");
  });

  it("has static and free functions", () => {
    const one = Inventory.parse("bolts 12 piece; flour 3 kilogram");
    assert.equal(one.name, "parsed");
    assert.equal(one.total(), 15);
    assert.equal(api.unitNamed("kilogram"), "kilogram");
    assert.equal(api.onlyPython, undefined);
  });

  it("disposes", () => {
    const one = new Inventory("Stock");
    const before = Inventory.living();
    one.dispose();
    assert.equal(Inventory.living(), before - 1);
    one.dispose();
    assert.equal(one.disposed, true);
    assert.throws(() => one.total(), /disposed/);
    if (Symbol.dispose) assert.equal(typeof one[Symbol.dispose], "function");
  });

  it("shares", () => {
    const one = new Inventory("Stock");
    const shelf = new Shelf(one);
    shelf.content.add("bolts");
    assert.equal(one.total(), 1);
    assert.equal(shelf.holds(one), true);
    const other = new Inventory("other");
    assert.equal(shelf.holds(other), false);
    assert.throws(() => one.renamed("other"), /held by others/);
    one.dispose();
    assert.equal(shelf.content.total(), 1);
    assert.throws(() => new Shelf(shelf), /expected Inventory, found an object of type Shelf/);
    assert.throws(() => new Shelf({}), TypeError);
  });

  it("gives lists of objects", () => {
    const parts = api.split(Inventory.parse("bolts 12; nuts 3"));
    assert.deepEqual(parts.map((part) => [part.name, part.total()]), [["bolts", 12], ["nuts", 3]]);
    assert.ok(parts.every((part) => part instanceof Inventory));
  });

  it("can be a base", () => {
    class Own extends Inventory {
      twice() {
        return 2 * this.total();
      }
    }
    const one = new Own("Stock");
    one.add("bolts", 2);
    assert.equal(one.twice(), 4);
  });

  it("refuses other receivers", () => {
    assert.throws(() => Inventory.prototype.total.call({}), TypeError);
    assert.throws(() => Inventory.prototype.total.call(undefined), TypeError);
    assert.throws(() => Inventory.prototype.total.call(Object.create(Inventory.prototype)), TypeError);
    const shelf = new Shelf(new Inventory("x"));
    assert.throws(() => Inventory.prototype.total.call(shelf), TypeError);
  });

  it("converts integers", () => {
    for (const value of [0, 1, -1, 2 ** 53 - 1, -(2 ** 53 - 1)]) assert.equal(api.echoInt64(value), value);
    for (const value of [2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)]) assert.equal(api.echoInt64(value), value);
    assert.equal(api.echoInt64(5n), 5);
    assert.equal(api.echoUint64(2n ** 64n - 1n), 2n ** 64n - 1n);
    assert.throws(() => api.echoInt64(2n ** 63n), { name: "RangeError", message: "echoInt64(): argument `value`: expected an integer from -9223372036854775808 to 9223372036854775807, found 9223372036854775808n" });
    assert.throws(() => api.echoUint64(-1), RangeError);
    assert.throws(() => api.echoInt64(2 ** 53), /a safe integer, or a BigInt/);
    for (const wrong of [1.5, "1", null, undefined, true, NaN, {}]) assert.throws(() => api.echoInt64(wrong), /expected an integer, found/);
    assert.throws(() => api.escape("x", 256), { name: "RangeError", message: "escape(): argument `class_`: expected an integer from 0 to 255, found 256" });
    assert.throws(() => api.escape("x", -1), RangeError);
  });

  it("converts text", () => {
    for (const text of ["", "a\0b", "Größe", "𝄞".repeat(1000), "x".repeat(1_000_000), "x".repeat(31) + "é"]) {
      assert.equal(api.echoOptional(text), text);
    }
    assert.throws(() => api.echoOptional("\ud800"), /lone surrogates/);
    assert.equal(api.echoOptional("\ufffd"), "\ufffd");
    assert.throws(() => new Inventory(5), { name: "TypeError", message: "Inventory(): argument `name`: expected a string, found 5" });
    assert.throws(() => new Inventory(), TypeError);
    assert.throws(() => new Inventory(Symbol("x")), TypeError);
  });

  it("converts optionals", () => {
    assert.equal(api.echoOptional(), undefined);
    assert.equal(api.echoOptional(null), undefined);
    const one = Inventory.parse("bolts 12");
    assert.equal(one.find("bolts").count, 12);
    assert.equal(one.find("nuts"), undefined);
    assert.equal(one.count("bolts"), 12);
    assert.equal(one.count("nuts"), undefined);
  });

  it("converts bytes", () => {
    const one = Inventory.parse("bolts 12; nuts 3");
    const data = one.toBytes();
    assert.ok(data instanceof Uint8Array);
    assert.equal(new TextDecoder().decode(data), "bolts 12;nuts 3;");
    assert.equal(Inventory.fromBytes(data).total(), 15);
    assert.equal(Inventory.fromBytes(data.subarray(0, 9)).total(), 12);
    assert.equal(Inventory.fromBytes(new Uint8Array()).total(), 0);
    assert.throws(() => Inventory.fromBytes("bolts 12"), /expected a Uint8Array/);
  });

  it("converts lists and maps", () => {
    const lists = [[1, undefined], [], [-5]];
    assert.deepEqual(api.echoLists(lists), lists);
    assert.deepEqual(api.echoLists(new Set(lists)), lists);
    assert.throws(() => api.echoLists([[2 ** 31]]), RangeError);
    assert.throws(() => api.echoLists("text"), /expected an array/);
    const one = new Inventory("Stock");
    one.setCounts({ b: 1, a: 2 });
    assert.deepEqual([...one].map((item) => item.name), ["b", "a"]);
    one.setCounts(new Map([["y", 1], ["x", 2n ** 60n]]));
    assert.deepEqual([...one.counts()], [["x", 2n ** 60n], ["y", 1]]);
    one.tag("y", ["a", "b".repeat(100), "ü"]);
    assert.deepEqual(one.get("y").tags, ["a", "b".repeat(100), "ü"]);
    one.tag("y");
    assert.deepEqual(one.get("y").tags, []);
    assert.throws(() => one.setCounts([]), /a Map or an object/);
    assert.throws(() => one.tag("y", (function* () { throw new RangeError("mine"); })()), /mine/);
    assert.throws(() => one.tag("y", ["a", 5]), { message: "Inventory.tag(): argument `tags`: expected a string, found 5" });
  });

  it("converts records", () => {
    const item = { name: "bolts", count: 12, unit: "piece", price: 0.25, tags: ["steel"], added: new Date(1709289015250) };
    const one = new Inventory("Stock").withItem(item);
    assert.deepEqual(one.get("bolts"), item);
    assert.deepEqual(new Inventory("Stock").withItem({ name: "x" }).get("x"), { name: "x", count: 0, unit: "piece", price: undefined, tags: [], added: undefined });
    assert.throws(() => one.withItem({ name: "x", count: "x" }), /expected an integer, found "x"/);
    assert.throws(() => one.withItem({ name: "x", weight: 5 }), /weight/);
    assert.throws(() => one.withItem("x"), TypeError);
    assert.throws(() => one.withItem({ get name() { throw new RangeError("mine"); } }), /mine/);
  });

  it("converts enumerations", () => {
    const one = new Inventory("Stock");
    assert.throws(() => one.add("bolts", 1, "box"), /expected one of "piece", "kilogram", "none", found "box"/);
    assert.throws(() => one.add("bolts", 1, 0), TypeError);
    assert.throws(() => one.add("bolts", 1, "toString"), TypeError);
  });

  it("converts dates and times", () => {
    const one = new Inventory("Stock");
    assert.equal(one.opened, "2020-02-29");
    one.opened = "1969-12-31";
    assert.equal(one.opened, "1969-12-31");
    assert.throws(() => (one.opened = "yesterday"), /YYYY-MM-DD/);
    assert.equal(Inventory.twice(-1500), -3000);
    const before = new Date(-2171664000001);
    assert.deepEqual(one.withItem({ name: "x", added: before }).get("x").added, before);
    assert.throws(() => one.withItem({ name: "x", added: new Date(NaN) }), /a valid Date/);
    assert.throws(() => Inventory.twice(Infinity), TypeError);
  });

  it("converts trees", () => {
    const tree = { a: [1, 2.5, null, true, "x", { "": {}, b: [] }], b: 2n ** 64n - 1n, c: -(2n ** 63n), d: -0, e: 1e300 };
    assert.deepEqual(api.echoNote(tree), tree);
    assert.ok(Object.is(api.echoNote(-0), -0));
    assert.deepEqual(Object.keys(api.echoNote({ b: 1, a: 2 })), ["b", "a"]);
    assert.deepEqual(api.echoNote(new Map([["x", 1]])), { x: 1 });
    const evil = api.echoNote(JSON.parse('{"__proto__": {"polluted": true}}'));
    assert.equal(evil.polluted, undefined);
    assert.equal({}.polluted, undefined);
    assert.deepEqual(Object.keys(evil), ["__proto__"]);
    assert.throws(() => api.echoNote([2n ** 64n]), RangeError);
    assert.throws(() => api.echoNote(new Date()), TypeError);
    assert.throws(() => api.echoNote(() => 1), TypeError);
    const cycle = [];
    cycle.push(cycle);
    assert.throws(() => api.echoNote(cycle), /nested so deeply/);
  });

  it("tells every problem", () => {
    const check = (error) => {
      assert.ok(error instanceof InventoryError && error instanceof Error);
      assert.equal(error.name, "InventoryError");
      assert.equal(error.message, 'bolts: count: expected an integer, found "x"\nflour: unit: expected piece, kilogram or none, found "boxes"');
      assert.deepEqual(error.errors[0], { code: "invalid", path: ["bolts", "count"], expected: "an integer", found: '"x"', hint: "" });
      assert.equal(error.errors.length, 2);
      assert.match(error.stack, /cases\.mjs/);
      return true;
    };
    assert.throws(() => Inventory.parse("bolts x; flour 3 boxes; nuts 5"), check);
    const one = Inventory.parse("bolts 1");
    assert.equal(one.delete("bolts"), undefined);
    assert.throws(() => one.delete("bolts"), (error) => error.errors[0].code === "missing");
  });

  it("calls back", () => {
    const one = Inventory.parse("bolts 12; nuts 3");
    assert.deepEqual([...one.filter((item) => item.count > 5).counts()], [["bolts", 12]]);
    assert.equal(one.describe((name, count) => `${name}=${count};`), "bolts=12;nuts=3;");
    assert.equal(one.describe(() => "ü".repeat(3000)).length, 6000);
    assert.equal(one.sum((item) => item.count * 2), 30);
    const nested = one.filter((item) => one.filter((other) => other.name === item.name).size === 1);
    assert.equal(nested.size, 2);
  });

  it("lets what a callback throws out", () => {
    const one = Inventory.parse("bolts 12; nuts 3");
    const mine = new RangeError("mine");
    const throws = () => {
      throw mine;
    };
    assert.throws(() => one.filter(throws), (error) => error === mine);
    assert.throws(() => one.sum(throws), (error) => {
      assert.ok(error instanceof InventoryError);
      assert.equal(error.cause, mine);
      assert.equal(error.errors[0].code, "callback");
      assert.match(error.errors[0].found, /mine/);
      return true;
    });
    assert.throws(() => one.filter(() => "yes"), { message: "callback(): argument `result`: expected true or false, found \"yes\"" });
    assert.throws(() => one.filter(5), /expected a function/);
  });

  it("listens", async () => {
    const one = new Inventory("Stock");
    const heard = [];
    one.subscribe((what) => heard.push(what));
    one.add("bolts");
    one.changed("all");
    assert.deepEqual(heard, ["bolts", "all"]);
    one.dispose();
  });

  it("may be disposed within its own call", () => {
    const one = new Inventory("Stock");
    one.subscribe(() => one.dispose());
    one.add("bolts");
    assert.equal(one.disposed, true);
  });

  it("promises", async () => {
    const one = Inventory.parse("a 1; b 2; c 3");
    assert.equal(await one.totalSlowlyAsync(), 6);
    assert.equal(one.totalSlowly(), 6);
    const seen = [];
    const promise = one.countSlowly((count) => {
      seen.push(count);
      return count < 3;
    });
    assert.ok(promise instanceof Promise);
    assert.equal(await promise, 3);
    assert.deepEqual(seen, [1, 3]);
    await assert.rejects(one.countSlowly(() => { throw new RangeError("mine"); }), /mine/);
    await assert.rejects(async () => one.countSlowly(5), TypeError);
  });

  it("survives large arguments within callbacks", () => {
    const one = Inventory.parse("a 1; b 2");
    const big = "x".repeat(500_000);
    assert.equal(one.describe((name) => (api.echoOptional(big), name)), "ab");
    assert.deepEqual(api.echoLists(Array.from({ length: 20_000 }, (_, i) => [i])).at(-1), [19_999]);
  });

  return it;
}
