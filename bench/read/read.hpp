// Reading one integer of a resolved configuration.
#pragma once

#include <superconfig/config.hpp>

#include "data/picks.hpp"
#include "harness.hpp"

namespace bench {

Task read_by_path(const superconfig::SuperConfig& config, const Picks& picks);
Task read_by_key(const superconfig::SuperConfig& config, const Picks& picks);
Task read_string_by_path(const superconfig::SuperConfig& config, std::string path);
Task read_missing(const superconfig::SuperConfig& config);

/// The controls: one hash map of all paths, and a call that finds nothing.
Task read_unordered_map(const Text& text, const Picks& picks);
Task read_empty_call(const Picks& picks);

}  // namespace bench
