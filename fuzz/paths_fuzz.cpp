// Paths: what parses prints and parses again; reading by text, by Path and by Key finds the same.

#include "superconfig/value.hpp"
#include "target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace superconfig;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const Value tree =
      Value::dict({{"a", Value::dict({{"b", Value::array({1, Value::dict({{"c.d", 2}, {"", 3}})})}, {"0", 4}})},
                   {"", Value::dict({{"", 5}})},
                   {"text", Value::text("[1,{\"x\":2}]", Value::array({1, Value::dict({{"x", 2}})}), true)}});
  bool bad = false;
  const auto by_text = find_path(tree, text, &bad);
  const auto path = Path::parse(text);
  fuzz::must(path.ok() == !bad, "both parsers of paths agree", text);
  if (!path) return 0;
  fuzz::must(Path::parse(path->to_string()).value_or_throw() == *path, "a path prints as itself", text);
  fuzz::must(find_path(tree, *path).value == by_text.value, "a parsed path finds the same", text);
  const Key key(*path);
  fuzz::must(find_path(tree, key).value == by_text.value, "a key finds the same", text);
  fuzz::must(find_path(tree, key).value == by_text.value, "a key finds the same by its hint", text);
  return 0;
}
