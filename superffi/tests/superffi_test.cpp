// The vocabulary itself: names, signatures, kinds, the checksum, the model. Compiles or prints what is wrong.
#include <cstdio>
#include <string>

#include "superffi/model.hpp"
#include "superffi/spell.hpp"
#include "surface.hpp"

namespace {

int failures = 0;
template <class A, class B>
void equal(const A& found, const B& expected, int line) {
  if (found == expected) return;
  ++failures;
  std::fprintf(stderr, "superffi_test.cpp:%d: not equal\n", line);
}
void equal(const std::string& found, const char* expected, int line) {
  if (found == expected) return;
  ++failures;
  std::fprintf(stderr, "superffi_test.cpp:%d: found    %s\n       expected %s\n", line, found.c_str(), expected);
}
#define EQUAL(found, expected) equal(found, expected, __LINE__)

using namespace superffi;

// Kinds and ways to pass.
static_assert(kind_of<const std::string&> == Kind::text && kind_of<std::string_view> == Kind::text);
static_assert(kind_of<std::size_t> == Kind::integer && kind_of<bool> == Kind::boolean);
static_assert(kind_of<std::vector<std::uint8_t>> == Kind::bytes && kind_of<std::span<const std::byte>> == Kind::bytes);
static_assert(kind_of<std::vector<std::pair<std::string, int>>> == Kind::map);
static_assert(kind_of<std::vector<std::pair<int, int>>> == Kind::list);
static_assert(kind_of<shop::Note> == Kind::tree && kind_of<shop::Item> == Kind::record);
static_assert(kind_of<shop::Inventory> == Kind::object && kind_of<std::shared_ptr<shop::Inventory>> == Kind::object);
static_assert(detail::pass_of<shop::Inventory&&>() == Pass::consumed);
static_assert(detail::pass_of<const shop::Inventory&>() == Pass::borrowed);

// Members of every sort, lambdas and overloads as methods.
struct Sorts {
  Sorts() {}
  int plain(int a) { return a; }
  int constant() const noexcept { return 1; }
  int lvalue() & { return 1; }
  int consumed() && { return 1; }
  int twice(int a) const { return 2 * a; }
  int twice(double a) { return static_cast<int>(a); }
};
template <auto F>
using self_of = typename Fn<F>::as_method::type::self;
static_assert(std::is_same_v<self_of<&Sorts::plain>, Sorts&> &&
              std::is_same_v<self_of<&Sorts::constant>, const Sorts&>);
static_assert(std::is_same_v<self_of<&Sorts::lvalue>, Sorts&> && std::is_same_v<self_of<&Sorts::consumed>, Sorts&&>);
static_assert(std::is_same_v<self_of<[](const Sorts&, int) {}>, const Sorts&>);
static_assert(Fn<[](const Sorts&, int) {}>::as_method::type::arity == 1);
static_assert(std::is_same_v<self_of<overload<int(int) const>(&Sorts::twice)>, const Sorts&>);
static_assert(std::is_same_v<self_of<overload<int(double)>(&Sorts::twice)>, Sorts&>);

// The checksum knows of shapes and not of sentences.
constexpr auto first = superffi::surface("a", "a", "One.", superffi::function("f", fn<[](int) {}>, "Does.", "x"));
constexpr auto reworded = superffi::surface("a", "a", "Two.", superffi::function("f", fn<[](int) {}>, "Did.", "x"));
constexpr auto renamed = superffi::surface("a", "a", "One.", superffi::function("f", fn<[](int) {}>, "Does.", "y"));
constexpr auto retyped =
    superffi::surface("a", "a", "One.", superffi::function("f", fn<[](unsigned) {}>, "Does.", "x"));
constexpr auto defaulted =
    superffi::surface("a", "a", "One.", superffi::function("f", fn<[](int) {}>, "Does.", arg("x", 1)));
constexpr auto tagged =
    superffi::surface("a", "a", "One.", superffi::function("f", fn<[](int) {}>, "Does.", "x", async));
static_assert(checksum<first>() == checksum<reworded>());
static_assert(checksum<first>() != checksum<renamed>());
static_assert(checksum<first>() != checksum<retyped>());
static_assert(checksum<first>() != checksum<defaulted>());
static_assert(checksum<first>() != checksum<tagged>());

// Left out of a language, and grouped.
constexpr auto nowhere = superffi::function("f", fn<[] {}>, "Does.", not_in<Language::c, Language::wasm>);
static_assert(nowhere.in(Language::python) && !nowhere.in(Language::c) && !nowhere.in(Language::wasm));
constexpr auto grouped = superffi::class_<Sorts>(
    "Sorts", "All sorts.", group(method("plain", fn<&Sorts::plain>, "Plain.", "a")), group(),
    group(method("constant", fn<&Sorts::constant>, "Constant."), method("consumed", fn<&Sorts::consumed>, "Used up.")));
static_assert(std::tuple_size_v<decltype(grouped.members)> == 3);

void test_names() {
  EQUAL(camel_case("with_file"), "withFile");
  EQUAL(camel_case("x"), "x");
  EQUAL(snake_case("SharedHandle"), "shared_handle");
  EQUAL(snake_case("HTTPServer2"), "http_server2");
  EQUAL(snake_case("echo_int64"), "echo_int64");
  EQUAL(spell_name(Language::python, "from"), "from_");
  EQUAL(spell_name(Language::python, "delete"), "delete");
  EQUAL(spell_name(Language::node, "delete"), "delete_");
  EQUAL(spell_member(Language::node, "delete"), "delete");
  EQUAL(spell_member(Language::python, "class"), "class_");
  EQUAL(spell_name(Language::c, "int"), "int_");
  EQUAL(spell_name(Language::c, "error"), "error_");
}

void test_model() {
  const Model model = describe<shop::surface>();
  EQUAL(model.classes.size(), 2U);
  EQUAL(model.checksum, checksum<shop::surface>());
  const auto find = [&](const char* name) -> const CallModel& {
    for (const CallModel& call : model.classes[0].calls)
      if (call.name == name) return call;
    std::fprintf(stderr, "no %s\n", name);
    std::exit(1);
  };
  EQUAL(python_signature(find("add"), "add"),
        "def add(self, name: str, count: int = 1, unit: Unit | str = Unit.PIECE) -> None");
  EQUAL(find("renamed").consumes, true);
  EQUAL(find("with_item").fails, true);
  EQUAL(find("count_slowly").is_async(), true);
  EQUAL(typescript_type(find("counts").result, Flow::out), "Map<string, number | bigint>");
  EQUAL(typescript_type(find("sum").args[0].type, Flow::in), "((a: Item) => number | bigint)");
  EQUAL(python_type(find("find").result, Flow::out), "Item | None");
  EQUAL(javascript_literal(model.records[0].fields[2].default_value, Kind::enumeration), "\"piece\"");
}

}  // namespace

int main() {
  test_names();
  test_model();
  if (failures == 0) std::puts("the vocabulary is sound");
  return failures == 0 ? 0 : 1;
}
