#include "superconfig/mask.hpp"

#include "value/mask.hpp"

namespace superconfig {
namespace {

// What is deeper is not shown.
constexpr int most_levels = 1000;

// A variable's name may say what its key no longer does: APP_API_KEY nests as `api.key` where no such key is known.
bool is_secret_variable(Mark mark) {
  if (mark.source == 0 || mark.offset != 0) return false;
  const auto source = source_of(mark);
  return source.kind() == SourceKind::environment && detail::names_secret(source.name());
}

Value masked_value(const Value& value, bool secret, int levels) {
  if (levels == 0) return Value("…");
  if (value.is_dict()) {
    std::vector<Entry> entries;
    for (const auto& entry : value.entries())
      entries.push_back(
          {entry.name,
           masked_value(entry.value, detail::names_secret(entry.name.view()) || is_secret_variable(entry.mark),
                        levels - 1),
           entry.mark});
    return Value::dict(std::span<Entry>(entries));
  }
  if (value.is_array()) {
    std::vector<Item> items;
    for (const auto& item : value.items()) items.push_back({masked_value(item.value, secret, levels - 1), item.mark});
    return Value::array(std::span<Item>(items));
  }
  if (value.is_null()) return value;
  if (secret) return Value("***");
  if (const auto text = value.as_string()) {
    auto masked_url = detail::masked_text(*text);
    if (masked_url != *text) return Value(masked_url);
  }
  return value;
}

}  // namespace

Value masked(const Value& tree, const std::vector<std::string>& path) {
  return masked_value(tree, names_secret(path), most_levels);
}
bool names_secret(const std::vector<std::string>& path) noexcept { return detail::names_secret(path); }

}  // namespace superconfig
