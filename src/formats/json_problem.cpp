#include "formats/json_problem.hpp"

#include <charconv>
#include <cstdint>
#include <utility>
#include <vector>

#include "formats/decimal_float.hpp"
#include "formats/formats.hpp"
#include "text/utf8.hpp"

namespace superconfig {

namespace {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr bool is_word(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

constexpr std::string_view jsonc_hint = "a .jsonc file may hold comments and trailing commas";

class Reader {
 public:
  Reader(std::string_view text, JsonComments comments) : text_(text), comments_(comments) {}

  std::optional<JsonProblem> run() {
    skip_space();
    if (at_end() && !problem_) {
      fail(0, "the text is empty; JSON needs a value");
      problem_->hint = "an empty configuration is {}";
    }
    while (!problem_ && !done_) step();
    if (!problem_) {
      skip_space();
      if (!problem_ && !at_end()) fail(at_, "text after the end of the JSON value");
    }
    return std::move(problem_);
  }

 private:
  enum class Expect : std::uint8_t { value, first_key, key, first_item, after_value };

  [[nodiscard]] bool at_end() const noexcept { return at_ >= text_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void fail(std::size_t offset, std::string message, std::string_view hint = {}) {
    if (!problem_) problem_ = JsonProblem{offset, std::move(message), std::string(hint)};
  }
  // What a .jsonc file may hold.
  void fail_jsonc(std::size_t offset, std::string message) {
    fail(offset, std::move(message), comments_ == JsonComments::refused ? jsonc_hint : std::string_view());
  }

  // What stands here, for a message: a character, a word, or the end.
  [[nodiscard]] std::string here() const {
    if (at_end()) return "the end of the text";
    const auto c = static_cast<unsigned char>(peek());
    if (c < 0x20 || c == 0x7F) return "a control character";
    if (is_word(peek())) {
      std::size_t n = 0;
      while (n < 24 && at_ + n < text_.size() && is_word(peek(n))) {
        const auto length = utf8_sequence(text_, at_ + n);
        if (length == 0) break;
        n += length;
      }
      if (n != 0) return "`" + std::string(text_.substr(at_, n)) + "`";
    }
    return std::string("`") + peek() + "`";
  }

  void skip_space() {
    while (!at_end() && is_space(peek())) ++at_;
    if (peek() == '#' && comments_ == JsonComments::removed)
      fail(at_, "comments begin with // or /*");
    else if (peek() == '#' || (peek() == '/' && (peek(1) == '/' || peek(1) == '*')))
      fail_jsonc(at_, "JSON has no comments");
    else if (text_.substr(at_).starts_with(utf8_bom))
      fail(at_, "a byte order mark in the middle of the text");
  }

  void step() {
    skip_space();
    if (problem_) return;
    switch (expect_) {
      case Expect::value: return value();
      case Expect::first_item:
        if (peek() == ']') return close();
        return value();
      case Expect::first_key:
        if (peek() == '}') return close();
        return key();
      case Expect::key: return key();
      case Expect::after_value: return after_value();
    }
  }

  void key() {
    if (peek() == '}') return fail_jsonc(comma_, "a comma before `}`");
    if (peek() != '"') {
      if (peek() == '\'') return fail(at_, "strings stand in double quotes");
      return fail(at_, "expected a key in double quotes, found " + here());
    }
    string();
    if (problem_) return;
    skip_space();
    if (problem_) return;
    if (peek() != ':') return fail(at_, "expected `:` after the key, found " + here());
    ++at_;
    expect_ = Expect::value;
  }

  void value() {
    const char c = peek();
    if (c == '{' || c == '[') {
      if (open_.size() == max_nesting)
        return fail(at_, "nested more than " + std::to_string(max_nesting) + " levels deep");
      open_.push_back(c);
      ++at_;
      expect_ = c == '{' ? Expect::first_key : Expect::first_item;
      return;
    }
    if (c == '"') {
      string();
    } else if (c == '-' || is_digit(c)) {
      number();
    } else if (c == ']' && !open_.empty() && open_.back() == '[') {
      return fail_jsonc(comma_, "a comma before `]`");
    } else if (c == '\'') {
      return fail(at_, "strings stand in double quotes");
    } else {
      word();
    }
    value_ended();
  }

  void value_ended() {
    expect_ = Expect::after_value;
    done_ = open_.empty();
  }

  void close() {
    ++at_;
    open_.pop_back();
    value_ended();
  }

  void after_value() {
    const char closing = open_.back() == '{' ? '}' : ']';
    if (peek() == closing) return close();
    if (peek() == ',') {
      comma_ = at_;
      ++at_;
      expect_ = closing == '}' ? Expect::key : Expect::value;
      return;
    }
    fail(at_, std::string("expected `,` or `") + closing + "`, found " + here());
  }

  void word() {
    for (const std::string_view known : {"true", "false", "null"}) {
      if (!text_.substr(at_).starts_with(known) || is_word(peek(known.size()))) continue;
      at_ += known.size();
      return;
    }
    fail(at_, "expected a value, found " + here());
  }

  void number() {
    const auto begin = at_;
    if (peek() == '-') ++at_;
    if (!is_digit(peek())) return fail(begin, "a number needs digits");
    if (peek() == '0' && is_digit(peek(1))) return fail(begin, "a number must not begin with zeros");
    bool integer = true;
    while (is_digit(peek())) ++at_;
    if (peek() == '.') {
      integer = false;
      ++at_;
      if (!is_digit(peek())) return fail(begin, "a number needs digits after its point");
      while (is_digit(peek())) ++at_;
    }
    if (peek() == 'e' || peek() == 'E') {
      integer = false;
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!is_digit(peek())) return fail(begin, "a number needs digits after its `e`");
      while (is_digit(peek())) ++at_;
    }
    if (is_word(peek()) || peek() == '.') return fail(begin, "not a number");
    const auto* const first = text_.data() + begin;
    const auto* const last = text_.data() + at_;
    if (integer) {
      std::int64_t i = 0;
      std::uint64_t u = 0;
      if (std::from_chars(first, last, i).ec != std::errc{} && std::from_chars(first, last, u).ec != std::errc{})
        fail(begin, "an integer beyond 64 bits");
    } else {
      double d = 0;
      if (std::from_chars(first, last, d).ec == std::errc::result_out_of_range &&
          !is_below_float_range(text_.substr(begin, at_ - begin)))
        fail(begin, "a number beyond the range of a float");
    }
  }

  // Four hexadecimal digits at `at`, or -1.
  [[nodiscard]] int hex4(std::size_t at) const noexcept {
    if (at + 4 > text_.size()) return -1;
    unsigned value = 0;
    const auto* const first = text_.data() + at;
    if (std::from_chars(first, first + 4, value, 16).ptr != first + 4) return -1;
    return static_cast<int>(value);
  }

  void string() {
    const auto begin = at_;
    ++at_;
    while (true) {
      if (at_end()) return fail(begin, "a string without an end");
      const auto c = static_cast<unsigned char>(peek());
      if (c == '"') break;
      if (c < 0x20) {
        if (c == '\n' || c == '\r') return fail(at_, "a line break inside a string; write it as \\n");
        if (c == '\t') return fail(at_, "a tab inside a string; write it as \\t");
        return fail(at_, "a control character inside a string");
      }
      if (c != '\\') {
        ++at_;
        continue;
      }
      const char escape = peek(1);
      if (escape != 'u') {
        if (escape == '\0' || std::string_view("\"\\/bfnrt").find(escape) == std::string_view::npos)
          return fail(at_, "an unknown escape sequence");
        at_ += 2;
        continue;
      }
      const int unit = hex4(at_ + 2);
      if (unit < 0) return fail(at_, "\\u needs four hexadecimal digits");
      if (unit >= 0xDC00 && unit <= 0xDFFF) return fail(at_, "half of a surrogate pair");
      if (unit >= 0xD800 && unit <= 0xDBFF) {
        const int low = peek(6) == '\\' && peek(7) == 'u' ? hex4(at_ + 8) : -1;
        if (low < 0xDC00 || low > 0xDFFF) return fail(at_, "half of a surrogate pair");
        at_ += 6;
      }
      at_ += 6;
    }
    ++at_;
  }

  std::string_view text_;
  JsonComments comments_;
  std::size_t at_ = 0;
  std::size_t comma_ = 0;  // the last one seen
  Expect expect_ = Expect::value;
  bool done_ = false;
  std::vector<char> open_;
  std::optional<JsonProblem> problem_;
};

}  // namespace

std::optional<JsonProblem> find_json_problem(std::string_view text, JsonComments comments) {
  return Reader(text, comments).run();
}

}  // namespace superconfig
