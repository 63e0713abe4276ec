// Expected against found: values, kinds, sets of names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "superconfig/value.hpp"

namespace superconfig::conformance {

struct Mismatch {
  std::string where;  ///< "value.a.b", "origin of a.0", "get_string(\"a\")"
  std::string expected;
  std::string found;
};
using Mismatches = std::vector<Mismatch>;

/// Dicts as unordered, arrays in order, an integer is no float, floats by their bits but NaN equals NaN; found
/// datetimes count as their TOML text, found text as its guess.
void compare_values(const std::string& where, const Value& expected, const Value& found, Mismatches& mismatches);

/// `expected`: raw dotted path -> kind word, for leaves of `found`.
void compare_kinds(const Value& expected, const Value& found, Mismatches& mismatches);

/// As sets.
void compare_names(const std::string& where, std::vector<std::string> expected, std::vector<std::string> found,
                   Mismatches& mismatches);

/// The segments joined by `.`, without quoting: how cases spell paths.
std::string dotted(const std::vector<std::string>& segments);

}  // namespace superconfig::conformance
