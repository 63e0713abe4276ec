#include "formats/yaml_text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

#include "text/utf8.hpp"

namespace superconfig {

namespace {

constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

void skip_blanks(std::string_view& text) noexcept {
  while (!text.empty() && is_blank(text[0])) text.remove_prefix(1);
}

// Behind `\x`, `\u` or `\U`.
char32_t take_digits(std::string_view& text, std::size_t count) noexcept {
  std::uint32_t code = 0;
  count = std::min(count, text.size());
  std::from_chars(text.data(), text.data() + count, code, 16);
  text.remove_prefix(count);
  return code;
}

// Behind a backslash that stands before no line break.
void take_escape(std::string_view& rest, std::string& text) {
  const char c = rest.empty() ? '\\' : rest[0];
  rest.remove_prefix(std::min<std::size_t>(rest.size(), 1));
  constexpr std::string_view names = "0abtnvfre", meanings("\0\a\b\t\n\v\f\r\x1B", 9);
  if (const auto which = names.find(c); which != std::string_view::npos) return text.push_back(meanings[which]);
  switch (c) {
    case 'N': return append_utf8(text, 0x85);
    case '_': return append_utf8(text, 0xA0);
    case 'L': return append_utf8(text, 0x2028);
    case 'P': return append_utf8(text, 0x2029);
    case 'x': return append_utf8(text, take_digits(rest, 2));
    case 'U': return append_utf8(text, take_digits(rest, 8));
    case 'u': {
      auto code = take_digits(rest, 4);
      if (code >= 0xD800 && code < 0xDC00 && rest.starts_with("\\u")) {
        rest.remove_prefix(2);
        code = 0x10000 + ((code - 0xD800) << 10) + (take_digits(rest, 4) - 0xDC00);
      }
      return append_utf8(text, code);
    }
    default: text.push_back(c);  // itself
  }
}

}  // namespace

bool take_line_break(std::string_view& text) noexcept {
  const std::size_t size = text.starts_with("\r\n") ? 2 : text.starts_with('\n') || text.starts_with('\r') ? 1 : 0;
  text.remove_prefix(size);
  return size != 0;
}

std::string block_text(std::string_view lines, const YamlBlockStyle& style) {
  std::string text;
  std::size_t empty_lines = 0;  // since the last line that is not
  bool broken = false;          // that line ended in a line break
  bool spaced = false;          // that line began with white space
  for (;;) {
    const auto indent = std::min({lines.find_first_not_of(' '), lines.size(), style.indent});
    auto line = lines.substr(indent);
    if (line.empty()) break;
    if (take_line_break(line)) {
      ++empty_lines;
      lines = line;
      continue;
    }
    if (indent < style.indent) break;
    const bool spaced_now = line[0] == ' ' || line[0] == '\t';
    if (style.folded && broken && !spaced && !spaced_now) {
      if (empty_lines == 0) text += ' ';
    } else if (broken) {
      text += '\n';
    }
    text.append(std::exchange(empty_lines, 0), '\n');
    const auto size = std::min(line.find_first_of("\r\n"), line.size());
    text += line.substr(0, size);
    lines = line.substr(size);
    broken = take_line_break(lines);
    spaced = spaced_now;
  }
  if (broken && style.chomping != '-') text += '\n';
  if (style.chomping == '+') text.append(empty_lines, '\n');
  return text;
}

std::string_view flow_text(std::string_view raw, char quote, std::string& buffer) {
  const std::string_view special = quote == '"' ? "\\\r\n" : quote == '\'' ? "'\r\n" : "\r\n";
  auto next = raw.find_first_of(special);
  if (next == std::string_view::npos) return raw;
  buffer.clear();
  const auto take_empty_lines = [&] {
    std::size_t count = 0;
    for (skip_blanks(raw); take_line_break(raw); skip_blanks(raw)) ++count;
    buffer.append(count, '\n');
    return count;
  };
  for (; next != std::string_view::npos; next = raw.find_first_of(special)) {
    auto before = raw.substr(0, next);
    raw.remove_prefix(next);
    if (take_line_break(raw)) {
      while (!before.empty() && is_blank(before.back())) before.remove_suffix(1);
      buffer += before;
      if (take_empty_lines() == 0) buffer += ' ';
      continue;
    }
    buffer += before;
    raw.remove_prefix(1);
    if (quote == '"') {
      if (take_line_break(raw))
        take_empty_lines();
      else
        take_escape(raw, buffer);
    } else {
      buffer += '\'';
      raw.remove_prefix(std::min<std::size_t>(raw.size(), 1));  // it is doubled
    }
  }
  buffer += raw;
  return buffer;
}

}  // namespace superconfig
