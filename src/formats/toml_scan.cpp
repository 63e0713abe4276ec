#include "formats/toml_scan.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <unordered_map>
#include <utility>
#include <vector>

#include "formats/decimal_float.hpp"
#include "formats/formats.hpp"
#include "superconfig/path.hpp"
#include "text/utf8.hpp"

namespace superconfig {

namespace {

enum CharClass : std::uint8_t { blank = 1, line_break = 2, bare_key = 4, ends_scalar = 8 };

constexpr auto classes = [] {
  std::array<std::uint8_t, 256> table{};
  const auto add = [&table](std::string_view chars, CharClass c) {
    for (const char ch : chars) table[static_cast<unsigned char>(ch)] |= static_cast<std::uint8_t>(c);
  };
  add(" \t", blank);
  add("\r\n", line_break);
  add("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", bare_key);
  add(",]}#\r\n", ends_scalar);
  return table;
}();

constexpr bool is(char c, unsigned mask) noexcept { return (classes[static_cast<unsigned char>(c)] & mask) != 0; }

// The visitor is told, with offsets:
//   bool header(at, is_array)     a header begins; its segments follow, then header_done()
//   bool segment(begin, end)      one segment of a header or key, quotes included
//   bool header_done(), bool key_done()
//   bool open(at, bracket)        a value's bracket; close(bracket) ends it
//   void scalar(begin, end)       a value that is no string, with what stands behind it up to a comma and the like
// A false ends the scan.
template <class Visitor>
class Scanner {
 public:
  Scanner(std::string_view text, Visitor& visitor)
      : begin_(text.data()), at_(begin_ + bom_size(text)), end_(begin_ + text.size()), visitor_(visitor) {}

  void run() {
    while (true) {
      skip_lines();
      if (at_ == end_) return;
      if (!(*at_ == '[' ? header() : statement())) return;
    }
  }

 private:
  [[nodiscard]] std::size_t offset() const noexcept { return static_cast<std::size_t>(at_ - begin_); }

  void skip_blanks() {
    while (at_ != end_ && is(*at_, blank)) ++at_;
  }
  void skip_lines() {
    while (at_ != end_) {
      if (is(*at_, blank | line_break)) {
        ++at_;
      } else if (*at_ == '#') {
        const auto* const found = std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_));
        at_ = found ? static_cast<const char*>(found) : end_;
      } else {
        return;
      }
    }
  }

  bool header() {
    const auto at = offset();
    ++at_;
    const bool is_array = at_ != end_ && *at_ == '[';
    if (is_array) ++at_;
    if (!visitor_.header(at, is_array) || !key()) return false;
    for (int i = is_array ? 2 : 1; i > 0; --i, ++at_)
      if (at_ == end_ || *at_ != ']') return false;
    return visitor_.header_done();
  }

  bool statement() { return key() && assignment() && visitor_.key_done() && value(); }

  // The segments and the blanks after them.
  bool key() {
    while (true) {
      skip_blanks();
      if (at_ == end_) return false;
      const auto begin = offset();
      if (*at_ == '"' || *at_ == '\'') {
        if (!string()) return false;
      } else {
        while (at_ != end_ && is(*at_, bare_key)) ++at_;
        if (offset() == begin) return false;
      }
      if (!visitor_.segment(begin, offset())) return false;
      skip_blanks();
      if (at_ == end_ || *at_ != '.') return true;
      ++at_;
    }
  }

  bool assignment() {
    if (at_ == end_ || *at_ != '=') return false;
    ++at_;
    return true;
  }

  bool string() {
    const char quote = *at_;
    const bool multi_line = end_ - at_ >= 3 && at_[1] == quote && at_[2] == quote;
    at_ += multi_line ? 3 : 1;
    while (at_ != end_) {
      const char c = *at_;
      if (c == quote) {
        if (!multi_line) {
          ++at_;
          return true;
        }
        if (end_ - at_ >= 3 && at_[1] == quote && at_[2] == quote) {
          at_ += 3;
          // One or two quotes may stand right before the closing three.
          for (int more = 0; more < 2 && at_ != end_ && *at_ == quote; ++more) ++at_;
          return true;
        }
      } else if (c == '\\' && quote == '"') {
        if (++at_ == end_) return false;
      } else if (c == '\n' && !multi_line) {
        return false;
      }
      ++at_;
    }
    return false;
  }

  // A value with all that it holds.
  bool value() {
    const auto outer = open_.size();
    while (true) {  // here a value begins
      skip_blanks();
      if (at_ == end_) return false;
      if (*at_ == '"' || *at_ == '\'') {
        if (!string()) return false;
      } else if (*at_ == '[' || *at_ == '{') {
        const char bracket = *at_;
        if (!visitor_.open(offset(), bracket)) return false;
        open_.push_back(bracket);
        ++at_;
        bool closed = false;
        if (!first(closed)) return false;
        if (!closed) continue;
      } else {
        const auto* const begin = at_;
        while (at_ != end_ && !is(*at_, ends_scalar)) ++at_;
        if (at_ == begin) return false;
        visitor_.scalar(static_cast<std::size_t>(begin - begin_), offset());
      }
      while (true) {  // here a value has ended
        if (open_.size() == outer) return true;
        bool closed = false;
        if (!next(closed)) return false;
        if (!closed) break;
      }
    }
  }

  void close() {
    visitor_.close(open_.back());
    open_.pop_back();
    ++at_;
  }

  // After an opening bracket: up to the first value, or over the closing bracket.
  bool first(bool& closed) {
    const bool in_array = open_.back() == '[';
    in_array ? skip_lines() : skip_blanks();
    if (at_ == end_) return false;
    if (*at_ == (in_array ? ']' : '}')) {
      close();
      closed = true;
      return true;
    }
    return in_array || (key() && assignment() && visitor_.key_done());
  }

  // After a value in brackets: over the comma to the next value, or over the closing bracket.
  bool next(bool& closed) {
    const bool in_array = open_.back() == '[';
    in_array ? skip_lines() : skip_blanks();
    if (at_ == end_) return false;
    if (*at_ == ',') {
      ++at_;
      return first(closed);
    }
    if (*at_ != (in_array ? ']' : '}')) return false;
    close();
    closed = true;
    return true;
  }

  const char* begin_;
  const char* at_;
  const char* end_;
  Visitor& visitor_;
  std::vector<char> open_;
};

// Counts the containers around each place: the root, the header's tables, a dotted key's tables, brackets.
struct DepthVisitor {
  std::size_t header_depth = 1;
  std::size_t depth = 1;  // around the key or value that comes
  std::size_t segments = 0;
  std::vector<std::size_t> outer;  // `depth` at each open bracket
  std::optional<std::size_t> too_deep;

  bool check(std::size_t containers, std::size_t at) {
    if (containers <= max_nesting) return true;
    too_deep = at;
    return false;
  }
  bool header(std::size_t, bool) {
    header_depth = depth = 1;
    segments = 0;
    return true;
  }
  // A key's last segment is no container, so it may stand one deeper.
  bool segment(std::size_t begin, std::size_t) { return check(depth + segments++, begin); }
  bool header_done() {
    header_depth = depth = 1 + segments;
    segments = 0;
    return true;
  }
  bool key_done() {
    depth = (outer.empty() ? header_depth : outer.back() + 1) + segments - 1;
    segments = 0;
    return true;
  }
  bool open(std::size_t at, char) {
    outer.push_back(depth);
    ++depth;
    return check(depth, at);
  }
  void close(char) {
    depth = outer.back();
    outer.pop_back();
  }
  void scalar(std::size_t, std::size_t) {}
};

// TOML's rules for who may define and extend what, applied to every key up to the first that breaks them.
class DefinitionVisitor {
 public:
  DefinitionVisitor(std::string_view text, std::size_t end) : text_(text), end_(end) {}
  std::optional<TomlRedefinition> found;

  bool header(std::size_t at, bool is_array) {
    if (at > end_) return false;
    header_is_array_ = is_array;
    in_header_ = true;
    segments_.clear();
    return true;
  }
  bool segment(std::size_t begin, std::size_t end) {
    if (!in_header_ && segments_.empty() && begin > end_) return false;
    segments_.emplace_back(begin, end);
    return true;
  }

  bool header_done() {
    in_header_ = false;
    // Places in the tree are named by the segments' texts, each behind its length; an array of tables by its name
    // and the number of its newest table.
    std::string place;
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      const bool last = i + 1 == segments_.size();
      append(place, i);
      auto [it, is_new] = known_.try_emplace(place, Definition{Kind::implicit_table, segments_[i].first, 0});
      auto& definition = it->second;
      if (is_new) {
        if (last) definition.kind = header_is_array_ ? Kind::table_array : Kind::table;
      } else if (!last) {
        if (definition.kind == Kind::value) return report(definition, i);
      } else if (header_is_array_) {
        if (definition.kind != Kind::table_array) return report(definition, i);
        ++definition.newest;
      } else {
        if (definition.kind != Kind::implicit_table) return report(definition, i);
        definition.kind = Kind::table;
      }
      if (definition.kind == Kind::table_array) place += "#" + std::to_string(definition.newest);
    }
    table_ = std::move(place);
    segments_.clear();
    return true;
  }

  bool key_done() {
    std::string place = outer_.empty() ? table_ : outer_.back();
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      const bool last = i + 1 == segments_.size();
      append(place, i);
      const auto [it, is_new] =
          known_.try_emplace(place, Definition{last ? Kind::value : Kind::dotted_table, segments_[i].first, 0});
      const auto& definition = it->second;
      if (is_new) continue;
      if (last || (definition.kind != Kind::dotted_table && definition.kind != Kind::implicit_table))
        return report(definition, i);
    }
    value_ = std::move(place);
    segments_.clear();
    return true;
  }

  // Inline tables inside arrays have no name; their offset tells them apart.
  bool open(std::size_t at, char) {
    outer_.push_back(value_ + "@" + std::to_string(at));
    return true;
  }
  void close(char) { outer_.pop_back(); }
  void scalar(std::size_t, std::size_t) {}

 private:
  enum class Kind : std::uint8_t { value, table, implicit_table, dotted_table, table_array };
  struct Definition {
    Kind kind;
    std::size_t at;
    std::size_t newest;
  };

  // The segment's text without quotes and escapes.
  [[nodiscard]] std::string plain(std::size_t i) const {
    const auto [begin, end] = segments_[i];
    auto raw = text_.substr(begin, end - begin);
    if (raw.empty() || (raw.front() != '"' && raw.front() != '\'')) return std::string(raw);
    const bool escapes = raw.front() == '"';
    raw = raw.substr(1, raw.size() - 2);
    std::string text;
    for (std::size_t k = 0; k < raw.size(); ++k) {
      if (raw[k] != '\\' || !escapes || k + 1 == raw.size()) {
        text += raw[k];
        continue;
      }
      const char escape = raw[++k];
      constexpr std::string_view from = "btnfr\"\\", to = "\b\t\n\f\r\"\\";
      if (const auto which = from.find(escape); which != std::string_view::npos) {
        text += to[which];
      } else if (escape == 'u' || escape == 'U') {
        const std::size_t digits = escape == 'u' ? 4 : 8;
        std::uint32_t code = 0;
        const auto hex = raw.substr(k + 1, digits);
        std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
        append_utf8(text, code);
        k += digits;
      }
    }
    return text;
  }

  void append(std::string& place, std::size_t i) const {
    const auto text = plain(i);
    place += "." + std::to_string(text.size()) + ":" + text;
  }

  bool report(const Definition& first, std::size_t upto) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i <= upto; ++i) names.push_back(plain(i));
    const auto name = "`" + path_text(names) + "`";
    TomlRedefinition twice;
    twice.first = first.at;
    twice.second = segments_[upto].first;
    if (upto + 1 == segments_.size())
      twice.message = "the key " + name + " is defined twice";
    else
      twice.message = "the key " + name + " is closed: nothing can be added to it here";
    found = std::move(twice);
    return false;
  }

  std::string_view text_;
  std::size_t end_;
  bool header_is_array_ = false;
  bool in_header_ = false;
  std::vector<std::pair<std::size_t, std::size_t>> segments_;
  std::string table_;               // the place of the header's table
  std::string value_;               // the place of the key that was read last
  std::vector<std::string> outer_;  // the places of the open brackets
  std::unordered_map<std::string, Definition> known_;
};

struct TinyFloatVisitor {
  std::string_view text;
  std::string changed;  // the text, once a float has been replaced

  bool header(std::size_t, bool) { return true; }
  bool segment(std::size_t, std::size_t) { return true; }
  bool header_done() { return true; }
  bool key_done() { return true; }
  bool open(std::size_t, char) { return true; }
  void close(char) {}
  void scalar(std::size_t begin, std::size_t end) {
    auto token = text.substr(begin, end - begin);
    token = token.substr(0, token.find_last_not_of(" \t") + 1);
    const bool sign = token.starts_with('-') || token.starts_with('+');
    if (token.find_first_not_of("0123456789_.eE+-") != std::string_view::npos) return;
    std::string digits(token.substr(sign ? 1 : 0));
    std::erase(digits, '_');
    double d = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), d);
    if (read.ec != std::errc::result_out_of_range || read.ptr != digits.data() + digits.size() ||
        !is_below_float_range(digits))
      return;
    if (changed.empty()) changed = text;
    begin += sign ? 1 : 0;
    const auto size = token.size() - (sign ? 1 : 0);  // at least 3: there is a point or an exponent
    changed.replace(begin, size, "0." + std::string(size - 2, '0'));
  }
};

// At least as many as there are characters that can begin a level.
std::size_t most_openers(std::string_view text) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
  std::size_t count = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    const auto is = [word](char c) {
      const auto x = word ^ (ones * static_cast<unsigned char>(c));
      return (x - ones) & ~x;
    };
    auto found = (is('.') | is('[') | is('{')) & highs;
    for (; found; found &= found - 1) ++count;
  }
  return count + (text.size() - at);
}

}  // namespace

std::optional<std::size_t> find_too_deep(std::string_view text) {
  if (most_openers(text) + 2 < max_nesting) return std::nullopt;
  DepthVisitor visitor;
  Scanner(text, visitor).run();
  return visitor.too_deep;
}

std::optional<TomlRedefinition> find_redefinition(std::string_view text, std::size_t end) {
  DefinitionVisitor visitor(text, end);
  Scanner(text, visitor).run();
  return std::move(visitor.found);
}

std::optional<std::string> without_tiny_floats(std::string_view text) {
  TinyFloatVisitor visitor{text, {}};
  Scanner(text, visitor).run();
  if (visitor.changed.empty()) return std::nullopt;
  return std::move(visitor.changed);
}

}  // namespace superconfig
