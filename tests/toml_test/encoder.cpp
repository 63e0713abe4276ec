// toml-test's encoder: its tagged JSON on the standard input, TOML on the standard output.
#include <charconv>
#include <cstdlib>

#include "toml_test/tagged.hpp"

namespace superconfig::toml_test {
namespace {

template <class T>
T number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  T made{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), made);
  if (error != std::errc() || end != text.data() + text.size()) {
    std::cerr << "not a number: " << text << '\n';
    std::exit(2);
  }
  return made;
}

// An error of the suite or of this program, never of the library.
[[noreturn]] void stop(std::string_view what) {
  std::cerr << "not toml-test's JSON: " << what << '\n';
  std::exit(2);
}

Value scalar(std::string_view type, std::string_view text) {
  if (type == "string") return Value(text);
  if (type == "bool") return Value(text == "true");
  if (type == "integer") return Value(number<std::int64_t>(text));
  if (type == "float") return Value(number<double>(text));
  const auto datetime = Datetime::parse(text);
  if (!datetime) stop(type);
  return Value(*datetime);
}

Value untagged(const Value& value) {
  if (value.is_array()) {
    std::vector<Item> items;
    for (const auto& item : value.items()) items.push_back({untagged(item.value), {}});
    return Value::array(items);
  }
  if (!value.is_dict()) stop("a bare scalar");
  const auto* type = value.find("type");
  const auto* text = value.find("value");
  if (value.size() == 2 && type && text && type->value.is_string() && text->value.is_string())
    return scalar(*type->value.as_string(), *text->value.as_string());
  std::vector<Entry> entries;
  for (const auto& entry : value.entries()) entries.push_back({entry.name, untagged(entry.value), {}});
  return Value::dict(entries);
}

}  // namespace
}  // namespace superconfig::toml_test

int main() {
  using namespace superconfig;
  const auto source = Source::text("stdin", toml_test::read_input());
  const auto tree = parse_json(source);
  return toml_test::finish(tree ? write_toml(toml_test::untagged(*tree)) : Result<std::string>(tree.error()));
}
