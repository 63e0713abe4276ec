// What tsc must accept of the declarations, and what it must refuse.
import { Inventory, InventoryError, Item, Shelf, Unit, echoNote, unitNamed } from "../../example/generated/inventory.js";
import { load } from "../../example/generated/inventory.wasm.mjs";

const one = new Inventory("Stock");
one.add("bolts", 3n, "piece");
one.tag("bolts", new Set(["steel"]));
const two: Inventory = one.withItem({ name: "nuts", count: 2 });
const found: Item | undefined = two.find("nuts");
const price: number | undefined = found?.price;
const counts: Map<string, number | bigint> = two.counts();
const names: string[] = [...two].map((item) => item.name);
const heavy: Inventory = two.filter((item) => item.unit === Unit.kilogram);
const opened: string = heavy.opened;
const bytes: Uint8Array = heavy.toBytes();
Inventory.fromBytes(bytes);
const unit: Unit = unitNamed("piece");
const slow: Promise<number | bigint> = two.countSlowly((count) => count < 5);
const other: Promise<number | bigint> = two.totalSlowlyAsync();
try {
  two.get("screws");
} catch (error) {
  if (error instanceof InventoryError) console.log(error.errors[0].path.join("."), error.errors[0].code === "missing");
}
echoNote({ any: [1, null] });
// @ts-expect-error: a number is no name
one.add(5);
// @ts-expect-error: no such unit
one.add("bolts", 1, "box");
// @ts-expect-error: a text is no inventory
new Shelf("x");
// @ts-expect-error: it is read-only
one.size = 5;
// @ts-expect-error: no such field
one.withItem({ weight: 5 });

const api = await load(new URL("inventory.wasm", "https://localhost/"));
const third: Inventory = new api.Inventory("Stock");
export { price, counts, names, opened, unit, slow, other, third };
