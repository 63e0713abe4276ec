// What the characters of a scalar mean. libfyaml finds where scalars begin and end and refuses what is invalid; but its
// own texts of scalars of several lines take time with the square of their empty lines, and some of version 0.7 are
// wrong.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace superconfig {

/// The text of a valid scalar in its quotes (`"`, `'`) or without any (`\0`): escapes are decoded and lines folded
/// (YAML 1.2, chapters 5.7 and 7.3). It is a part of `raw`, or lies in `buffer`.
std::string_view flow_text(std::string_view raw, char quote, std::string& buffer);

struct YamlBlockStyle {
  bool folded = false;
  char chomping = '\0';    ///< or `+`, `-`
  std::size_t indent = 0;  ///< of its lines
};

/// The text of a block scalar whose header is followed by these lines (chapter 8.1).
std::string block_text(std::string_view lines, const YamlBlockStyle& style);

/// Takes the line break from the front, if there is one.
bool take_line_break(std::string_view& text) noexcept;

}  // namespace superconfig
