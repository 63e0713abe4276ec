// Profiles: what a stack of layers has composed so far, one tree a profile, and the view that is read.
//
// Layers compose profile by profile. The view is default <- selected <- global with merge; when only one of the
// three is there, it is that tree.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compose/compose.hpp"
#include "superconfig/provider.hpp"
#include "superconfig/value.hpp"

namespace superconfig::detail {

/// Profile names compare ignoring ASCII case.
bool same_profile(std::string_view a, std::string_view b) noexcept;

/// The profiles besides the tree of `default`, which stands apart everywhere, since it is the one that nearly every
/// layer changes. A null `default` tree: no layer has written it.
struct Profiles {
  std::vector<ProfileTree> others;  // in the order of their first layer
  std::string default_spelling;     // as first spelled, if not "default"
  std::string selected{default_profile};
};

/// The tree to compose into; made (an empty dict) if the profile is new. Not for `default`.
Value& tree_of(Profiles& profiles, std::string_view name);
const Value* find_tree(const Value& default_tree, const Profiles& profiles, std::string_view name) noexcept;

/// Narrows every profile to the dict at a key; profiles where it is none drop out.
void focus(Value& default_tree, Profiles& profiles, const std::vector<std::string>& key);

/// What a reader sees: a dict without pending edits.
Value view_of(const Value& default_tree, const Profiles& profiles, bool types_known, Notes& notes);

}  // namespace superconfig::detail
