// What `explain` says about a path: the winner, all it shadowed in layer order, and what touched it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "superconfig/mask.hpp"
#include "superconfig/origin.hpp"
#include "superconfig/provider.hpp"
#include "superconfig/value.hpp"

namespace superconfig {

/// One layer's say about the path.
struct Contribution {
  std::uint32_t layer = 0;  ///< index of the layer, from 0
  Metadata provider;
  std::string profile;
  std::string what;   ///< "value", "add", "remove", "element 2", "unset", "replace"
  Value value;        ///< what the layer has at the path
  Origin origin;      ///< where
  bool wins = false;  ///< (part of) the value comes from here
};

/// An item of the array at the path, with its own origin.
struct ExplainedItem {
  Value value;
  Origin origin;
};

/// An item that an `x_remove` took out.
struct RemovedItem {
  Value value;
  Origin origin;      ///< where the item had been written
  Origin removed_by;  ///< where the removal is written
};

struct Explanation {
  std::string path;
  std::optional<Value> value;               ///< nothing if there is none
  Origin origin;                            ///< of the value
  std::vector<Contribution> contributions;  ///< in layer order: the last that wins is the winner
  std::vector<ExplainedItem> items;         ///< if the value is an array
  std::vector<RemovedItem> removed;
  std::vector<Unmatched>
      unmatched;                  ///< variables that no known key claimed: all for the root, else those below the path
  std::vector<Warning> warnings;  ///< about the path or what is below it
  std::vector<DeclaredType> types;  ///< whose Secret<T> are masked

  /// What may be shown of a value at the path, or of an item of the list there.
  [[nodiscard]] Value masked(const Value& shown, bool item = false) const;
  /// For people, several lines. Secrets are masked unless `reveal`.
  [[nodiscard]] std::string to_string(bool reveal = false) const;
};

}  // namespace superconfig
