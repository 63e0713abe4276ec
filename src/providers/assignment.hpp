// Named texts on their way into a tree: what environment variables, settings and arguments have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compose/compose.hpp"
#include "providers/known_keys.hpp"
#include "superconfig/value.hpp"

namespace superconfig::detail {

// A variable or setting, and where its value goes.
struct Assignment {
  std::string_view name;  // of the variable; its source holds it
  std::vector<std::string> path;
  std::vector<std::size_t> elements;  // the segments that are items of known arrays
  Value value;
  Mark mark;
};

/// A scalar beside what nests in it contradicts it.
void check_conflicts(const std::vector<Assignment>& assignments, std::vector<Error>& errors);

/// The tree of all: whole values before nested ones, items in the order of their index; else in the order given.
Value tree_of(std::vector<Assignment>& assignments);

/// "`a.b` and `a_b`".
std::string listed(const std::vector<KnownKey>& keys);

}  // namespace superconfig::detail
