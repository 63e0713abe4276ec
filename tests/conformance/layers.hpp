// A case's `layers`, `select` and `focus` as a configuration.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "superconfig/config.hpp"

namespace superconfig::conformance {

/// Which operation of the case each layer came from. A case counts all its operations; the library counts layers
/// only, and some operations add none (`select`, `focus`, an optional one without a provider).
struct LayerNumbers {
  std::vector<std::size_t> operation;          ///< of each layer
  std::map<std::size_t, LayerNumbers> inside;  ///< of layers that are configurations, by layer

  /// A layer of the library as a case spells it: "2", or "2.0" inside a configuration used as a provider.
  [[nodiscard]] std::string spell(std::span<const std::uint32_t> layer) const;
};

/// When the configuration is read: once, when all layers are there, or after every operation too, so that each
/// starts from a tree that others hold. What comes out must be the same.
enum class Pace : std::uint8_t { at_the_end, stepwise };

/// The configuration as it was after an operation, and what it then read as.
struct Step {
  SuperConfig config;
  std::string text;
};

struct Built {
  SuperConfig config;
  LayerNumbers numbers;
  std::vector<Step> steps;  ///< only if built stepwise
};

/// The tree, or the errors, as text.
std::string reading_of(const SuperConfig& config);

/// `scope` has the members `layers`, `select` and `focus`, its strings as `plain` gives them. Throws NotYet, BadCase.
Built build(const Value& scope, Pace pace);

}  // namespace superconfig::conformance
