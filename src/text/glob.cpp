#include "text/glob.hpp"

#include <cstddef>
#include <string>

#include "text/utf8.hpp"

namespace superconfig::detail {

namespace {

// The length of the character at the start; bytes that are no UTF-8 count one by one.
std::size_t character(std::string_view text) noexcept {
  std::size_t size = utf8_sequence(text, 0);
  return size > 0 ? size : 1;
}

bool less_or_equal(std::string_view a, std::string_view b) noexcept {
  // UTF-8 sorts as its code points do.
  return a <= b;
}

// The set at the start of the pattern, `[…]`: its length, and whether `one` is in it. 0 if it is not closed.
std::size_t match_set(std::string_view pattern, std::string_view one, bool& matches) noexcept {
  std::size_t i = 1;
  bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (bool first = true; i < pattern.size(); first = false) {
    if (pattern[i] == ']' && !first) {
      matches = found != negated;
      return i + 1;
    }
    if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
    auto low = pattern.substr(i, character(pattern.substr(i)));
    i += low.size();
    auto high = low;
    if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
      ++i;
      if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
      high = pattern.substr(i, character(pattern.substr(i)));
      i += high.size();
    }
    found = found || (less_or_equal(low, one) && less_or_equal(one, high));
  }
  return 0;
}

// Where the brace that opens at the start closes, or 0.
std::size_t closing_brace(std::string_view pattern) noexcept {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '{') {
      ++depth;
    } else if (pattern[i] == '}' && --depth == 0) {
      return i;
    }
  }
  return 0;
}

bool match(std::string_view pattern, std::string_view text);

bool match_alternatives(std::string_view inside, std::string_view rest, std::string_view text) {
  std::size_t begin = 0, depth = 0;
  for (std::size_t i = 0; i <= inside.size(); ++i) {
    if (i < inside.size() && inside[i] == '\\') {
      ++i;
    } else if (i < inside.size() && inside[i] == '{') {
      ++depth;
    } else if (i < inside.size() && inside[i] == '}') {
      --depth;
    } else if (i >= inside.size() || (inside[i] == ',' && depth == 0)) {
      if (match(std::string(inside.substr(begin, i - begin)).append(rest), text)) return true;
      begin = i + 1;
    }
  }
  return false;
}

// Remembers the last star only: what it takes is all that ever needs to be tried again, so a pattern without braces
// costs at most pattern times text.
bool match(std::string_view pattern, std::string_view text) {
  constexpr std::size_t none = std::string_view::npos;
  std::size_t p = 0, t = 0, star = none, star_text = 0;
  for (;;) {
    bool ok = false;
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_text = t;
      continue;
    }
    if (p < pattern.size() && pattern[p] == '{') {
      if (std::size_t close = closing_brace(pattern.substr(p)); close != 0) {
        auto inside = pattern.substr(p + 1, close - 1), rest = pattern.substr(p + close + 1);
        if (match_alternatives(inside, rest, text.substr(t))) return true;
      } else if (t < text.size() && text[t] == '{') {
        ++p;
        ++t;
        continue;
      }
    } else if (p == pattern.size()) {
      if (t == text.size()) return true;
    } else if (t < text.size()) {
      std::size_t size = character(text.substr(t));
      if (pattern[p] == '?') {
        ok = true;
        ++p;
      } else if (std::size_t set = pattern[p] == '[' ? match_set(pattern.substr(p), text.substr(t, size), ok) : 0;
                 set != 0) {
        if (ok) p += set;
      } else {
        std::size_t at = p + (pattern[p] == '\\' && p + 1 < pattern.size() ? 1 : 0);
        ok = pattern.substr(at).starts_with(text.substr(t, size));
        if (ok) p = at + size;
      }
      if (ok) {
        t += size;
        continue;
      }
    }
    // A dead end: let the last star take one character more.
    if (star == none || star_text >= text.size()) return false;
    star_text += character(text.substr(star_text));
    p = star;
    t = star_text;
  }
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text) { return match(pattern, text); }

}  // namespace superconfig::detail
