// TOML by toml++. The only file that sees its headers; compiled natively and for WebAssembly alike.
//
// toml++ keeps tables as sorted maps and counts lines and columns. The conversion puts every table's keys back into
// the order of their positions, and turns positions into offsets by a table of lines.
//
// A namespace of our own for it: a program that links us and uses toml++ with other settings must not have its inline
// functions mixed with ours.
#define toml superconfig_toml
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
// By default it reads floats through a stringstream where the compiler is GCC or clang.
#define TOML_FLOAT_CHARCONV 1
// Its asserts abort on some invalid inputs that it reports as errors without them.
#define TOML_ASSERT(condition) static_cast<void>(0)
// Our own limit, checked before and after, is lower.
#define TOML_MAX_NESTED_VALUES 512
#include <toml++/toml.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "formats/formats.hpp"
#include "formats/toml_scan.hpp"
#include "formats/tree_builder.hpp"
#include "text/utf8.hpp"

namespace superconfig {

namespace {

// Offsets from toml++'s positions: lines end with \n, columns count code points, both from 1; a byte order mark
// has no column.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {
    starts_.reserve(text.size() / 24 + 8);
    auto at = bom_size(text);
    starts_.push_back(static_cast<std::uint32_t>(at));
    while (const auto* const found = static_cast<const char*>(std::memchr(text.data() + at, '\n', text.size() - at))) {
      at = static_cast<std::size_t>(found - text.data()) + 1;
      starts_.push_back(static_cast<std::uint32_t>(at));
    }
    ascii_ = is_ascii(text.substr(starts_[0]));
  }

  std::uint32_t offset(toml::source_position position) noexcept {
    if (position.line == 0 || position.line > starts_.size()) return static_cast<std::uint32_t>(text_.size());
    const auto start = starts_[position.line - 1];
    if (ascii_) return clamp(std::uint64_t{start} + position.column - 1);
    // Places come mostly in the order of the text, so a long line is walked once.
    if (position.line != line_ || position.column < column_) {
      line_ = position.line;
      column_ = 1;
      at_ = start;
    }
    while (column_ < position.column && at_ < text_.size()) {
      ++at_;
      while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0) == 0x80) ++at_;
      ++column_;
    }
    return at_;
  }

 private:
  [[nodiscard]] std::uint32_t clamp(std::uint64_t offset) const noexcept {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(offset, text_.size()));
  }
  static bool is_ascii(std::string_view text) noexcept {
    std::uint64_t bits = 0;
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + i, 8);
      bits |= word;
    }
    for (; i < text.size(); ++i) bits |= static_cast<unsigned char>(text[i]);
    return (bits & 0x8080808080808080u) == 0;
  }

  std::string_view text_;
  std::vector<std::uint32_t> starts_;
  bool ascii_ = true;
  std::uint32_t line_ = 0, column_ = 1, at_ = 0;  // the last place, in text that is not ASCII
};

Datetime datetime_of(const toml::date* date, const toml::time* time, const toml::time_offset* offset) {
  Datetime made;
  if (date) {
    made.year = date->year;
    made.month = date->month;
    made.day = date->day;
  }
  if (time) {
    made.hour = time->hour;
    made.minute = time->minute;
    made.second = time->second;
    made.nanosecond = time->nanosecond;
  }
  if (offset) made.offset_minutes = offset->minutes;
  made.form = offset         ? Datetime::Form::offset_datetime
              : date && time ? Datetime::Form::local_datetime
              : date         ? Datetime::Form::local_date
                             : Datetime::Form::local_time;
  return made;
}

// Recursion is bounded by find_too_deep; arrays of tables count twice here, so the exact limit is checked again.
class Conversion {
 public:
  Conversion(std::string_view text, std::uint32_t source) : lines_(text), source_(source) { places_.reserve(32); }

  Value table(const toml::table& table) {
    const auto base = places_.size();
    bool sorted = true;
    for (const auto& [key, node] : table) {
      const auto begin = key.source().begin;
      const auto place = std::uint64_t{begin.line} << 32 | begin.column;
      sorted = sorted && (places_.size() == base || places_.back().place <= place);
      places_.push_back({place, &key, &node});
    }
    const auto first = places_.begin() + static_cast<std::ptrdiff_t>(base);
    if (!sorted) std::sort(first, places_.end(), [](const Place& a, const Place& b) { return a.place < b.place; });

    const auto entries = builder_.entries();
    const auto end = places_.size();
    for (auto i = base; i < end; ++i) {
      const auto place = places_[i];
      const auto mark = mark_of(*place.node);
      auto made = value(*place.node);
      builder_.entry(builder_.name(place.key->str()), std::move(made), mark);
    }
    places_.resize(base);
    return builder_.dict(entries);
  }

  [[nodiscard]] Lines& lines() noexcept { return lines_; }
  [[nodiscard]] const std::optional<std::size_t>& too_deep() const noexcept { return too_deep_; }

 private:
  struct Place {
    std::uint64_t place = 0;  // the key's line and column
    const toml::key* key = nullptr;
    const toml::node* node = nullptr;
  };

  Mark mark_of(const toml::node& node) noexcept { return {source_, lines_.offset(node.source().begin)}; }

  Value value(const toml::node& node) {
    switch (node.type()) {
      case toml::node_type::table: {
        const Level level(*this, node);
        return level.allowed() ? table(*node.as_table()) : Value();
      }
      case toml::node_type::array: {
        const Level level(*this, node);
        return level.allowed() ? array(*node.as_array()) : Value();
      }
      case toml::node_type::string: return Value(std::string_view(node.as_string()->get()));
      case toml::node_type::integer: return Value(node.as_integer()->get());
      case toml::node_type::floating_point: return Value(node.as_floating_point()->get());
      case toml::node_type::boolean: return Value(node.as_boolean()->get());
      case toml::node_type::date: return Value(datetime_of(&node.as_date()->get(), nullptr, nullptr));
      case toml::node_type::time: return Value(datetime_of(nullptr, &node.as_time()->get(), nullptr));
      case toml::node_type::date_time: {
        const auto& both = node.as_date_time()->get();
        return Value(datetime_of(&both.date, &both.time, both.offset ? &*both.offset : nullptr));
      }
      case toml::node_type::none: break;
    }
    return Value();
  }

  Value array(const toml::array& array) {
    const auto base = builder_.items();
    for (const auto& node : array) {
      const auto mark = mark_of(node);
      builder_.item(value(node), mark);
    }
    return builder_.array(base);
  }

  class Level {
   public:
    Level(Conversion& conversion, const toml::node& node) noexcept : conversion_(conversion) {
      ++conversion.depth_;
      if (!allowed() && !conversion.too_deep_) conversion.too_deep_ = conversion.lines_.offset(node.source().begin);
    }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { --conversion_.depth_; }
    [[nodiscard]] bool allowed() const noexcept { return conversion_.depth_ <= max_nesting; }

   private:
    Conversion& conversion_;
  };

  Lines lines_;
  std::uint32_t source_;
  std::size_t depth_ = 1;
  TreeBuilder builder_;
  std::vector<Place> places_;  // of all tables that are being converted
  std::optional<std::size_t> too_deep_;
};

Error too_deep_error(const Source& source, std::size_t offset) {
  return parse_error(source, offset, "nested more than " + std::to_string(max_nesting) + " levels deep");
}

// toml++'s error, "Error while parsing key-value pair: expected '=', saw 'x'", in our words and with our place.
class Explanation {
 public:
  Explanation(const Source& source, const toml::parse_error& failure)
      : source_(source),
        text_(source.bytes()),
        message_(failure.description()),
        offset_(Lines(text_).offset(failure.source().begin)) {
    constexpr std::string_view prefix = "Error while parsing ";
    if (message_.starts_with(prefix)) message_.erase(0, prefix.size());
  }

  Error error() {
    // toml++ decodes ahead of where it parses.
    if (const auto encoding = find_encoding_problem(text_);
        encoding && (encoding->offset == 0 || encoding->offset <= offset_ || says("utf-8")))
      return parse_error(source_, encoding->offset, std::string(encoding->message));
    if (text_.substr(offset_).starts_with(utf8_bom))
      return parse_error(source_, offset_, "a byte order mark in the middle of the text");
    if (says(": cannot redefine") || says(": cannot insert"))
      if (const auto twice = find_redefinition(text_, offset_)) {
        auto error = parse_error(source_, twice->second, twice->message);
        error.related.push_back(origin_of(source_.mark(twice->first)));
        return error;
      }

    if (says("is not representable in 64 bits")) return number();
    if (says("could not determine value type")) return word();
    if (says("unicode scalar sequence: ")) {
      const auto escape = text_.rfind('\\', offset_);
      if (escape != std::string_view::npos && offset_ - escape <= 10) offset_ = escape;
    } else if (says("string: ") && at_line_break()) {
      message_ = "string: a line break before the closing quote";
    }
    replace("encountered end-of-file", "the text ends too early");
    replace("leading zeroes are prohibited", "a number must not begin with zeros");
    return parse_error(source_, offset_, std::move(message_));
  }

 private:
  [[nodiscard]] bool says(std::string_view words) const noexcept { return message_.find(words) != std::string::npos; }
  void replace(std::string_view words, std::string_view by) {
    if (const auto at = message_.find(words); at != std::string::npos) message_.replace(at, words.size(), by);
  }
  [[nodiscard]] bool at_line_break() const noexcept {
    return offset_ < text_.size() && (text_[offset_] == '\n' || text_[offset_] == '\r');
  }
  static constexpr bool is_scalar_char(char c) noexcept {
    return std::string_view(" \t\r\n,[]{}=#\"'").find(c) == std::string_view::npos;
  }

  // toml++ stands behind the number.
  Error number() {
    while (offset_ > 0 && is_scalar_char(text_[offset_ - 1])) --offset_;
    return parse_error(source_, offset_,
                       says("floating-point") ? "a number beyond the range of a float" : "an integer beyond 64 bits");
  }

  Error word() {
    std::size_t end = offset_;
    while (end < text_.size() && is_scalar_char(text_[end])) ++end;
    if (end == offset_) return parse_error(source_, offset_, "a value is missing");
    return parse_error(source_, offset_, "not a value: `" + std::string(text_.substr(offset_, end - offset_)) + "`",
                       "strings stand in quotes");
  }

  const Source& source_;
  std::string_view text_;
  std::string message_;
  std::size_t offset_;
};

}  // namespace

Result<Value> parse_toml(const Source& source) {
  const auto text = source.bytes();
  if (text.size() >= UINT32_MAX) {
    auto error = parse_error(source, 0, "a text of more than 4 GB");
    error.code = ErrorCode::unsupported;
    return error;
  }
  if (const auto offset = find_too_deep(text)) return too_deep_error(source, *offset);
  auto parsed = toml::parse(text);
  if (!parsed && parsed.error().description().ends_with("is not representable in 64 bits"))
    if (const auto changed = without_tiny_floats(text)) parsed = toml::parse(*changed);
  if (!parsed) return Explanation(source, parsed.error()).error();
  Conversion conversion(text, source.id());
  auto value = conversion.table(parsed.table());
  if (const auto offset = conversion.too_deep()) return too_deep_error(source, *offset);
  return value;
}

}  // namespace superconfig
