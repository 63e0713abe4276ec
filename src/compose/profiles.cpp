#include "compose/profiles.hpp"

#include <algorithm>

namespace superconfig::detail {

bool same_profile(std::string_view a, std::string_view b) noexcept {
  if (a == b) return true;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

Value& tree_of(Profiles& profiles, std::string_view name) {
  for (auto& other : profiles.others)
    if (same_profile(other.profile, name)) return other.tree;
  profiles.others.push_back({std::string(name), Value::dict(std::span<Entry>()), {}});
  return profiles.others.back().tree;
}

const Value* find_tree(const Value& default_tree, const Profiles& profiles, std::string_view name) noexcept {
  if (same_profile(name, default_profile)) return default_tree.is_null() ? nullptr : &default_tree;
  for (const auto& other : profiles.others)
    if (same_profile(other.profile, name)) return &other.tree;
  return nullptr;
}

void focus(Value& default_tree, Profiles& profiles, const std::vector<std::string>& key) {
  const Path path(key);
  const auto narrow = [&path](Value& tree) {
    const auto found = find_path(tree, path);
    if (!found || !found.value->is_dict()) return false;
    tree = Value(found.value->text_guess());
    return true;
  };
  if (!default_tree.is_null() && !narrow(default_tree)) default_tree = Value();
  std::erase_if(profiles.others, [&](ProfileTree& other) { return !narrow(other.tree); });
}

Value view_of(const Value& default_tree, const Profiles& profiles, bool types_known, Notes& notes) {
  const ComposeRules rules{Order::merge, false, false, types_known};
  Value view;
  const auto add = [&](std::string_view name) {
    const auto* tree = find_tree(default_tree, profiles, name);
    if (!tree) return;
    if (view.is_null()) {
      view = has_flag(*tree, Node::holds_pending) ? without_pending(*tree, name, notes) : *tree;
    } else {
      compose(view, *tree, rules, name, notes);
    }
  };
  add(default_profile);
  if (!same_profile(profiles.selected, default_profile) && !same_profile(profiles.selected, global_profile))
    add(profiles.selected);
  add(global_profile);
  if (view.is_null()) view = Value::dict(std::span<Entry>());
  return view;
}

}  // namespace superconfig::detail
