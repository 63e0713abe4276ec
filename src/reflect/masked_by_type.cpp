#include <algorithm>

#include "superconfig/mask.hpp"
#include "superconfig/shape.hpp"

namespace superconfig {
namespace {

bool is_declared_secret(const DeclaredType& type, const std::vector<std::string>& path) {
  if (path.size() < type.path.size() || !std::equal(type.path.begin(), type.path.end(), path.begin())) return false;
  auto inside = type.inside;
  inside.insert(inside.end(), path.begin() + static_cast<std::ptrdiff_t>(type.path.size()), path.end());
  return is_secret(*type.shape, inside);
}

Value masked_at(const Value& value, std::span<const DeclaredType> types, std::vector<std::string>& path) {
  if (value.is_null()) return value;
  if (std::any_of(types.begin(), types.end(), [&](const auto& type) { return is_declared_secret(type, path); }))
    return Value("***");
  if (value.is_dict()) {
    std::vector<Entry> entries;
    for (const auto& entry : value.entries()) {
      path.emplace_back(entry.name.view());
      entries.push_back({entry.name, masked_at(entry.value, types, path), entry.mark});
      path.pop_back();
    }
    return Value::dict(std::span<Entry>(entries));
  }
  if (value.is_array()) {
    std::vector<Item> items;
    for (const auto& item : value.items()) {
      path.push_back(std::to_string(items.size()));
      items.push_back({masked_at(item.value, types, path), item.mark});
      path.pop_back();
    }
    return Value::array(std::span<Item>(items));
  }
  return value;
}

}  // namespace

Value masked_by_type(const Value& tree, std::span<const DeclaredType> types, const std::vector<std::string>& path) {
  if (types.empty()) return tree;
  auto at = path;
  return masked_at(tree, types, at);
}

}  // namespace superconfig
