// A YAML text as a stream of events, by libfyaml.
//
// libfyaml decides what YAML is. It builds no document for us: its builder is quadratic on wide mappings, and what
// aliases, tags and duplicate keys mean is ours to say. It has no limit of nesting; who takes the events stops.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/yaml_repairs.hpp"

namespace superconfig {

struct YamlEvent {
  enum class Type : std::uint8_t { document, mapping, sequence, collection_end, scalar, alias };
  Type type = Type::document;
  bool block = false;       ///< a collection without brackets
  bool plain = false;       ///< a scalar without quotes, `|` or `>`
  bool absent = false;      ///< a scalar that is not written at all
  std::size_t offset = 0;   ///< where it begins: at the quote, `|`, `*`, `{`, the first key or `-`
  std::size_t column = 0;   ///< of that place, from 0; not of what is absent
  std::string_view text;    ///< of a scalar; of an alias: the anchor's name
  std::string_view anchor;  ///< empty if there is none
  std::string_view tag;     ///< spelled out: `tag:yaml.org,2002:int`, `!local`, `!`; empty if there is none
  std::size_t tag_offset = 0;
};

struct YamlProblem {
  std::size_t offset = 0;
  std::string message;
  std::string hint;
};

class YamlParser;

/// Offsets are those of the original text.
class YamlEvents {
 public:
  /// The text, valid UTF-8 without a byte order mark, must outlive this.
  explicit YamlEvents(const YamlRepairs& text);
  YamlEvents(const YamlEvents&) = delete;
  YamlEvents& operator=(const YamlEvents&) = delete;
  ~YamlEvents();

  /// The next event, whose views are good until the call after; false at the end and after a problem.
  bool next(YamlEvent& event);

  /// Why there is no next event, if that is not the end of the text.
  [[nodiscard]] const std::optional<YamlProblem>& problem() const noexcept { return problem_; }
  /// The problem may be libfyaml's, not the text's.
  [[nodiscard]] const std::optional<YamlMisreading>& misreading() const noexcept { return misreading_; }
  /// Directives that are not known.
  [[nodiscard]] const std::vector<YamlProblem>& warnings() const noexcept { return warnings_; }

 private:
  [[nodiscard]] std::size_t original(std::size_t offset) const noexcept { return repairs_.original_offset(offset); }
  [[nodiscard]] std::size_t skip_to_content(std::size_t offset, std::string_view indicators) const noexcept;
  void read(YamlEvent& event);
  void read_scalar(YamlEvent& event);
  void read_block(YamlEvent& event, std::size_t end);
  void note_problem();
  void note_warnings();

  const YamlRepairs& repairs_;
  std::string_view text_;
  std::unique_ptr<YamlParser> parser_;
  std::string made_;                  // a text that is not a part of the whole
  std::vector<std::size_t> columns_;  // of all collections that are open
  std::size_t last_end_ = 0;          // of the last token that had an extent
  std::optional<YamlProblem> problem_;
  std::optional<YamlMisreading> misreading_;
  std::vector<YamlProblem> warnings_;
};

}  // namespace superconfig
