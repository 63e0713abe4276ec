// The epochs of the program, and each thread's record in them.
#pragma once

#include "registry/epochs.hpp"
#include "superconfig/config/layer_ref.hpp"

namespace superconfig::detail {

/// Lets go of a layer that was unlinked from a cell, when no reader can be looking at it. nullptr: nothing to do.
void retire(Layer* layer) noexcept;
/// Destroys what can be destroyed of what this thread retired and ended threads left.
void collect_garbage() noexcept;
/// For tests: how many layers this thread retired that still wait, and how many records there are.
std::size_t garbage_of_this_thread() noexcept;
std::size_t epoch_records() noexcept;

}  // namespace superconfig::detail
