// JSON by simdjson's DOM, which picks the best code for the processor at run time.
//
// The DOM has no places. But the parser's list of structural characters is still there after a parse: it holds
// the offset of every token in the order of the text, so a walk over the tree that counts along knows where each
// value began.
#include <simdjson.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "formats/formats.hpp"
#include "formats/json_problem.hpp"
#include "formats/json_text.hpp"
#include "formats/tree_builder.hpp"
#include "text/utf8.hpp"

namespace superconfig {

namespace {

namespace dom = simdjson::dom;

// One parser a thread: its buffers, about 14 bytes for each byte of the largest text so far, are used again. Those
// of a text above the limit are given back.
constexpr std::size_t kept_capacity = std::size_t{1} << 20;

struct ParserLease {
  ParserLease() = default;
  ParserLease(const ParserLease&) = delete;
  ParserLease& operator=(const ParserLease&) = delete;
  ~ParserLease() {
    if (parser().capacity() > kept_capacity) parser() = dom::parser();
  }
  static dom::parser& parser() {
    thread_local dom::parser instance;
    return instance;
  }
};

struct Duplicate {
  std::size_t first = 0, second = 0;  // offsets of the two keys
  std::string name;
};

// Walks the DOM and the offsets together. Recursion is bounded: simdjson refused what is too deep. But it does not
// count an innermost empty container, so the exact limit is checked here.
class Walk {
 public:
  Walk(const std::uint32_t* offsets, Mark base, std::uint32_t step) : offset_(offsets), base_(base), step_(step) {
    keys_.reserve(16);
  }

  Value root(dom::element element) {
    ++offset_;
    return value(element);
  }
  [[nodiscard]] bool too_deep() const noexcept { return too_deep_; }
  [[nodiscard]] std::optional<Duplicate>& duplicate() noexcept { return duplicate_; }

 private:
  // The next token's mark. With step_ 0 every mark is the base.
  Mark next_mark() noexcept { return {base_.source, base_.offset + step_ * *offset_++}; }

  // The element's own offset has been taken.
  Value value(dom::element element) {
    switch (element.type()) {
      case dom::element_type::OBJECT: return object(element.get_object().value_unsafe());
      case dom::element_type::ARRAY: return array(element.get_array().value_unsafe());
      case dom::element_type::INT64: return Value(element.get_int64().value_unsafe());
      case dom::element_type::UINT64: return Value(element.get_uint64().value_unsafe());
      case dom::element_type::DOUBLE: return Value(element.get_double().value_unsafe());
      case dom::element_type::STRING: return Value(element.get_string().value_unsafe());
      case dom::element_type::BOOL: return Value(element.get_bool().value_unsafe());
      case dom::element_type::NULL_VALUE: break;
    }
    return Value();
  }

  Value object(dom::object object) {
    if (++depth_ > max_nesting) too_deep_ = true;
    const auto base = builder_.entries();
    const auto key_base = keys_.size();
    for (const auto field : object) {
      keys_.push_back(*offset_);
      offset_ += 2;  // the key and the colon
      const auto mark = next_mark();
      // The name is counted before the value is walked, which may take its slot in the cache.
      Name name = builder_.name(field.key);
      builder_.entry(std::move(name), value(field.value), mark);
      ++offset_;  // the comma or the closing brace
    }
    if (builder_.entries() == base) ++offset_;  // the closing brace of an empty one
    DuplicateName same;
    auto made = builder_.dict(base, &same);
    if (same.second != 0 && !duplicate_) note_duplicate(object, key_base, same);
    keys_.resize(key_base);
    --depth_;
    return made;
  }

  Value array(dom::array array) {
    if (++depth_ > max_nesting) too_deep_ = true;
    const auto base = builder_.items();
    for (const auto element : array) {
      const auto mark = next_mark();
      builder_.item(value(element), mark);
      ++offset_;
    }
    if (builder_.items() == base) ++offset_;
    --depth_;
    return builder_.array(base);
  }

  void note_duplicate(dom::object object, std::size_t key_base, DuplicateName same) {
    std::size_t i = 0;
    for (const auto field : object)
      if (i++ == same.second) {
        duplicate_ = Duplicate{keys_[key_base + same.first], keys_[key_base + same.second], std::string(field.key)};
        break;
      }
  }

  const std::uint32_t* offset_;
  Mark base_;
  std::uint32_t step_;
  std::size_t depth_ = 0;
  bool too_deep_ = false;
  TreeBuilder builder_;
  std::vector<std::uint32_t> keys_;  // offsets of the keys of all open objects
  std::optional<Duplicate> duplicate_;
};

// simdjson counts the containers that are open; one more than it may have is an error.
simdjson::error_code read(dom::parser& parser, std::string_view text, dom::element& root) {
  if (parser.max_depth() != max_nesting + 1)
    if (const auto error = parser.allocate(parser.capacity() > 4096 ? parser.capacity() : 4096, max_nesting + 1))
      return error;
  return parser.parse(text.data(), text.size(), true).get(root);
}

std::string_view kind_of(dom::element element) {
  switch (element.type()) {
    case dom::element_type::ARRAY: return "an array";
    case dom::element_type::STRING: return "a string";
    case dom::element_type::BOOL: return "a bool";
    case dom::element_type::NULL_VALUE: return "null";
    default: return "a number";
  }
}

Error explain(const Source& source, std::string_view text, std::size_t skipped, JsonComments comments,
              simdjson::error_code code) {
  const auto problem = find_json_problem(text, comments);
  const auto encoding = find_encoding_problem(source.bytes());
  if (encoding && (!problem || encoding->offset <= problem->offset + skipped || encoding->offset == 0))
    return parse_error(source, encoding->offset, std::string(encoding->message));
  if (problem) return parse_error(source, problem->offset + skipped, problem->message, problem->hint);
  if (code == simdjson::MEMALLOC || code == simdjson::CAPACITY) {
    auto error = parse_error(source, 0, "the text is too large for the memory there is");
    error.code = ErrorCode::unsupported;
    return error;
  }
  return parse_error(source, skipped, simdjson::error_message(code));
}

}  // namespace

Result<Value> parse_json_text(const Source& source, std::size_t skipped, std::string_view text, JsonComments comments) {
  ParserLease lease;
  auto& parser = lease.parser();
  dom::element root;
  if (const auto code = read(parser, text, root)) return explain(source, text, skipped, comments, code);
  const auto* const offsets = parser.implementation->structural_indexes.get();
  if (root.type() != dom::element_type::OBJECT)
    return parse_error(source, *offsets + skipped, "the root must be an object, found " + std::string(kind_of(root)));
  Walk walk(offsets, source.mark(skipped), 1);
  auto value = walk.root(root);
  if (walk.too_deep()) return explain(source, text, skipped, comments, simdjson::DEPTH_ERROR);
  if (const auto& twice = walk.duplicate()) {
    auto error = parse_error(source, twice->second + skipped, "the key `" + twice->name + "` is defined twice");
    error.related.push_back(origin_of(source.mark(twice->first + skipped)));
    return error;
  }
  return value;
}

Result<Value> parse_json(const Source& source) {
  const auto skipped = bom_size(source.bytes());
  return parse_json_text(source, skipped, source.bytes().substr(skipped), JsonComments::refused);
}

std::optional<Value> parse_json_scalar_tree(std::string_view text, Mark mark) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (text[first] != '[' && text[first] != '{')) return std::nullopt;
  ParserLease lease;
  auto& parser = lease.parser();
  dom::element root;
  if (read(parser, text, root)) return std::nullopt;
  Walk walk(parser.implementation->structural_indexes.get(), mark, 0);
  auto value = walk.root(root);
  if (walk.too_deep() || walk.duplicate()) return std::nullopt;
  return value;
}

}  // namespace superconfig
