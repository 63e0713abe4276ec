// Globs over whole strings, as the annotation `pattern` has them.
#pragma once

#include <string_view>

namespace superconfig::detail {

/// `*` any characters, `?` one, `[a-z]` one of a set, `[!a]` (or `[^a]`) one that is not in it, `{one,two}`
/// alternatives (they nest), backslash takes the next character as it is. A character is a code point; `/` and a
/// leading dot are nothing special. A bracket or brace that is not closed stands for itself.
bool glob_matches(std::string_view pattern, std::string_view text);

}  // namespace superconfig::detail
