// A scanner that sees the outline of a TOML text: headers, keys, brackets. It checks no grammar; it stops where it
// does not understand, and there toml++ stops too.
//
// toml++ recurses over nesting and over dotted keys without a limit of its own for the latter, and does not say
// where the first of two equal keys was. So the scanner runs before it (`find_too_deep`, as cheap as possible) and,
// when it has failed, after it (`find_redefinition`).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace superconfig {

/// The place where the text nests deeper than `max_nesting`, by brackets, headers and dotted keys together.
std::optional<std::size_t> find_too_deep(std::string_view text);

struct TomlRedefinition {
  std::size_t first = 0, second = 0;  ///< offsets of the two keys or headers
  std::string message;
};

/// The first key or header, at most at `end`, that defines again or extends what an earlier one has settled.
std::optional<TomlRedefinition> find_redefinition(std::string_view text, std::size_t end);

/// The text with every float that is too small for a double written as zero, in as many characters; or nothing if
/// there is none. toml++ takes such floats for errors.
std::optional<std::string> without_tiny_floats(std::string_view text);

}  // namespace superconfig
