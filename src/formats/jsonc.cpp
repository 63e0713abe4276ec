// JSON with comments and trailing commas: both become spaces, so that every place stays what it was, and the rest is
// JSON.
#include <algorithm>
#include <optional>
#include <string>

#include "formats/formats.hpp"
#include "formats/json_text.hpp"
#include "formats/tree_builder.hpp"
#include "text/utf8.hpp"

namespace superconfig {

namespace {

class Cleaner {
 public:
  explicit Cleaner(std::string_view text) : text_(text), out_(text) {}

  /// The text without comments and trailing commas.
  [[nodiscard]] const std::string& run() {
    while (at_ < text_.size()) step();
    return out_;
  }
  /// Where a comment begins that does not end.
  [[nodiscard]] const std::optional<std::size_t>& open_comment() const noexcept { return open_comment_; }

 private:
  static constexpr auto none = static_cast<std::size_t>(-1);

  void step() {
    const char c = text_[at_];
    const char after = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (c == '/' && after == '/') return remove(at_, text_.find_first_of("\r\n", at_));
    if (c == '/' && after == '*') {
      const auto end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos && !open_comment_) open_comment_ = at_;
      return remove(at_, end == std::string_view::npos ? end : end + 2);
    }
    if (c == '"') {
      string();
    } else {
      ++at_;
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return;
    }
    if ((c == '}' || c == ']') && comma_ != none) out_[comma_] = ' ';
    // Only a comma behind an item can be one too many.
    comma_ = c == ',' && follows_item_ ? at_ - 1 : none;
    follows_item_ = c != ',' && c != '[' && c != '{' && c != ':';
  }

  void string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    ++at_;
  }

  void remove(std::size_t begin, std::size_t end) {
    at_ = std::min(end, text_.size());
    for (auto i = begin; i < at_; ++i)
      if (out_[i] != '\n' && out_[i] != '\r') out_[i] = ' ';
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0;
  std::size_t comma_ = none;  // the last token, if that is a comma behind an item
  bool follows_item_ = false;
  std::optional<std::size_t> open_comment_;
};

}  // namespace

Result<Value> parse_jsonc(const Source& source) {
  // What stands in comments is looked at here only.
  if (const auto encoding = find_encoding_problem(source.bytes()))
    return parse_error(source, encoding->offset, std::string(encoding->message));
  const auto skipped = bom_size(source.bytes());
  Cleaner cleaner(source.bytes().substr(skipped));
  const auto& text = cleaner.run();
  if (cleaner.open_comment()) return parse_error(source, *cleaner.open_comment() + skipped, "a comment without an end");
  return parse_json_text(source, skipped, text, JsonComments::removed);
}

}  // namespace superconfig
