// What derived configurations keep, each with an override of its own and read once.
#pragma once

#include <superconfig/config.hpp>

#include "data/files.hpp"
#include "data/picks.hpp"

namespace bench {

enum class Deriving { value, override };

/// Bytes of one of n derived configurations.
double derived_bytes(const superconfig::SuperConfig& config, const Picks& picks, std::size_t n, Deriving how);
/// Bytes of the stack itself, resolved.
double stack_bytes(const Files& files, Size size);

}  // namespace bench
