#include "formats/yaml_events.hpp"

#include <algorithm>
#include <utility>

#include "formats/yaml_parser.hpp"
#include "formats/yaml_text.hpp"

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
    {"Invalid low surrogate", "an escape sequence that stands for no character", ""},
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

// Every further %TAG directive is compared with all before it.
constexpr std::size_t most_tag_directives = 1000;

std::optional<std::size_t> find_too_many_directives(std::string_view text) noexcept {
  std::size_t count = 0;
  for (auto at = text.find("%TAG"); at != std::string_view::npos; at = text.find("%TAG", at + 4))
    if ((at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r') && ++count > most_tag_directives) return at;
  return std::nullopt;
}

// In a text with keys of the form `? key`, libfyaml 0.7 refuses a tab between `:` and a `-`, `?`, `:`, `|` or `>`, and
// frees something twice when it is done.
std::optional<std::size_t> find_fatal_tab(std::string_view text) noexcept {
  const auto is_space = [&](std::size_t at) {
    return at >= text.size() || spaces.find(text[at]) != std::string_view::npos;
  };
  auto key = text.find('?');
  while (key != std::string_view::npos && !(is_space(key - 1) && is_space(key + 1))) key = text.find('?', key + 1);
  if (key == std::string_view::npos) return std::nullopt;
  for (auto tab = text.find('\t', key); tab != std::string_view::npos;) {
    const auto before = text.find_last_not_of(" \t", tab);
    const auto behind = std::min(text.find_first_not_of(" \t", tab), text.size());
    const auto next = text.substr(behind, 1);
    const bool indicator = next == "-" ? is_space(behind + 1)
                                       : !next.empty() && std::string_view("?:|>").find(next) != std::string_view::npos;
    if (indicator && text[before] == ':') return tab;
    tab = text.find('\t', behind);
  }
  return std::nullopt;
}

}  // namespace

YamlEvents::YamlEvents(const YamlRepairs& text) : repairs_(text), text_(text.text()) {
  if (const auto many = find_too_many_directives(text_))
    problem_ =
        YamlProblem{original(*many), "more than " + std::to_string(most_tag_directives) + " %TAG directives", {}};
  else if (const auto tab = find_fatal_tab(text_))
    problem_ = YamlProblem{original(*tab), "a tab cannot indent", "indent with spaces"};
  else
    parser_ = std::make_unique<YamlParser>(text_);
}

YamlEvents::~YamlEvents() = default;

// Behind white space, comments and the given indicators.
std::size_t YamlEvents::skip_to_content(std::size_t offset, std::string_view indicators) const noexcept {
  for (; offset < text_.size(); ++offset) {
    const char c = text_[offset];
    if (c == '#' && (offset == 0 || spaces.find(text_[offset - 1]) != std::string_view::npos)) {
      offset = text_.find_first_of("\r\n", offset);
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
      last_end_ = YamlParser::end_of(given->document_end.document_end, last_end_);
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
    event.offset = original(YamlParser::start_of(token).value_or(last_end_));
    if (type == YamlEvent::Type::collection_end)
      columns_.pop_back();
    else
      columns_.push_back(YamlParser::column_of(token));
    event.column = YamlParser::column_of(token);
    event.block = token && YamlParser::is_block(token);
    last_end_ = std::max(last_end_, YamlParser::end_of(token, last_end_));
    event.anchor = YamlParser::text_of(anchor);
    event.tag = YamlParser::text_of(tag);
    event.tag_offset = original(YamlParser::start_of(tag).value_or(0));
  };
  switch (given.type) {
    case FYET_DOCUMENT_START: {
      auto* const token = given.document_start.document_start;
      event.type = YamlEvent::Type::document;
      event.offset =
          original(YamlParser::start_of(token).value_or(skip_to_content(last_end_, ".")));  // `...` before it
      last_end_ = YamlParser::end_of(token, last_end_);
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
      event.offset = original(YamlParser::start_of(given.alias.anchor).value_or(last_end_ + 1) - 1);  // the `*`
      event.column = YamlParser::column_of(given.alias.anchor) - 1;
      event.text = YamlParser::text_of(given.alias.anchor);
      last_end_ = YamlParser::end_of(given.alias.anchor, last_end_);
      break;
    default: read_scalar(event);
  }
}

void YamlEvents::read_scalar(YamlEvent& event) {
  const auto& given = parser_->event()->scalar;
  event.type = YamlEvent::Type::scalar;
  event.anchor = YamlParser::text_of(given.anchor);
  event.tag = YamlParser::text_of(given.tag);
  event.tag_offset = original(YamlParser::start_of(given.tag).value_or(0));
  if (given.anchor || given.tag)
    last_end_ = std::max({last_end_, YamlParser::end_of(given.anchor, 0), YamlParser::end_of(given.tag, 0)});

  const auto begin = YamlParser::start_of(given.value);
  if (!begin) {
    event.plain = event.absent = true;
    if (given.tag)
      event.offset = event.tag_offset;
    else if (given.anchor)
      event.offset = original(*YamlParser::start_of(given.anchor) - 1);  // the `&`
    else
      event.offset = original(skip_to_content(last_end_, {}));  // the `-` of an item
    return;
  }
  const auto end = YamlParser::end_of(given.value, *begin);
  const auto style = fy_scalar_token_get_style(given.value);
  if (style == FYSS_LITERAL || style == FYSS_FOLDED) {
    read_block(event, end);
    last_end_ = end;
    return;
  }
  const char quote = style == FYSS_DOUBLE_QUOTED ? '"' : style == FYSS_SINGLE_QUOTED ? '\'' : '\0';
  event.plain = quote == '\0';
  event.column = YamlParser::column_of(given.value) - (event.plain ? 0 : 1);
  event.offset = original(event.plain ? *begin : *begin - 1);
  event.text = flow_text(text_.substr(*begin, end - *begin), quote, made_);
  last_end_ = event.plain ? end : end + 1;
  if (const auto line_breaks = event.plain ? repairs_.empty_block_at(event.offset) : std::nullopt) {
    made_.assign(*line_breaks, '\n');
    event.text = made_;
    event.plain = false;
  }
}

// A block scalar that ends there.
void YamlEvents::read_block(YamlEvent& event, std::size_t end) {
  const auto header = skip_to_content(last_end_, ":-?");
  event.offset = original(header);
  event.column = header - (text_.find_last_of("\r\n", header) + 1);  // npos + 1 is 0
  const auto head = text_.substr(header, text_.find_first_of("\r\n", header) - header);
  YamlBlockStyle style;
  style.folded = head.starts_with('>');
  std::size_t indented = 0;  // by the header
  for (const char c : head.substr(std::min<std::size_t>(head.size(), 1), 2)) {
    if (c == '+' || c == '-') style.chomping = c;
    if (c >= '1' && c <= '9') indented = static_cast<std::size_t>(c - '0');
  }
  auto lines = text_.substr(0, end);
  lines.remove_prefix(std::min(lines.size(), header + head.size()));
  take_line_break(lines);

  const auto first = lines.find_first_not_of(" \r\n");
  if (indented != 0) {
    style.indent = indented + (columns_.empty() ? 0 : columns_.back());
  } else if (first == std::string_view::npos) {
    style.indent = lines.size();  // more than any line has
  } else {
    const auto line = lines.find_last_of("\r\n", first) + 1;  // npos + 1 is 0
    style.indent = lines.find_first_not_of(' ', line) - line;
    if (!columns_.empty() && style.indent <= columns_.back()) {
      // These lines are no part of it.
      const auto empty_lines = static_cast<std::size_t>(std::ranges::count(lines.substr(0, line), '\n'));
      misreading_ =
          YamlMisreading{YamlMisreading::Kind::empty_block, event.offset, style.chomping == '+' ? empty_lines : 0};
      problem_ = YamlProblem{event.offset, "a block without text", "an empty string is written as \"\""};
      return;
    }
  }
  made_ = block_text(lines, style);
  event.text = made_;
}

void YamlEvents::note_problem() {
  parser_->each_diagnostic([&](const fy_diag_error& error) {
    if (problem_ || error.type != FYET_ERROR) return;
    auto offset = YamlParser::start_of(error.fyt).value_or(text_.size());
    const std::string_view message(error.msg);
    // The mark of a quoted string lies behind its quote.
    if (offset > 0 && message.find("-quoted") != std::string_view::npos && offset <= text_.size() &&
        (text_[offset - 1] == '"' || text_[offset - 1] == '\''))
      --offset;
    if (message.starts_with("did not find expected node content")) misreading_.emplace();
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
      warnings_.push_back(
          {original(YamlParser::start_of(error.fyt).value_or(0)), "a directive that is not known has no effect", {}});
  });
  const auto* const state = parser_->event()->document_start.document_state;
  const auto* const version = fy_document_state_version(const_cast<fy_document_state*>(state));
  if (version && (version->major != 1 || version->minor != 2))
    warnings_.push_back({original(skip_to_content(0, {})),
                         "the text says YAML " + std::to_string(version->major) + "." + std::to_string(version->minor) +
                             ", but is read as YAML 1.2",
                         {}});
}

}  // namespace superconfig
