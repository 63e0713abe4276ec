#include "text/secrets.hpp"

#include <algorithm>

namespace superconfig::detail {

namespace {

bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_word_end(char c) noexcept { return c == '_' || c == '-' || c == ' ' || c == '.'; }

bool same_word(std::string_view word, std::string_view lower_case) noexcept {
  if (word.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    char c = is_upper(word[i]) ? static_cast<char>(word[i] - 'A' + 'a') : word[i];
    if (c != lower_case[i]) return false;
  }
  return true;
}

// Takes the next word off the text: up to a separator, `aB`, or the last capital of `ABc`.
std::string_view next_word(std::string_view& text) noexcept {
  std::size_t begin = 0;
  while (begin < text.size() && is_word_end(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && !is_word_end(text[end])) {
    if (end > begin) {
      bool hump = !is_upper(text[end - 1]) && is_upper(text[end]);
      bool acronym_ends =
          is_upper(text[end - 1]) && is_upper(text[end]) && end + 1 < text.size() && is_lower(text[end + 1]);
      if (hump || acronym_ends) break;
    }
    ++end;
  }
  auto word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

std::uint32_t width_of(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

bool names_secret(std::string_view segment) noexcept {
  std::string_view before;
  while (!segment.empty()) {
    auto word = next_word(segment);
    for (std::string_view secret : {"password", "passwd", "secret", "token", "credential", "credentials"})
      if (same_word(word, secret)) return true;
    if (same_word(word, "key") && (same_word(before, "api") || same_word(before, "private"))) return true;
    before = word;
  }
  return false;
}

std::string masked_text(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t scheme = text.find("://"); scheme != std::string_view::npos; scheme = text.find("://", scheme + 3)) {
    std::size_t begin = scheme + 3;
    std::size_t end = text.find_first_of("/?#\"' \t\r\n", begin);
    auto authority = text.substr(begin, end == std::string_view::npos ? end : end - begin);
    std::size_t at = authority.rfind('@');
    std::size_t colon = authority.find(':');
    if (at == std::string_view::npos || colon == std::string_view::npos || colon >= at) continue;
    out += text.substr(done, begin + colon + 1 - done);
    out += "***";
    done = begin + at;
  }
  out += text.substr(done);
  return out;
}

bool hide_secrets(std::string& line, std::uint32_t& column) {
  const auto is_name = [](char c) {
    return is_lower(c) || is_upper(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  bool hidden = false;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = at;
    while (end < line.size() && is_name(line[end])) ++end;
    if (end > at && names_secret(std::string_view(line).substr(at, end - at))) {
      const auto sign = line.find_first_of("=:", end);
      if (sign == std::string::npos) break;
      line.replace(sign + 1, std::string::npos, " ***");
      const auto stars = width_of(line) - 2;
      hidden = stars <= column;
      if (hidden) column = stars;
      break;
    }
    at = end + 1;
  }
  line = masked_text(line);
  return hidden;
}

void hide_quoted(std::string& message) {
  for (std::size_t at = 0; (at = message.find('`', at)) != std::string::npos;) {
    const auto end = message.find('`', at + 1);
    if (end == std::string::npos) break;
    message.replace(at, end - at + 1, "***");
    at += 3;
  }
}

}  // namespace superconfig::detail
