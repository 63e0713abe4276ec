#include "formats/yaml_events.hpp"

#include <libfyaml.h>

#include <algorithm>
#include <utility>

namespace superconfig {

namespace {

constexpr std::string_view spaces = " \t\r\n";

// libfyaml's words for what goes wrong most often, and ours.
struct Explanation {
  std::string_view theirs;  // the beginning
  std::string_view ours;
  std::string_view hint;
};
constexpr Explanation explanations[] = {
    {"tab character may not be used as indentation", "a tab cannot indent", "indent with spaces"},
    {"invalid tab", "a tab cannot indent", "indent with spaces"},
    {"Indentation used tabs", "a tab cannot indent", "indent with spaces"},
    {"cannot use tab", "a tab cannot indent", "indent with spaces"},
    {"double-quoted scalar without closing quote", "a string without an end", ""},
    {"single-quoted scalar without closing quote", "a string without an end", ""},
    {"invalid trailing content after", "text after the closing quote", ""},
    {"missing document start", "text after the end of the root", ""},
    {"invalid nested block mapping", "a second `: ` in one line", "a value that holds `: ` stands in quotes"},
    {"invalid multiline plain key", "a key must stand in one line", "is the indentation right?"},
    {"invalid mapping in plain multiline", "a key that is indented unlike those before it", ""},
    {"invalid indentation in mapping", "a key that is indented unlike those before it", ""},
    {"did not find expected key", "a key was expected", "is the indentation right?"},
    {"invalid value after mapping", "a key without `:`, or text after the end of a value", ""},
    {"invalid scalar at the end of block sequence", "an item of a list begins with `- `", ""},
    {"wrongly indented sequence item", "an item that is indented unlike those before it", ""},
    {"block sequence on the same line", "a list begins on a line of its own", "or stands in brackets"},
    {"did not find expected node content", "a value was expected", ""},
    {"mismatched flow mapping end", "`}` does not close the bracket that is open", ""},
    {"mismatched flow sequence end", "`]` does not close the bracket that is open", ""},
    {"flow mapping with invalid extra closing", "`}` closes nothing that is open", ""},
    {"flow sequence with invalid extra closing", "`]` closes nothing that is open", ""},
    {"flow sequence with invalid", "a comma without an item before it", ""},
    {"missing comma in flow", "a comma is missing", ""},
    {"block scalar no linebreak found", "`|` and `>` end their line", ""},
    {"undefined tag prefix", "the tag's prefix has no %TAG directive", ""},
    {"unsupport version number", "a version of YAML that is not known", ""},
    {"unexpected alias", "an alias cannot have an anchor or tag of its own", ""},
    {"two anchors", "two anchors before one value", ""},
    {"double-quoted scalar has invalid", "an escape sequence that stands for no character", ""},
    {"single-quoted scalar is malformed UTF8", "not valid UTF-8", ""},
};

YamlProblem explained(std::size_t offset, std::string_view message) {
  for (const auto& row : explanations)
    if (message.starts_with(row.theirs)) return {offset, std::string(row.ours), std::string(row.hint)};
  constexpr std::string_view cannot_start = "plain scalar cannot start with '";
  if (message.starts_with(cannot_start))
    return {offset, "a value cannot begin with `" + std::string(message.substr(cannot_start.size(), 1)) + "`",
            "strings like this stand in quotes"};
  return {offset, std::string(message), {}};
}

std::string_view text_of(fy_token* token) noexcept {
  if (!token) return {};
  std::size_t size = 0;
  const char* const text = fy_token_get_text(token, &size);
  return text ? std::string_view(text, size) : std::string_view();
}

std::optional<std::size_t> start_of(fy_token* token) noexcept {
  const auto* const mark = token ? fy_token_start_mark(token) : nullptr;
  if (!mark) return std::nullopt;
  return mark->input_pos;
}

std::size_t end_of(fy_token* token, std::size_t otherwise) noexcept {
  const auto* const mark = token ? fy_token_end_mark(token) : nullptr;
  return mark ? mark->input_pos : otherwise;
}

// A run of blank lines costs libfyaml its length squared, where it lies in a scalar of several lines. This is about a
// second's worth: one string with 20,000 blank lines.
constexpr std::uint64_t most_blank_cost = 400'000'000;

std::uint64_t blank_cost(std::string_view text) noexcept {
  std::uint64_t cost = 0, breaks = 0, length = 0;
  for (const char c : text) {
    if (spaces.find(c) != std::string_view::npos) {
      ++length;
      if (c == '\n' || c == '\r') ++breaks;
    } else if (length != 0) {
      cost += breaks * length;
      breaks = length = 0;
    }
  }
  return cost + breaks * length;
}

struct BlockStyle {
  bool folded = false;
  char chomping = '\0';  // or `+`, `-`
  bool indented = false;  // the header says how far
  std::size_t indent = 0;
};

// Takes the line break from the front, if there is one.
bool take_break(std::string_view& text) noexcept {
  const std::size_t size = text.starts_with("\r\n") ? 2 : text.starts_with('\n') || text.starts_with('\r') ? 1 : 0;
  text.remove_prefix(size);
  return size != 0;
}

// The text of a block scalar: YAML 1.2, chapter 8.1.
std::string block_text(std::string_view lines, const BlockStyle& style) {
  std::string text;
  std::size_t empty_lines = 0;  // since the last line that is not
  bool broken = false;          // that line ended in a line break
  bool spaced = false;          // that line began with white space
  for (;;) {
    const auto indent = std::min({lines.find_first_not_of(' '), lines.size(), style.indent});
    auto line = lines.substr(indent);
    if (line.empty()) break;
    if (take_break(line)) {
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
    broken = take_break(lines);
    spaced = spaced_now;
  }
  if (broken && style.chomping != '-') text += '\n';
  if (style.chomping == '+') text.append(empty_lines, '\n');
  return text;
}

// Every further %TAG directive is compared with all before it.
constexpr std::size_t most_tag_directives = 1000;

std::optional<std::size_t> find_too_many_directives(std::string_view text) noexcept {
  std::size_t count = 0;
  for (auto at = text.find("%TAG"); at != std::string_view::npos; at = text.find("%TAG", at + 4))
    if ((at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r') && ++count > most_tag_directives) return at;
  return std::nullopt;
}

}  // namespace

// The parser, its diagnostics, and the event that is being looked at.
class YamlParser {
 public:
  explicit YamlParser(std::string_view text) {
    fy_diag_cfg diagnostics{};
    fy_diag_cfg_default(&diagnostics);
    diagnostics.fp = nullptr;  // nothing is printed
    diagnostics.output_fn = [](fy_diag*, void* self, const char* bytes, std::size_t size) {
      static_cast<YamlParser*>(self)->printed_.append(bytes, size);
    };
    diagnostics.user = this;
    diagnostics.colorize = false;
    diagnostics.show_source = diagnostics.show_position = diagnostics.show_type = diagnostics.show_module = false;
    diag_ = fy_diag_create(&diagnostics);
    fy_diag_set_collect_errors(diag_, true);

    fy_parse_cfg config{};
    // Brackets may close at any indentation, as all common parsers have it.
    config.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE |
                                                   FYPCF_SLOPPY_FLOW_INDENTATION);
    config.diag = diag_;
    parser_ = fy_parser_create(&config);
    if (parser_ && fy_parser_set_string(parser_, text.data(), text.size()) == 0) ready_ = true;
  }
  YamlParser(const YamlParser&) = delete;
  YamlParser& operator=(const YamlParser&) = delete;
  ~YamlParser() {
    if (parser_) {
      if (event_) fy_parser_event_free(parser_, event_);
      fy_parser_destroy(parser_);
    }
    fy_diag_destroy(diag_);
  }

  fy_event* next() {
    if (!ready_) return nullptr;
    if (event_) fy_parser_event_free(parser_, event_);
    event_ = fy_parser_parse(parser_);
    return event_;
  }
  [[nodiscard]] const fy_event* event() const noexcept { return event_; }
  fy_token* next_token() { return ready_ ? fy_scan(parser_) : nullptr; }
  void free(fy_token* token) { fy_scan_token_free(parser_, token); }

  [[nodiscard]] bool failed() const { return !ready_ || fy_parser_get_stream_error(parser_); }
  template <class F>
  void each_diagnostic(F f) const {
    void* previous = nullptr;
    while (const auto* const one = fy_diag_errors_iterate(diag_, &previous)) f(*one);
  }
  [[nodiscard]] const std::string& printed() const noexcept { return printed_; }

 private:
  fy_diag* diag_ = nullptr;
  fy_parser* parser_ = nullptr;
  fy_event* event_ = nullptr;
  bool ready_ = false;
  std::string printed_;
};

YamlEvents::YamlEvents(std::string_view text, std::span<const std::size_t> insertions)
    : text_(text), insertions_(insertions) {
  if (const auto offset = find_too_many_directives(text))
    problem_ = YamlProblem{*offset, "more than " + std::to_string(most_tag_directives) + " %TAG directives", {}};
  else
    parser_ = std::make_unique<YamlParser>(text);
}

YamlEvents::~YamlEvents() = default;

std::size_t YamlEvents::original(std::size_t offset) const noexcept {
  offset = std::min(offset, text_.size());
  const auto before = static_cast<std::size_t>(std::ranges::lower_bound(insertions_, offset) - insertions_.begin());
  // What was put in stands for the `-` before it.
  if (before > 0 && offset <= insertions_[before - 1] + 2) return insertions_[before - 1] - 2 * (before - 1) - 1;
  return offset - 2 * before;
}

// Behind white space, comments and the given indicators.
std::size_t YamlEvents::skip_to_content(std::size_t offset, std::string_view indicators) const noexcept {
  for (; offset < text_.size(); ++offset) {
    const char c = text_[offset];
    if (c == '#' && (offset == 0 || spaces.find(text_[offset - 1]) != std::string_view::npos)) {
      offset = text_.find('\n', offset);
      if (offset == std::string_view::npos) return text_.size();
    } else if (spaces.find(c) == std::string_view::npos && indicators.find(c) == std::string_view::npos) {
      break;
    }
  }
  return offset;
}

bool YamlEvents::next(YamlEvent& event) {
  if (problem_) return false;
  for (;;) {
    const auto* const given = parser_->next();
    if (!given) {
      if (parser_->failed()) note_problem();
      return false;
    }
    if (given->type == FYET_STREAM_END) return false;
    if (given->type == FYET_STREAM_START) continue;
    if (given->type == FYET_DOCUMENT_END) {
      last_end_ = end_of(given->document_end.document_end, last_end_);
      continue;
    }
    read(event);
    return !problem_;
  }
}

void YamlEvents::read(YamlEvent& event) {
  const auto& given = *parser_->event();
  event = {};
  const auto collection = [&](YamlEvent::Type type, fy_token* token, fy_token* anchor, fy_token* tag) {
    event.type = type;
    event.offset = original(start_of(token).value_or(last_end_));
    last_end_ = std::max(last_end_, end_of(token, last_end_));
    event.anchor = text_of(anchor);
    event.tag = text_of(tag);
    event.tag_offset = original(start_of(tag).value_or(0));
  };
  switch (given.type) {
    case FYET_DOCUMENT_START: {
      auto* const token = given.document_start.document_start;
      event.type = YamlEvent::Type::document;
      event.offset = original(start_of(token).value_or(skip_to_content(last_end_, ".")));  // `...` before it
      last_end_ = end_of(token, last_end_);
      note_warnings();
      break;
    }
    case FYET_MAPPING_START: {
      const auto& start = given.mapping_start;
      return collection(YamlEvent::Type::mapping, start.mapping_start, start.anchor, start.tag);
    }
    case FYET_SEQUENCE_START: {
      const auto& start = given.sequence_start;
      return collection(YamlEvent::Type::sequence, start.sequence_start, start.anchor, start.tag);
    }
    case FYET_MAPPING_END: return collection(YamlEvent::Type::collection_end, given.mapping_end.mapping_end, {}, {});
    case FYET_SEQUENCE_END: return collection(YamlEvent::Type::collection_end, given.sequence_end.sequence_end, {}, {});
    case FYET_ALIAS:
      event.type = YamlEvent::Type::alias;
      event.offset = original(start_of(given.alias.anchor).value_or(last_end_ + 1) - 1);  // the `*`
      event.text = text_of(given.alias.anchor);
      last_end_ = end_of(given.alias.anchor, last_end_);
      break;
    default: read_scalar(event);
  }
}

void YamlEvents::read_scalar(YamlEvent& event) {
  const auto& given = parser_->event()->scalar;
  event.type = YamlEvent::Type::scalar;
  event.anchor = text_of(given.anchor);
  event.tag = text_of(given.tag);
  event.tag_offset = original(start_of(given.tag).value_or(0));
  if (given.anchor || given.tag)
    last_end_ = std::max({last_end_, end_of(given.anchor, 0), end_of(given.tag, 0)});

  const auto begin = start_of(given.value);
  if (!begin) {
    event.plain = event.absent = true;
    if (given.tag)
      event.offset = event.tag_offset;
    else if (given.anchor)
      event.offset = original(*start_of(given.anchor) - 1);  // the `&`
    else
      event.offset = original(skip_to_content(last_end_, {}));  // the `-` of an item
    return;
  }
  const auto end = end_of(given.value, *begin);
  const auto style = fy_scalar_token_get_style(given.value);
  if (style == FYSS_LITERAL || style == FYSS_FOLDED) {
    const auto header = skip_to_content(last_end_, ":-?");
    event.offset = original(header);
    if (!is_readable(*begin, end)) return;
    read_block(event, header, end);
    last_end_ = end;
    return;
  }
  event.plain = style == FYSS_PLAIN;
  event.offset = original(event.plain ? *begin : *begin - 1);
  if (!is_readable(*begin, end)) return;
  event.text = text_of(given.value);
  last_end_ = event.plain ? end : end + 1;
}

// A block scalar from its `|` or `>` to `end`. libfyaml 0.7 finds where it ends, but not always what it is: it loses line
// breaks before a line that is indented further, and invents some at the end of the text.
void YamlEvents::read_block(YamlEvent& event, std::size_t header, std::size_t end) {
  const auto head = text_.substr(header, text_.find_first_of("\r\n", header) - header);
  BlockStyle style;
  style.folded = head.starts_with('>');
  for (const char c : head.substr(std::min<std::size_t>(head.size(), 1), 2)) {
    if (c == '+' || c == '-') style.chomping = c;
    if (c >= '1' && c <= '9') style.indented = true;
  }
  auto lines = text_.substr(0, end);
  lines.remove_prefix(std::min(lines.size(), header + head.size()));
  take_break(lines);
  style.indent = lines.size();  // of nothing but empty lines
  const auto first = lines.find_first_not_of(spaces);
  if (first != std::string_view::npos) {
    const auto line = lines.find_last_of("\r\n", first) + 1;  // npos + 1 is 0
    style.indent = lines.find_first_not_of(' ', line) - line;
  }
  // An indentation that is given in the header counts from that of the parent, which libfyaml knows.
  if (style.indented) {
    const auto text = text_of(parser_->event()->scalar.value);
    const auto content = text.find_first_not_of(" \n");
    if (first == std::string_view::npos || content == std::string_view::npos) {
      event.text = text;
      return;
    }
    style.indent -= std::min(style.indent, content - (text.find_last_of('\n', content) + 1));
  }
  block_ = block_text(lines, style);
  event.text = block_;
}

// False, and a problem, if the scalar there holds so many blank lines that libfyaml would take too long.
bool YamlEvents::is_readable(std::size_t begin, std::size_t end) {
  constexpr std::size_t always_fast = 200;
  if (end - last_end_ <= always_fast) return true;
  blank_cost_ += blank_cost(text_.substr(last_end_, end - last_end_));
  if (blank_cost_ <= most_blank_cost) return true;
  problem_ = YamlProblem{original(begin), "too many blank lines in a string", {}};
  return false;
}

void YamlEvents::note_problem() {
  parser_->each_diagnostic([&](const fy_diag_error& error) {
    if (problem_ || error.type != FYET_ERROR) return;
    auto offset = start_of(error.fyt).value_or(text_.size());
    const std::string_view message(error.msg);
    // The mark of a quoted string lies behind its quote.
    if (offset > 0 && message.find("-quoted") != std::string_view::npos && offset <= text_.size() &&
        (text_[offset - 1] == '"' || text_[offset - 1] == '\''))
      --offset;
    misses_a_node_ = message.starts_with("did not find expected node content");
    problem_ = explained(original(offset), message);
  });
  if (problem_) return;
  // Some problems are printed only: "[ERR]: unsupport version number 2.0".
  std::string_view message(parser_->printed());
  if (message.starts_with("[ERR]: ")) message.remove_prefix(7);
  if (message.empty()) message = "the text cannot be read";
  problem_ = explained(original(skip_to_content(last_end_, {})), message.substr(0, message.find('\n')));
}

void YamlEvents::note_warnings() {
  parser_->each_diagnostic([&](const fy_diag_error& error) {
    if (error.type == FYET_WARNING)
      warnings_.push_back({original(start_of(error.fyt).value_or(0)), "a directive that is not known has no effect", {}});
  });
  const auto* const state = parser_->event()->document_start.document_state;
  const auto* const version = fy_document_state_version(const_cast<fy_document_state*>(state));
  if (version && (version->major != 1 || version->minor != 2))
    warnings_.push_back({original(skip_to_content(0, {})),
                         "the text says YAML " + std::to_string(version->major) + "." +
                             std::to_string(version->minor) + ", but is read as YAML 1.2", {}});
}

std::optional<WrittenNulls> with_written_nulls(std::string_view text) {
  YamlParser tokens(text);
  WrittenNulls made;
  std::size_t behind_dash = 0;  // 0 if the last token was none
  while (auto* const token = tokens.next_token()) {
    const auto type = fy_token_get_type(token);
    if (behind_dash != 0 &&
        (type == FYTT_BLOCK_ENTRY || type == FYTT_BLOCK_END || type == FYTT_KEY || type == FYTT_STREAM_END ||
         type == FYTT_DOCUMENT_START || type == FYTT_DOCUMENT_END))
      made.insertions.push_back(behind_dash);
    const auto start = start_of(token);
    behind_dash = type == FYTT_BLOCK_ENTRY && start ? *start + 1 : 0;
    tokens.free(token);
    if (type == FYTT_STREAM_END) break;
  }
  if (made.insertions.empty()) return std::nullopt;
  std::size_t copied = 0;
  for (auto& at : made.insertions) {
    made.text += text.substr(copied, at - copied);
    copied = std::exchange(at, made.text.size());
    made.text += " ~";
  }
  made.text += text.substr(copied);
  return made;
}

}  // namespace superconfig
