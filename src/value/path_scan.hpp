// Splits a path's text into segments, one at a time, without allocating unless a segment is quoted.
#pragma once

#include <string>
#include <string_view>

namespace superconfig::detail {

class PathScan {
 public:
  explicit PathScan(std::string_view text) noexcept
      : text_(text), state_(text.empty() ? State::done : State::segment) {}

  /// The next segment, or false at the end or at an error. `segment` views the text, or `quoted`.
  bool next(std::string_view& segment, std::string& quoted) {
    if (state_ == State::done || state_ == State::failed) return false;
    if (state_ == State::index) return index(segment);
    if (at_ >= text_.size()) return fail("a segment is missing");
    if (text_[at_] == '"') return quoted_segment(segment, quoted);
    if (text_[at_] == '[' && at_ == 0) return index(segment);
    const auto begin = at_;
    while (at_ < text_.size() && text_[at_] != '.' && text_[at_] != '[') {
      if (text_[at_] == ']' || text_[at_] == '"') return fail("a quote or bracket stands inside a segment");
      ++at_;
    }
    if (at_ == begin) return fail("a segment is missing");
    segment = text_.substr(begin, at_ - begin);
    return after();
  }
  [[nodiscard]] bool failed() const noexcept { return state_ == State::failed; }
  [[nodiscard]] const char* reason() const noexcept { return reason_; }
  [[nodiscard]] std::size_t position() const noexcept { return at_; }

 private:
  enum class State { segment, index, done, failed };

  bool fail(const char* reason) noexcept {
    state_ = State::failed;
    reason_ = reason;
    return false;
  }
  bool after() noexcept {
    if (at_ == text_.size()) {
      state_ = State::done;
    } else if (text_[at_] == '.') {
      ++at_;
      state_ = State::segment;
    } else if (text_[at_] == '[') {
      state_ = State::index;
    } else {
      return fail("a dot or a bracket is missing");
    }
    return true;
  }
  bool index(std::string_view& segment) noexcept {
    const auto begin = ++at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    if (at_ == begin || at_ == text_.size() || text_[at_] != ']') return fail("an index is missing");
    segment = text_.substr(begin, at_ - begin);
    ++at_;
    return after();
  }
  bool quoted_segment(std::string_view& segment, std::string& quoted) {
    quoted.clear();
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') {
        if (at_ + 1 == text_.size() || (text_[at_ + 1] != '"' && text_[at_ + 1] != '\\'))
          return fail("a backslash stands before something else than a quote or a backslash");
        ++at_;
      }
      quoted += text_[at_];
    }
    if (at_ == text_.size()) return fail("the closing quote is missing");
    ++at_;
    segment = quoted;
    return after();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  State state_;
  const char* reason_ = "";
};

}  // namespace superconfig::detail
