// What the characters of a scalar mean, for the scalars that libfyaml 0.7 gets wrong. It loses line breaks of block
// scalars before a line that is indented further, invents some at the end of the text, and loses what follows an
// escaped line break and an empty line, and escaped white space at the end of a line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace superconfig {

struct YamlBlockStyle {
  bool folded = false;
  char chomping = '\0';    ///< or `+`, `-`
  std::size_t indent = 0;  ///< of its lines
};

/// The text of a block scalar whose header is followed by these lines (YAML 1.2, chapter 8.1).
std::string block_text(std::string_view lines, const YamlBlockStyle& style);

/// The text of a valid string between its double quotes (chapters 5.7 and 7.3.1).
std::string double_quoted_text(std::string_view raw);

/// Takes the line break from the front, if there is one.
bool take_line_break(std::string_view& text) noexcept;

}  // namespace superconfig
