#include "providers/env_value.hpp"

#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "formats/text_guess.hpp"
#include "text/utf8.hpp"
#include "value/nodes.hpp"

namespace superconfig::detail {
namespace {

bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v'); }
bool is_separator(char c) noexcept { return c == ',' || c == '{' || c == '}' || c == '[' || c == ']'; }

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

template <class T>
bool whole_number(std::string_view text, T& out) noexcept {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  const auto* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, out);
  return result.ec == std::errc() && result.ptr == end && !text.empty();
}

// What Rust's f64 takes, of the texts that hold a dot.
bool whole_float(std::string_view text, double& out) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  const auto digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || (digits[0] != '.' && (digits[0] < '0' || digits[0] > '9'))) return false;
  const auto* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, out);
  if (result.ptr != end) return false;
  if (result.ec == std::errc::result_out_of_range) {
    // Rust rounds to infinity or zero.
    const auto exponent = text.find_first_of("eE");
    const bool small = exponent != std::string_view::npos ? text.substr(exponent + 1).starts_with('-')
                                                          : text.find_first_of("123456789") > text.find('.');
    out = small ? 0.0 : HUGE_VAL;
    if (text.starts_with('-')) out = -out;
    return true;
  }
  return result.ec == std::errc();
}

class Reader {
 public:
  Reader(std::string_view text, Mark mark) : text_(text), mark_(mark) {}

  bool whole(Value& out) { return value(out, 0) && at_ == text_.size(); }

 private:
  [[nodiscard]] bool done() const noexcept { return at_ == text_.size(); }
  [[nodiscard]] char peek() const noexcept { return done() ? '\0' : text_[at_]; }
  bool eat(char c) noexcept {
    if (done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool eat(std::string_view word) noexcept {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  void spaces() noexcept {
    while (!done() && is_space(text_[at_])) ++at_;
  }

  bool value(Value& out, std::uint32_t depth) {
    if (depth > most_levels) return false;
    spaces();
    const auto begin = at_;
    if (eat("true")) {
      out = Value::text("true", true, false);
    } else if (eat("false")) {
      out = Value::text("false", false, false);
    } else if (peek() == '[' || peek() == '{') {
      Value tree;
      if (!(peek() == '[' ? array(tree, depth) : dict(tree, depth))) return false;
      out = Value::text(depth == 0 ? text_ : text_.substr(begin, at_ - begin), std::move(tree), false);
    } else if (peek() == '"') {
      std::string content;
      if (!string(content)) return false;
      out = Value::text(content, Value(content), false);
    } else if (eat('\'')) {
      const auto size = utf8_sequence(text_, at_);
      if (size == 0) return false;
      const auto content = text_.substr(at_, size);
      at_ += size;
      if (!eat('\'')) return false;
      out = Value::text(content, Value(content), false);
    } else {
      while (!done() && !is_separator(text_[at_])) ++at_;
      out = plain(trimmed(text_.substr(begin, at_ - begin)));
    }
    spaces();
    return true;
  }

  static Value plain(std::string_view text) {
    const auto as = [text](Value guess) { return Value::text(text, std::move(guess), false); };
    double d = 0;
    if (text.find('.') != std::string_view::npos && whole_float(text, d)) return as(d);
    std::uint64_t u = 0;
    if (whole_number(text, u)) return as(u);
    std::int64_t i = 0;
    if (whole_number(text, i)) return as(i);
    return as(Value(text));
  }

  bool array(Value& out, std::uint32_t depth) {
    std::vector<Item> items;
    ++at_;
    while (!eat(']')) {
      Value item;
      if (!value(item, depth + 1)) return false;
      items.push_back({std::move(item), mark_});
      if (eat(',')) continue;
      if (!eat(']')) return false;
      break;
    }
    out = Value::array(std::span<Item>(items));
    return true;
  }

  bool dict(Value& out, std::uint32_t depth) {
    std::vector<Entry> entries;
    ++at_;
    while (!eat('}')) {
      std::string key;
      Value item;
      spaces();
      if (peek() == '"') {
        if (!string(key)) return false;
      } else {
        const auto begin = at_;
        const auto is_key = [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        };
        while (!done() && is_key(text_[at_])) ++at_;
        if (at_ == begin) return false;
        key = text_.substr(begin, at_ - begin);
      }
      spaces();
      if (!eat('=') || !value(item, depth + 1)) return false;
      entries.push_back({Name(key), std::move(item), mark_});
      if (eat(',')) continue;
      if (!eat('}')) return false;
      break;
    }
    out = Value::dict(std::span<Entry>(entries));
    return true;
  }

  bool string(std::string& content) {
    for (++at_; !done();) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20 && c != '\t') return false;
      if (c == 0x7F) return false;
      if (c != '\\') {
        content += c;
        continue;
      }
      if (done()) return false;
      switch (text_[at_++]) {
        case 'b': content += '\b'; break;
        case 't': content += '\t'; break;
        case 'n': content += '\n'; break;
        case 'f': content += '\f'; break;
        case 'r': content += '\r'; break;
        case '"': content += '"'; break;
        case '\\': content += '\\'; break;
        case 'u':
          if (!code_point(4, content)) return false;
          break;
        case 'U':
          if (!code_point(8, content)) return false;
          break;
        default: return false;
      }
    }
    return false;
  }

  bool code_point(int digits, std::string& content) {
    char32_t c = 0;
    for (int i = 0; i < digits; ++i) {
      const int digit = done() ? -1 : hex_digit(text_[at_]);
      if (digit < 0) return false;
      ++at_;
      c = c * 16 + static_cast<char32_t>(digit);
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return false;
    append_utf8(content, c);
    return true;
  }

  std::string_view text_;
  Mark mark_;
  std::size_t at_ = 0;
};

}  // namespace

Value env_text(std::string_view text, Mark mark) {
  Value value;
  if (Reader(text, mark).whole(value)) return value;
  return Value::text(text, Value(text), false);
}

}  // namespace superconfig::detail
