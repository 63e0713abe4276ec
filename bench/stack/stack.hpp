// Stacks of very many layers: what one layer costs must not depend on how many there are.
#pragma once

#include <cstddef>

namespace bench {

enum class Layers {
  one_key,    ///< all set the same key
  many_keys,  ///< each sets a key of its own
  appended,   ///< each appends an item to an array
  all_held,   ///< all set the same key, and every configuration on the way is held
};

/// Nanoseconds a layer.
struct StackTimes {
  double add = 0, resolve = 0, destroy = 0, destroy_unresolved = 0;
};

/// Builds, resolves and destroys a stack, and checks what it says.
StackTimes run_stack(Layers layers, std::size_t n);

}  // namespace bench
