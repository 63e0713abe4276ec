// A YAML text as a stream of events, by libfyaml. Only the source of this header sees the library's own.
//
// libfyaml decides what YAML is. It builds no document for us: its builder is quadratic on wide mappings, and what
// aliases, tags and duplicate keys mean is ours to say. It has no limit of nesting; who takes the events stops.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace superconfig {

struct YamlEvent {
  enum class Type : std::uint8_t { document, mapping, sequence, collection_end, scalar, alias };
  Type type = Type::document;
  bool plain = false;           ///< a scalar without quotes, `|` or `>`
  bool absent = false;          ///< a scalar that is not written at all
  std::size_t offset = 0;       ///< where it begins: at the quote, `|`, `*`, `{`, the first key or `-`
  std::string_view text;        ///< of a scalar; of an alias: the anchor's name
  std::string_view anchor;      ///< empty if there is none
  std::string_view tag;         ///< spelled out: `tag:yaml.org,2002:int`, `!local`, `!`; empty if there is none
  std::size_t tag_offset = 0;
};

struct YamlProblem {
  std::size_t offset = 0;
  std::string message;
  std::string hint;
};

class YamlParser;  // libfyaml's

class YamlEvents {
 public:
  /// The text, valid UTF-8 without a byte order mark, must outlive this.
  /// `insertions`: of `with_written_nulls`; they must outlive this too.
  YamlEvents(std::string_view text, std::span<const std::size_t> insertions);
  YamlEvents(const YamlEvents&) = delete;
  YamlEvents& operator=(const YamlEvents&) = delete;
  ~YamlEvents();

  /// The next event, whose views are good until the call after; false at the end and after a problem.
  bool next(YamlEvent& event);

  /// Why there is no next event, if that is not the end of the text.
  [[nodiscard]] const std::optional<YamlProblem>& problem() const noexcept { return problem_; }
  /// Directives that are not known.
  [[nodiscard]] const std::vector<YamlProblem>& warnings() const noexcept { return warnings_; }
  /// The problem may be libfyaml's own; see `with_written_nulls`.
  [[nodiscard]] bool misses_a_node() const noexcept { return misses_a_node_; }

 private:
  [[nodiscard]] std::size_t original(std::size_t offset) const noexcept;
  [[nodiscard]] std::size_t skip_to_content(std::size_t offset, std::string_view indicators) const noexcept;
  [[nodiscard]] bool is_readable(std::size_t begin, std::size_t end);
  void read(YamlEvent& event);
  void read_scalar(YamlEvent& event);
  void read_block(YamlEvent& event, std::size_t header, std::size_t end);
  void note_problem();
  void note_warnings();

  std::string_view text_;
  std::span<const std::size_t> insertions_;
  std::unique_ptr<YamlParser> parser_;
  std::string block_;              // the text of a block scalar
  std::size_t last_end_ = 0;       // of the last token that had an extent
  std::uint64_t blank_cost_ = 0;   // see is_readable
  bool misses_a_node_ = false;
  std::optional<YamlProblem> problem_;
  std::vector<YamlProblem> warnings_;
};

/// libfyaml 0.7 takes an empty item of a sequence that is not indented below its key for an error:
///
///     key:
///     -
///     - b
///
/// This is the text with ` ~` behind every `-` that has no item, and where these were put in; nothing if there is none.
struct WrittenNulls {
  std::string text;
  std::vector<std::size_t> insertions;  ///< offsets in `text` of what was put in
};
std::optional<WrittenNulls> with_written_nulls(std::string_view text);

}  // namespace superconfig
