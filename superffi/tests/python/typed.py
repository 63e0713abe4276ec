"""What mypy must accept of the stub, and what it must refuse (each refusal is an ignored error that must be one)."""

import datetime

from inventory import Inventory, InventoryError, Item, ProblemCode, Shelf, Unit, echo_note, unit_named


def use() -> int:
    with Inventory("Stock") as one:
        one.add("bolts", count=3, unit="piece")
        one.tag("bolts", ["steel"])
        two: Inventory = one.with_item(Item(name="nuts", tags=("small",), added=None))
        names: list[str] = [item.name for item in two]
        found = two.find("nuts")
        price: float | None = found.price if found is not None else None
        counts: dict[str, int] = two.counts()
        heavy: Inventory = two.filter(lambda item: item.unit is Unit.KILOGRAM)
        day: datetime.date = heavy.opened
        heavy.opened = day
        data: bytes = heavy.to_bytes()
        Inventory.from_bytes(memoryview(data))
        echo_note({"any": [1, None]})
        unit: Unit = unit_named("piece")
        try:
            two.get("screws")
        except InventoryError as error:
            codes: list[ProblemCode] = [problem.code for problem in error.errors]
            print(codes, names, price, counts, unit)
        one.add(5)  # type: ignore[arg-type]
        Shelf("x")  # type: ignore[arg-type]
        one.total = 5  # type: ignore[assignment, method-assign]
        return len(Shelf(two).content)
