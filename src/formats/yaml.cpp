// YAML 1.2 core schema: libfyaml's events to a tree.
//
// Anchors and aliases share values, so a text full of aliases costs no more than its length. But what it stands for
// may be far longer, and whoever writes, merges or extracts the tree walks through all of it. So every alias counts
// the nodes that it stands for, up to a limit.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "formats/formats.hpp"
#include "formats/tree_builder.hpp"
#include "formats/yaml_events.hpp"
#include "formats/yaml_scalar.hpp"
#include "text/utf8.hpp"

namespace superconfig {

namespace {

enum class Tag : std::uint8_t { none, string, integer, floating, boolean, null, sequence, mapping, merge };

struct TagRow {
  std::string_view name;
  Tag tag;
};
constexpr std::string_view tag_prefix = "tag:yaml.org,2002:";
constexpr TagRow tag_rows[] = {
    {"str", Tag::string}, {"int", Tag::integer},  {"float", Tag::floating}, {"bool", Tag::boolean},
    {"null", Tag::null},  {"seq", Tag::sequence}, {"map", Tag::mapping},    {"merge", Tag::merge},
};

std::string_view kind_in_words(const Value& value) noexcept {
  switch (value.kind()) {
    case Kind::null: return "null";
    case Kind::boolean: return "a bool";
    case Kind::integer:
    case Kind::floating: return "a number";
    case Kind::array: return "a list";
    case Kind::dict: return "a mapping";
    default: return "a string";
  }
}

// A merge key's value: a mapping, or a list of them.
bool is_mergeable(const Value& value) noexcept {
  return value.is_dict() || (value.is_array() &&
                             std::ranges::all_of(value.items(), [](const Item& item) { return item.value.is_dict(); }));
}

// The entries of a mapping and, at its `<<`, those of the mappings that it names. Its own win, then the earlier's.
Value merged(const Value& own, std::size_t merge_at, const Value& from) {
  std::vector<Entry> all;
  std::unordered_map<std::string_view, std::size_t> places;
  const auto add = [&](const Entry& entry, bool wins) {
    const auto [place, is_new] = places.try_emplace(entry.name.view(), all.size());
    if (is_new)
      all.push_back(entry);
    else if (wins)
      all[place->second] = entry;
  };
  const auto add_merged = [&] {
    for (const auto& entry : from.entries()) add(entry, false);
    for (const auto& item : from.items())
      for (const auto& entry : item.value.entries()) add(entry, false);
  };
  std::size_t position = 0;
  for (const auto& entry : own.entries()) {
    if (position++ == merge_at) add_merged();
    add(entry, true);
  }
  if (position <= merge_at) add_merged();
  return Value::dict(std::span<Entry>(all));
}

// One use. The levels that are open lie on a stack of our own: nothing recurses.
class Construction {
 public:
  Construction(const Source& source, std::size_t skipped, const YamlRepairs& text)
      : source_(source),
        skipped_(skipped),
        text_(source.bytes().substr(skipped)),
        may_have_bom_(text_.find(utf8_bom) != std::string_view::npos),
        events_(text) {}

  Result<Value> run() {
    YamlEvent event;
    while (!error_ && events_.next(event)) take(event);
    if (!error_ && events_.problem()) explain(*events_.problem());
    if (error_) return std::move(*error_);
    return std::move(root_);
  }

  [[nodiscard]] const std::optional<YamlMisreading>& misreading() const noexcept { return events_.misreading(); }
  std::vector<FormatWarning> warnings() {
    for (const auto& warning : events_.warnings()) warn(warning.offset, warning.message);
    return std::move(warnings_);
  }

 private:
  static constexpr auto none = static_cast<std::size_t>(-1);

  struct Anchor {
    Value value;
    Mark mark;
    std::string text;  // of a scalar: its characters
    std::uint64_t nodes = 0;
    std::size_t height = 0;
    bool scalar = false;
    bool done = false;
  };

  struct Level {  // a mapping or sequence that is open
    bool mapping = false;
    bool block = false;
    bool has_key = false;
    bool merging = false;  // the key is `<<`
    std::size_t offset = 0;
    std::size_t column = 0;
    std::size_t base = 0;      // in the builder
    std::size_t key_base = 0;  // in keys_
    std::size_t anchor = none;
    std::uint64_t nodes_before = 0;
    std::size_t height = 0;  // of what is in it so far
    Name key;
    std::size_t key_offset = 0;
    std::optional<Value> merge;
    std::size_t merge_at = 0;      // how many entries stand before the `<<`
    std::size_t merge_offset = 0;  // of the `<<`
  };

  // ---- problems ----

  void fail(std::size_t offset, std::string message, std::string hint = {}) {
    if (!error_) error_ = parse_error(source_, offset + skipped_, std::move(message), std::move(hint));
  }
  void fail_deep(std::size_t offset) {
    fail(offset, "nested more than " + std::to_string(max_nesting) + " levels deep");
  }
  void fail_twice(std::string_view name, std::size_t first, std::size_t second, std::string hint = {}) {
    fail(second, "the key `" + std::string(name) + "` is defined twice", std::move(hint));
    error_->related.push_back(origin_of(mark(first)));
  }
  void warn(std::size_t offset, std::string message) { warnings_.push_back({std::move(message), mark(offset)}); }

  // At the end of the text the bracket that is open is more helpful than the place where it is missed.
  void explain(const YamlProblem& problem) {
    const bool at_end = text_.find_first_not_of(" \t\r\n", problem.offset) == std::string_view::npos;
    if (at_end && !levels_.empty()) {
      const auto offset = levels_.back().offset;
      const char open = offset < text_.size() ? text_[offset] : '\0';
      if (open == '[') return fail(offset, "`[` without its `]`");
      if (open == '{') return fail(offset, "`{` without its `}`");
    }
    fail(problem.offset, problem.message, problem.hint);
  }

  [[nodiscard]] Mark mark(std::size_t offset) const noexcept { return source_.mark(offset + skipped_); }

  // ---- events ----

  void take(const YamlEvent& event) {
    if (!is_indented(event))
      return fail(event.offset, "a value must be indented further than its key", "or is it a key without `:`?");
    switch (event.type) {
      case YamlEvent::Type::document:
        if (++documents_ > 1) fail(event.offset, "a second document; a configuration is one");
        break;
      case YamlEvent::Type::mapping:
      case YamlEvent::Type::sequence: open(event); break;
      case YamlEvent::Type::collection_end: close(); break;
      case YamlEvent::Type::alias: alias(event); break;
      case YamlEvent::Type::scalar: scalar(event); break;
    }
  }

  // libfyaml lets the last value of a block begin where its key does.
  [[nodiscard]] bool is_indented(const YamlEvent& event) const noexcept {
    using enum YamlEvent::Type;
    if (levels_.empty() || !levels_.back().block || expects_key() || event.absent) return true;
    if (event.type == document || event.type == collection_end) return true;
    // A list may be as far to the left as its key.
    const bool list = event.type == sequence && event.block && levels_.back().mapping;
    return event.column + (list ? 1 : 0) > levels_.back().column;
  }

  [[nodiscard]] bool expects_key() const noexcept {
    return !levels_.empty() && levels_.back().mapping && !levels_.back().has_key;
  }

  void open(const YamlEvent& event) {
    const bool mapping = event.type == YamlEvent::Type::mapping;
    if (expects_key()) return fail(event.offset, mapping ? "a mapping cannot be a key" : "a list cannot be a key");
    if (levels_.size() == max_nesting) return fail_deep(event.offset);
    const auto tag = tag_of(event);
    if (tag != Tag::none && tag != (mapping ? Tag::mapping : Tag::sequence) && event.tag != "!")
      return fail(event.tag_offset,
                  "the tag " + tag_text(event.tag) + " stands before " + (mapping ? "a mapping" : "a list"));
    levels_.emplace_back();
    auto& level = levels_.back();
    level.mapping = mapping;
    level.block = event.block;
    level.offset = event.offset;
    level.column = event.column;
    level.base = mapping ? builder_.entries() : builder_.items();
    level.key_base = keys_.size();
    level.nodes_before = written_ + added_;
    level.anchor = begin_anchor(event.anchor);
    ++written_;
  }

  void close() {
    auto level = std::move(levels_.back());
    Value made;
    if (level.mapping) {
      DuplicateName same;
      made = builder_.dict(level.base, &same);
      if (same.second != 0) {
        const auto name = std::next(made.entries().begin(), static_cast<std::ptrdiff_t>(same.first))->name;
        fail_twice(name.view(), keys_[level.key_base + same.first], keys_[level.key_base + same.second]);
      }
      if (level.merge) made = merged(made, level.merge_at, *level.merge);
    } else {
      made = builder_.array(level.base);
    }
    keys_.resize(level.key_base);
    levels_.pop_back();
    const auto height = level.height + 1;
    if (level.anchor != none) end_anchor(level.anchor, made, mark(level.offset), height, level.nodes_before);
    finish(std::move(made), mark(level.offset), level.offset, height);
  }

  void scalar(const YamlEvent& event) {
    if (may_have_bom_ && event.plain)
      if (const auto at = event.text.find(utf8_bom); at != std::string_view::npos)
        return fail(event.offset + at, "a byte order mark in the middle of the text");
    const auto nodes_before = written_ + added_;
    const bool is_key = expects_key();
    written_ += (is_key ? 0 : 1) + event.text.size() / 100;  // a key and its value are one

    const auto tag = tag_of(event);
    Value value;
    if (!is_key || !event.anchor.empty() || tag != Tag::none) value = scalar_value(event, tag);

    // A value that is not written has its key's place.
    auto offset = event.offset;
    if (event.absent && !is_key && !levels_.empty() && levels_.back().mapping && event.anchor.empty() &&
        event.tag.empty())
      offset = levels_.back().key_offset;
    if (!event.anchor.empty()) {
      const auto anchor = begin_anchor(event.anchor);
      anchors_[anchor].text = event.text;
      anchors_[anchor].scalar = true;
      end_anchor(anchor, value, mark(offset), 0, nodes_before);
    }
    if (!is_key) return finish(std::move(value), mark(offset), offset, 0);
    if ((event.plain && tag == Tag::none && event.text == "<<") || tag == Tag::merge) return merge_key(offset);
    key(event.text, offset);
  }

  void key(std::string_view text, std::size_t offset) {
    auto& level = levels_.back();
    level.has_key = true;
    level.key = builder_.name(text);
    level.key_offset = offset;
  }

  void merge_key(std::size_t offset) {
    auto& level = levels_.back();
    if (level.merge) return fail_twice("<<", level.merge_offset, offset, "several are merged by `<<: [*a, *b]`");
    level.has_key = level.merging = true;
    level.key_offset = level.merge_offset = offset;
  }

  // A value, of which everything is known, to where it belongs.
  void finish(Value value, Mark mark, std::size_t offset, std::size_t height) {
    if (levels_.empty()) return root(std::move(value), offset);
    auto& level = levels_.back();
    if (!level.mapping) {
      level.height = std::max(level.height, height);
      return builder_.item(std::move(value), mark);
    }
    level.has_key = false;
    if (!std::exchange(level.merging, false)) {
      level.height = std::max(level.height, height);
      keys_.push_back(level.key_offset);
      return builder_.entry(std::move(level.key), std::move(value), mark);
    }
    if (!is_mergeable(value))
      return fail(offset, "`<<` merges a mapping or a list of mappings, found " + std::string(kind_in_words(value)));
    const std::size_t unwrapped = value.is_array() ? 2 : 1;
    level.height = std::max(level.height, height - std::min(height, unwrapped));
    level.merge_at = builder_.entries() - level.base;
    level.merge = std::move(value);
  }

  void root(Value value, std::size_t offset) {
    if (value.is_dict()) {
      root_ = std::move(value);
    } else if (!value.is_null()) {
      fail(offset, "the root must be a mapping, found " + std::string(kind_in_words(value)));
    }
  }

  // ---- anchors and aliases ----

  std::size_t begin_anchor(std::string_view name) {
    if (name.empty()) return none;
    anchors_.emplace_back();
    anchor_of_[std::string(name)] = anchors_.size() - 1;
    return anchors_.size() - 1;
  }

  void end_anchor(std::size_t index, const Value& value, Mark mark, std::size_t height, std::uint64_t nodes_before) {
    auto& anchor = anchors_[index];
    anchor.value = value;
    anchor.mark = mark;
    anchor.height = height;
    anchor.nodes = written_ + added_ - nodes_before;
    anchor.done = true;
  }

  void alias(const YamlEvent& event) {
    const auto found = anchor_of_.find(std::string(event.text));
    const auto name = [&] { return std::string(event.text); };
    if (found == anchor_of_.end())
      return fail(event.offset, "the alias `*" + name() + "` has no anchor `&" + name() + "` before it");
    const auto& anchor = anchors_[found->second];
    if (!anchor.done)
      return fail(event.offset, "the alias `*" + name() + "` lies inside of its own anchor `&" + name() + "`");
    ++written_;
    if (expects_key()) {
      if (!anchor.scalar) return fail(event.offset, std::string(kind_in_words(anchor.value)) + " cannot be a key");
      return key(anchor.text, event.offset);
    }
    added_ += anchor.nodes;
    if (added_ > max_alias_nodes && added_ / 10 > written_)
      return fail(event.offset,
                  "the aliases up to here stand for more than " + std::to_string(max_alias_nodes) + " values");
    if (levels_.size() + anchor.height > max_nesting) return fail_deep(event.offset);
    finish(anchor.value, anchor.mark, event.offset, anchor.height);
  }

  // ---- scalars and tags ----

  static std::string tag_text(std::string_view tag) {
    const bool known = tag.starts_with(tag_prefix);
    const bool local = tag.starts_with('!');
    return "`" +
           (known   ? "!!" + std::string(tag.substr(tag_prefix.size()))
            : local ? std::string(tag)
                    : "!<" + std::string(tag) + ">") +
           "`";
  }

  // A tag that is not known is as good as none.
  Tag tag_of(const YamlEvent& event) {
    if (event.tag.empty()) return Tag::none;
    if (event.tag == "!") return Tag::string;
    if (event.tag.starts_with(tag_prefix))
      for (const auto& row : tag_rows)
        if (event.tag.substr(tag_prefix.size()) == row.name) return row.tag;
    if (unknown_tags_.emplace(event.tag).second)
      warn(event.tag_offset, "the tag " + tag_text(event.tag) + " is not known and has no effect");
    return Tag::none;
  }

  Value scalar_value(const YamlEvent& event, Tag tag) {
    YamlScalar made;
    switch (tag) {
      case Tag::none:
        if (!event.plain) return Value(event.text);
        made = yaml_scalar(event.text);
        break;
      case Tag::string: return Value(event.text);
      case Tag::integer: made = yaml_integer(event.text); break;
      case Tag::floating:
        made = yaml_float(event.text);
        if (made.fit == YamlFit::no) made = as_float(yaml_integer(event.text));
        break;
      case Tag::boolean:
        if (const auto boolean = yaml_bool(event.text)) made = {YamlFit::yes, Value(*boolean)};
        break;
      case Tag::null:
        if (is_yaml_null(event.text)) made = {YamlFit::yes, Value()};
        break;
      case Tag::merge:
        if (expects_key()) return Value(event.text);
        break;
      default: break;
    }
    switch (made.fit) {
      case YamlFit::yes: break;
      case YamlFit::no:
        fail(event.absent ? event.tag_offset : event.offset,
             "`" + std::string(event.text.substr(0, 40)) + "` does not fit the tag " + tag_text(event.tag));
        break;
      case YamlFit::beyond_integer: fail(event.offset, "an integer beyond 64 bits"); break;
      case YamlFit::beyond_float: fail(event.offset, "a number beyond the range of a float"); break;
    }
    return std::move(made.value);
  }

  static YamlScalar as_float(YamlScalar integer) {
    if (integer.fit == YamlFit::yes) {
      const auto u = integer.value.as_u64();
      integer.value = u ? static_cast<double>(*u) : static_cast<double>(integer.value.as_i64().value_or(0));
    }
    return integer;
  }

  const Source& source_;
  std::size_t skipped_;  // the byte order mark; offsets are counted from behind it
  std::string_view text_;
  bool may_have_bom_;
  YamlEvents events_;
  TreeBuilder builder_;
  std::vector<Level> levels_;
  std::vector<std::size_t> keys_;  // offsets of the keys of all open mappings
  std::vector<Anchor> anchors_;
  std::unordered_map<std::string, std::size_t> anchor_of_;  // the latest of each name
  std::unordered_set<std::string> unknown_tags_;
  std::uint64_t written_ = 0, added_ = 0;  // nodes: in the text, and what aliases stand for
  std::size_t documents_ = 0;
  Value root_ = Value::dict();
  std::optional<Error> error_;
  std::vector<FormatWarning> warnings_;
};

// libfyaml checks neither UTF-8 outside of quotes nor control characters.
std::optional<Error> find_forbidden(const Source& source) {
  const auto bytes = source.bytes();
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  bool control = false;
  for (const char c : bytes) control |= is_control(c);  // without a branch
  if (!control && find_invalid_utf8(bytes) == std::string_view::npos) return std::nullopt;
  const auto encoding = find_encoding_problem(bytes);
  const auto first = static_cast<std::size_t>(std::ranges::find_if(bytes, is_control) - bytes.begin());
  if (encoding && encoding->offset <= first)
    return parse_error(source, encoding->offset, std::string(encoding->message));
  return parse_error(source, first, "a control character", "in double quotes it can be written as an escape");
}

}  // namespace

Result<Value> parse_yaml(const Source& source, std::vector<FormatWarning>* warnings) {
  const auto skipped = bom_size(source.bytes());
  const auto text = source.bytes().substr(skipped);
  if (source.bytes().size() >= UINT32_MAX) {
    auto error = parse_error(source, 0, "a text of more than 4 GB");
    error.code = ErrorCode::unsupported;
    return error;
  }
  if (auto error = find_forbidden(source)) return std::move(*error);
  YamlRepairs repairs(text);
  for (;;) {
    Construction construction(source, skipped, repairs);
    auto made = construction.run();
    if (!made && construction.misreading() && repairs.repair(*construction.misreading())) continue;
    if (made && warnings) std::ranges::move(construction.warnings(), std::back_inserter(*warnings));
    return made;
  }
}

}  // namespace superconfig
