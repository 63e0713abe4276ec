// How the name of a variable finds its key.
//
// Names from the environment cannot say where a dot is meant. What the layers below already have, and the fields of
// the types that will be read, decide: the name is matched ignoring ASCII case, with `-` in a known key read as `_`,
// and each `_` of the name may stand for `_` or for a level.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "superconfig/provider.hpp"

namespace superconfig::detail {

/// A key a name may stand for.
struct KnownKey {
  std::vector<std::string> path;
  bool is_edit = false;  ///< the last segment is `x_add` or `x_remove` of a known array `x`

  friend bool operator==(const KnownKey&, const KnownKey&) = default;
};

/// All known keys that the whole name can be read as: those of the layers below if there are any, else those of the
/// shapes. With `dots_nest` a dot in the name is a level, else it is part of the key.
std::vector<KnownKey> keys_read_as(std::string_view name, const Below& below, bool dots_nest = false);

/// The spellings that known keys below `parent` have for one segment. Those of the layers below if there are any, else
/// of the shapes. More than one is ambiguous.
std::vector<KnownKey> spellings_of(std::string_view segment, const std::vector<std::string>& parent,
                                   const Below& below);

/// Whether some profile below has an array at the path.
bool is_known_array(const std::vector<std::string>& path, const Below& below);
/// The positions of a path's segments that address items of known arrays.
std::vector<std::size_t> elements_in(const std::vector<std::string>& path, const Below& below);
/// Whether the key is a bool below, or by a type.
bool is_known_bool(const std::vector<std::string>& path, const Below& below);

/// The known key nearest to a path, as text; empty if none is near.
std::string nearest_known_key(const std::vector<std::string>& path, const Below& below);

}  // namespace superconfig::detail
