// The empty filter of `Empty`, `with_cli_opt` and `with_env_ignore_empty`.
#pragma once

#include "superconfig/value.hpp"

namespace superconfig::detail {

/// The tree without null, "", [] and {}, recursively; false and 0 stay. What becomes empty by that goes too; the root
/// stays.
Value without_empty(const Value& tree);
/// null, "", [] and {}.
bool is_empty(const Value& value);

/// The value with `mark` on every entry and item that has none.
Value marked(const Value& value, Mark mark);

}  // namespace superconfig::detail
