// What a text without a known extension is, by its first line that is neither blank nor a comment.
#include <algorithm>

#include "formats/formats.hpp"
#include "text/utf8.hpp"

namespace superconfig {

namespace {

struct Guess {
  Format format = Format::toml;
  bool sure = false;
};

constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

std::string_view without_space(std::string_view text) noexcept {
  const auto begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

// From the first character that means something.
std::string_view from_first_line(std::string_view bytes) noexcept {
  bytes = without_space(bytes.substr(bom_size(bytes)));
  while (bytes.starts_with('#')) {
    const auto end = bytes.find('\n');
    bytes = end == std::string_view::npos ? std::string_view() : without_space(bytes.substr(end));
  }
  return bytes;
}

// Behind the quoted string at the start, or npos.
std::size_t end_of_quoted(std::string_view line) noexcept {
  const char quote = line[0];
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == quote) return i + 1;
    if (line[i] == '\\' && quote == '"') ++i;
  }
  return std::string_view::npos;
}

// `[a.b]` or `[[a]]` as a whole line. `["a"]` and `[1]` may be as well, but are more likely lists.
bool is_table_header(std::string_view line) noexcept {
  const std::string_view close = line.starts_with("[[") ? "]]" : "]";
  auto at = close.size();
  if (at < line.size() && (line[at] == '"' || line[at] == '\'' || (line[at] >= '0' && line[at] <= '9'))) return false;
  while (at < line.size() && line[at] != ']') {
    const char c = line[at];
    if (c == ',' || c == '[' || c == '{' || c == ':' || c == '=') return false;
    const auto quoted = c == '"' || c == '\'' ? end_of_quoted(line.substr(at)) : 1;
    if (quoted == std::string_view::npos) return false;
    at += quoted;
  }
  if (at == close.size() || !line.substr(at).starts_with(close)) return false;
  const auto rest = without_space(line.substr(at + close.size()));
  return rest.empty() || rest.starts_with('#');
}

bool is_separator(std::string_view line, std::size_t colon) noexcept {
  return colon + 1 == line.size() || is_blank(line[colon + 1]);
}

// Which comes first outside of a quoted key: `=`, or a `:` with space behind it.
Guess by_separator(std::string_view line) noexcept {
  std::size_t at = 0;
  if (line[0] == '"' || line[0] == '\'') {
    at = end_of_quoted(line);
    if (at == std::string_view::npos) return {};
  }
  for (; at < line.size(); ++at) {
    if (line[at] == '=') return {Format::toml, true};
    if (line[at] == ':' && is_separator(line, at)) return {Format::yaml, true};
    if (line[at] == '#' && is_blank(line[at - 1])) break;
  }
  return {};
}

Guess guess(std::string_view bytes) noexcept {
  const auto text = from_first_line(bytes);
  if (text.empty()) return {};
  auto line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);

  const auto word = line.substr(0, line.find_first_of(" \t"));
  if (word == "---" || word == "-" || word == "?" || word == "%YAML" || word == "%TAG") return {Format::yaml, true};
  if (line.starts_with("//") || line.starts_with("/*")) return {Format::json, true};
  if (line[0] == '{') {
    const auto inside = without_space(text.substr(1));
    if (inside.starts_with('"') || inside.starts_with('}') || inside.starts_with('/')) return {Format::json, true};
    return {Format::yaml, false};
  }
  if (line[0] == '[') {
    if (is_table_header(line)) return {Format::toml, true};
    const bool closed = line.find_first_of("],") != std::string_view::npos || line.size() == 1;
    return {closed ? Format::json : Format::toml, false};
  }
  return by_separator(line);
}

}  // namespace

std::vector<Format> formats_by_content(std::string_view bytes) {
  std::vector<Format> order{Format::toml, Format::yaml, Format::json};
  const auto likeliest = std::ranges::find(order, guess(bytes).format);
  std::rotate(order.begin(), likeliest, likeliest + 1);
  return order;
}

std::optional<Format> looks_like(std::string_view bytes) noexcept {
  const auto made = guess(bytes);
  if (!made.sure) return std::nullopt;
  return made.format;
}

}  // namespace superconfig
