// Text from the environment and the command line: what it looks like, for those who ask for no type.
#pragma once

#include <string_view>

#include "superconfig/value.hpp"

namespace superconfig::detail {

/// The text without the white space (Unicode) around it.
std::string_view trimmed(std::string_view text) noexcept;

/// Text as `with_env` and `--set` read it: trimmed; its guess is an array or object if it is JSON (file rules), a bool
/// (true false yes no on off in any case), an integer `[+-]?digits`, a float `[+-]?(d+(.d*)?|.d+)([eE][+-]?d+)?`, else
/// a string. Numbers too large for 64 bits stay strings.
Value guessed_text(std::string_view text, Mark mark);

/// The text of a list as `with_env` and `--set` give it: split at commas, with quoting. Items are text.
Value split_commas(std::string_view text, Mark mark);

/// true false yes no on off 1 0 in any case.
enum class BoolWord : unsigned char { none, yes, no };
BoolWord bool_word(std::string_view text, bool digits) noexcept;

}  // namespace superconfig::detail
