"""The example's surface from Python: every kind of type, argument and mistake. Run with the module on the path."""

import ast
import datetime
import gc
import inspect
import sys
import threading
import types
import unittest
import weakref

import inventory
import inventory_surface
from inventory import Inventory, InventoryError, Item, Problem, ProblemCode, Shelf, Unit


class Counted(unittest.TestCase):
    """No test leaves an inventory behind."""

    def setUp(self):
        gc.collect()
        self.before = Inventory.living()

    def tearDown(self):
        gc.collect()
        self.assertEqual(Inventory.living(), self.before)


class Calls(Counted):
    def test_constructor_properties_and_len(self):
        one = Inventory("Stock")
        self.assertEqual(one.name, "Stock")
        one.name = "Größe ✓ 𝄞"
        self.assertEqual(one.name, "Größe ✓ 𝄞")
        self.assertEqual(len(one), 0)
        with self.assertRaises(AttributeError):
            one.closed = True

    def test_defaults_and_names(self):
        one = Inventory(name="Stock")
        one.add("bolts")
        one.add("bolts", 4)
        one.add(name="flour", unit="kilogram", count=3)
        one.add("air", unit=Unit.NONE)
        self.assertEqual(one.counts(), {"air": 1, "bolts": 5, "flour": 3})
        self.assertEqual([item.unit for item in one], [Unit.PIECE, Unit.KILOGRAM, Unit.NONE])
        self.assertEqual(inventory.escape("class ", class_=3), "class 3")
        self.assertEqual(inventory.escape("class "), "class 7")

    def test_a_derived_object_leaves_its_receiver(self):
        one = Inventory("Stock")
        two = one.with_item(Item(name="bolts", count=12))
        self.assertEqual((len(one), len(two)), (0, 1))

    def test_consuming_receiver_and_argument(self):
        one = Inventory("Stock")
        one.add("bolts")
        two = one.renamed("Other")
        self.assertEqual(two.counts(), {"bolts": 1})
        self.assertTrue(one.closed)
        with self.assertRaisesRegex(ValueError, r"Inventory.add\(\): this Inventory is closed or used up"):
            one.add("bolts")
        three = Inventory("three")
        three.absorb(two)
        self.assertTrue(two.closed)
        self.assertEqual(three.counts(), {"bolts": 1})
        with self.assertRaisesRegex(ValueError, "used by another call"):
            three.absorb(three)
        self.assertFalse(three.closed)
        three.add_all(three)
        self.assertEqual(len(three), 2)

    def test_a_failed_call_uses_nothing_up(self):
        one = Inventory("Stock")
        with self.assertRaises(TypeError):
            one.renamed(5)
        self.assertEqual(one.name, "Stock")

    def test_static_and_free_functions(self):
        one = Inventory.parse("bolts 12 piece; flour 3 kilogram")
        self.assertEqual(one.name, "parsed")
        self.assertEqual(one.total(), 15)
        self.assertEqual(inventory.unit_named("kilogram"), Unit.KILOGRAM)
        self.assertTrue(inventory.only_python())

    def test_with_statement(self):
        with Inventory("Stock") as one:
            self.assertFalse(one.closed)
        self.assertTrue(one.closed)
        one.close()

    def test_shared(self):
        one = Inventory("Stock")
        shelf = Shelf(one)
        shelf.content.add("bolts")
        self.assertEqual(one.counts(), {"bolts": 1})
        self.assertTrue(shelf.holds(one))
        self.assertFalse(shelf.holds(Inventory("Stock")))
        with self.assertRaisesRegex(ValueError, "held by others"):
            one.renamed("other")
        one.close()
        self.assertEqual(shelf.content.counts(), {"bolts": 1})

    def test_lists_of_objects(self):
        parts = inventory.split(Inventory.parse("bolts 12; nuts 3"))
        self.assertEqual([(part.name, part.total()) for part in parts], [("bolts", 12), ("nuts", 3)])

    def test_subclass_and_weak_reference(self):
        class Own(Inventory):
            def twice(self):
                return 2 * self.total()

        one = Own("Stock")
        one.add("bolts", 2)
        self.assertEqual(one.twice(), 4)
        there = weakref.ref(one)
        del one
        gc.collect()
        self.assertIsNone(there())

    def test_an_instance_that_was_never_made(self):
        with self.assertRaises((ValueError, TypeError)):
            Inventory.__new__(Inventory).total()


class Types(Counted):
    def test_integers(self):
        for value in (0, 1, -1, 2**53 + 1, 2**63 - 1, -(2**63)):
            self.assertEqual(inventory.echo_int64(value), value)
        self.assertEqual(inventory.echo_uint64(2**64 - 1), 2**64 - 1)
        with self.assertRaisesRegex(OverflowError, r"echo_int64\(\): argument `value`: expected an integer from -9223372036854775808 to 9223372036854775807, found 9223372036854775808"):
            inventory.echo_int64(2**63)
        with self.assertRaises(OverflowError):
            inventory.echo_uint64(-1)
        for wrong in (1.5, "1", None, True, [1]):
            with self.assertRaisesRegex(TypeError, "expected an integer, found"):
                inventory.echo_int64(wrong)

    def test_text(self):
        for text in ("", "a\0b", "Größe", "𝄞" * 1000, "x" * 1_000_000):
            self.assertEqual(inventory.echo_optional(text), text)
        with self.assertRaisesRegex(ValueError, "lone surrogates"):
            inventory.echo_optional("\ud800")
        with self.assertRaisesRegex(TypeError, r"Inventory\(\): argument `name`: expected a str, found 5"):
            Inventory(5)

    def test_optional(self):
        self.assertIsNone(inventory.echo_optional())
        self.assertIsNone(inventory.echo_optional(None))
        one = Inventory.parse("bolts 12")
        self.assertEqual(one.find("bolts").count, 12)
        self.assertIsNone(one.find("nuts"))
        self.assertEqual(one.count("bolts"), 12)
        self.assertIsNone(one.count("nuts"))

    def test_bytes(self):
        one = Inventory.parse("bolts 12; nuts 3")
        data = one.to_bytes()
        self.assertEqual(data, b"bolts 12;nuts 3;")
        for form in (data, bytearray(data), memoryview(data)):
            self.assertEqual(Inventory.from_bytes(form).counts(), one.counts())
        with self.assertRaisesRegex(TypeError, "expected bytes"):
            Inventory.from_bytes("bolts 12")

    def test_lists_and_maps(self):
        lists = [[1, None], [], [-5]]
        self.assertEqual(inventory.echo_lists(lists), lists)
        self.assertEqual(inventory.echo_lists(tuple(x) for x in lists), lists)
        with self.assertRaisesRegex(OverflowError, "expected an integer from -2147483648"):
            inventory.echo_lists([[2**31]])
        with self.assertRaisesRegex(TypeError, "expected a list"):
            inventory.echo_lists("text")
        one = Inventory("Stock")
        one.set_counts({"b": 1, "a": 2})
        self.assertEqual([item.name for item in one], ["b", "a"])
        self.assertEqual(one.counts(), {"a": 2, "b": 1})
        one.tag("b", (c * 3 for c in "xyz"))
        self.assertEqual(one.get("b").tags, ["xxx", "yyy", "zzz"])
        one.tag("b")
        self.assertEqual(one.get("b").tags, [])
        with self.assertRaises(ZeroDivisionError):
            one.tag("b", (str(1 / 0) for _ in range(3)))

    def test_records(self):
        item = Item(name="bolts", count=12, price=0.25, tags=["steel"])
        self.assertEqual(item, Item(name="bolts", count=12, price=0.25, tags=["steel"]))
        self.assertNotEqual(item, Item())
        self.assertEqual(repr(Item(name="x")), "Item(name='x', count=0, unit=<Unit.PIECE: 'piece'>, price=None, tags=[], added=None)")
        item.count = 13
        self.assertEqual(Inventory("Stock").with_item(item).get("bolts"), item)
        with self.assertRaisesRegex(TypeError, "no field `weight`"):
            Item(weight=5)
        with self.assertRaisesRegex(TypeError, "Item.*argument `count`: expected an integer, found 'x'"):
            Item(count="x")
        with self.assertRaises(TypeError):
            item.name = 5
        with self.assertRaises(TypeError):
            hash(item)

    def test_enumerations(self):
        self.assertEqual([unit.value for unit in Unit], ["piece", "kilogram", "none"])
        self.assertEqual(Unit.PIECE, "piece")
        with self.assertRaisesRegex(ValueError, 'expected one of "piece", "kilogram", "none", found \'box\''):
            Inventory("Stock").add("bolts", unit="box")
        with self.assertRaises(TypeError):
            Inventory("Stock").add("bolts", unit=0)

    def test_dates_and_times(self):
        one = Inventory("Stock")
        self.assertEqual(one.opened, datetime.date(2020, 2, 29))
        one.opened = datetime.date(1969, 12, 31)
        self.assertEqual(one.opened, datetime.date(1969, 12, 31))
        with self.assertRaises(TypeError):
            one.opened = datetime.datetime(2020, 1, 1)
        zone = datetime.timezone(datetime.timedelta(hours=2))
        when = datetime.datetime(2024, 3, 1, 12, 30, 15, 250_000, tzinfo=zone)
        self.assertEqual(Item(added=when).added, when)
        before = datetime.datetime(1901, 3, 1, tzinfo=datetime.timezone.utc)
        self.assertEqual(Item(added=before).added, before)
        with self.assertRaisesRegex(ValueError, "time zone"):
            Item(added=datetime.datetime(2024, 3, 1))
        self.assertEqual(Inventory.twice(datetime.timedelta(milliseconds=-1500)), datetime.timedelta(seconds=-3))
        with self.assertRaises(OverflowError):
            Inventory.twice(datetime.timedelta.max * 1 if False else datetime.timedelta(days=999_999_999))

    def test_trees(self):
        tree = {"a": [1, 2.5, None, True, "x", {"__proto__": [], "": {}}], "b": 2**64 - 1, "c": -(2**63)}
        self.assertEqual(inventory.echo_note(tree), tree)
        self.assertEqual(list(inventory.echo_note({"b": 1, "a": 2})), ["b", "a"])
        with self.assertRaises(OverflowError):
            inventory.echo_note([2**64])
        with self.assertRaisesRegex(TypeError, "expected None, bool, int, float, str, a list or a mapping"):
            inventory.echo_note([object()])
        cycle = []
        cycle.append(cycle)
        with self.assertRaises(RecursionError):
            inventory.echo_note(cycle)


class Errors(Counted):
    def test_every_problem(self):
        with self.assertRaises(InventoryError) as caught:
            Inventory.parse("bolts x; flour 3 boxes; nuts 5")
        self.assertIsInstance(caught.exception, ValueError)
        self.assertEqual(str(caught.exception), 'bolts: count: expected an integer, found "x"\nflour: unit: expected piece, kilogram or none, found "boxes"')
        self.assertEqual(caught.exception.errors[0], Problem(code=ProblemCode.INVALID, path=["bolts", "count"], expected="an integer", found='"x"'))
        self.assertEqual(len(caught.exception.errors), 2)

    def test_a_method_that_fails_with_nothing_to_give(self):
        one = Inventory.parse("bolts 1")
        self.assertIsNone(one.delete("bolts"))
        with self.assertRaises(InventoryError) as caught:
            one.delete("bolts")
        self.assertEqual(caught.exception.errors[0].code, ProblemCode.MISSING)

    def test_wrong_arguments(self):
        one = Inventory("Stock")
        for call in (
            lambda: one.add(),
            lambda: one.add("a", 1, Unit.PIECE, 5),
            lambda: one.add("a", nothing=1),
            lambda: Inventory.total(5),
            lambda: one.absorb("x"),
            lambda: one.add_all(None),
            lambda: one.with_item({"name": "x"}),
        ):
            with self.assertRaises(TypeError):
                call()


class Callbacks(Counted):
    def test_called_and_converted(self):
        one = Inventory.parse("bolts 12; nuts 3")
        self.assertEqual(one.filter(lambda item: item.count > 5).counts(), {"bolts": 12})
        self.assertEqual(one.describe(lambda name, count: f"{name}={count};"), "bolts=12;nuts=3;")
        self.assertEqual(one.sum(lambda item: item.count * 2), 30)

    def test_what_it_throws_comes_out(self):
        one = Inventory.parse("bolts 12; nuts 3")
        with self.assertRaises(ZeroDivisionError):
            one.filter(lambda item: 1 / 0)
        with self.assertRaises(InventoryError) as caught:
            one.sum(lambda item: 1 / 0)
        self.assertIsInstance(caught.exception.__cause__, ZeroDivisionError)
        self.assertEqual(caught.exception.errors[0].code, ProblemCode.CALLBACK)
        self.assertIn("division by zero", caught.exception.errors[0].found)
        with self.assertRaisesRegex(TypeError, "callback.*result.*expected True or False"):
            one.filter(lambda item: "yes")
        with self.assertRaisesRegex(TypeError, "expected a callable"):
            one.filter(5)

    def test_listeners(self):
        one = Inventory("Stock")
        heard = []
        one.subscribe(heard.append)
        one.add("bolts")
        one.changed("all")
        self.assertEqual(heard, ["bolts", "all"])

        def fails(what):
            raise KeyError(what)

        one.subscribe(fails)
        unraised = []
        hook, sys.unraisablehook = sys.unraisablehook, lambda u: unraised.append(u.exc_type)
        try:
            one.changed("later")
        finally:
            sys.unraisablehook = hook
        self.assertEqual((heard[-1], unraised), ("later", [KeyError]))

    def test_closing_within_a_call(self):
        one = Inventory("Stock")
        caught = []

        def closes(what):
            try:
                one.close()
            except ValueError as error:
                caught.append(str(error))

        one.subscribe(closes)
        one.add("bolts")
        self.assertEqual(caught, ["close(): another call is using it"])
        one.close()

    def test_callbacks_die_with_their_owner(self):
        one = Inventory("Stock")

        class Listener:
            def __call__(self, what):
                pass

        listener = Listener()
        there = weakref.ref(listener)
        one.subscribe(listener)
        del listener
        gc.collect()
        self.assertIsNotNone(there())
        one.close()
        self.assertIsNone(there())

    def test_from_another_thread_without_the_gil(self):
        one = Inventory.parse(";".join(f"n{i} 1" for i in range(50)))
        threads = set()
        seen = []

        def progress(count):
            threads.add(threading.get_ident())
            seen.append(count)
            return count < 30

        self.assertEqual(one.count_slowly(progress), 30)
        self.assertEqual(seen, list(range(1, 31)))
        self.assertNotIn(threading.get_ident(), threads)
        with self.assertRaises(ZeroDivisionError):
            one.count_slowly(lambda count: 1 / 0)

    def test_many_threads(self):
        one = Inventory.parse("bolts 1; nuts 2")
        failures = []

        def work():
            try:
                for _ in range(200):
                    assert one.total_slowly() == 3
                    assert one.count_slowly(lambda count: True) == 3
            except BaseException as error:  # noqa: BLE001
                failures.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])


class Surface(unittest.TestCase):
    def test_references_are_counted(self):
        one = Inventory.parse("bolts 12")
        texts = ["text-that-is-not-interned %d" % i for i in range(3)]
        before = [sys.getrefcount(text) for text in texts]
        none = sys.getrefcount(None)
        for _ in range(1000):
            one.tag("bolts", texts)
            inventory.echo_optional(texts[0])
            inventory.echo_note({texts[0]: texts, texts[1]: None})
            one.filter(lambda item: True)
            one.get("bolts").unit
            try:
                one.get(texts[2])
            except InventoryError:
                pass
        self.assertEqual([sys.getrefcount(text) for text in texts], before)
        self.assertLess(abs(sys.getrefcount(None) - none), 50)

    def test_help(self):
        self.assertEqual(Inventory.add.__doc__.splitlines()[0], "add(self, name: str, count: int = 1, unit: Unit | str = Unit.PIECE) -> None")
        self.assertIn("Adds to the count of an item.", Inventory.add.__doc__)
        self.assertEqual(inspect.getdoc(Inventory), "What a store has, by name.")
        self.assertEqual(inventory.__doc__, "Counts what is in a store.")

    def test_checksum(self):
        checked = inventory_surface.checked
        self.assertIs(checked(inventory), inventory)
        other = types.ModuleType("other")
        other.__surface_checksum__ = 1
        with self.assertRaisesRegex(ImportError, "another version"):
            checked(other)

    def test_the_stub_is_of_the_module(self):
        with open(inventory_surface.__file__.replace("_surface.py", ".pyi")) as file:
            stub = ast.parse(file.read())
        for declared in stub.body:
            if not isinstance(declared, (ast.ClassDef, ast.FunctionDef)):
                continue
            found = getattr(inventory, declared.name)
            if isinstance(declared, ast.ClassDef):
                stated = {item.name for item in declared.body if isinstance(item, ast.FunctionDef)}
                missing = {name for name in stated if not hasattr(found, name)}
                self.assertEqual(missing, set())
                there = {name for name in vars(found) if not name.startswith("_")}
                if not issubclass(found, (str, Exception)):
                    self.assertEqual(there - stated, set())


if __name__ == "__main__":
    unittest.main()
