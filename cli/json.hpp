// What `--json` prints: origins, errors and the like as data. Names of files are absolute here.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "listing.hpp"
#include "superconfig/config.hpp"

namespace superconfig::cli {

Value json_of(const Origin& origin);
Value json_of(const Errors& errors);
Value json_of(const std::vector<Warning>& warnings);
Value json_of(const std::vector<Unmatched>& unmatched);
Value json_of(std::span<const Line> lines);

/// An array of what the function makes of each.
template <class Range, class F>
Value json_array(const Range& range, F make) {
  std::vector<Item> items;
  for (const auto& one : range) items.push_back({make(one), {}});
  return Value::array(items);
}

}  // namespace superconfig::cli
