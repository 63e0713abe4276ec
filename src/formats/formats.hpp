// Bytes to trees and back. One file a format; `parse` looks the format up in a table.
//
// What parsing gives: a dict whose entries and items carry marks, byte offsets into the source (of a TOML table or
// array of tables: its header; of a block mapping or sequence of YAML: its first key or `-`; of a value that an alias
// or `<<` stands for: where it was written; of everything else: the value). Keys keep the order of their first
// declaration.
// What parsing refuses: `parse` errors with line and column; never an exception, a crash or a silent loss.
// Nothing here keeps state between calls but buffers per thread, and these are bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "superconfig/error.hpp"
#include "superconfig/format.hpp"
#include "superconfig/origin.hpp"
#include "superconfig/value.hpp"

namespace superconfig {

/// How many dicts and arrays may lie in each other, the root included. More is an error when read and when written.
inline constexpr std::size_t max_nesting = 500;

/// How many nodes the aliases of a YAML text may stand for: this many, or ten for each node that is written, if that is
/// more. A text of n bytes counts as 1 + n / 100 nodes.
inline constexpr std::size_t max_alias_nodes = 1'000'000;

/// Something that a parser passed over: a tag or directive that it does not know.
struct FormatWarning {
  std::string message;
  Mark mark;
};

/// The format by the file's extension (.toml .yaml .yml .json .jsonc), in any case. ".toml" alone is a name without an
/// extension.
std::optional<Format> format_of_extension(std::string_view path) noexcept;

/// The source's text as a tree whose root is a dict. Of a text that looks like another format the error says so.
Result<Value> parse(Format format, const Source& source, std::vector<FormatWarning>* warnings = nullptr);
Result<Value> parse_toml(const Source& source);
Result<Value> parse_yaml(const Source& source, std::vector<FormatWarning>* warnings = nullptr);
Result<Value> parse_json(const Source& source);
Result<Value> parse_jsonc(const Source& source);

/// TOML, YAML and JSON, the likeliest first by the first line that is neither blank nor a comment.
std::vector<Format> formats_by_content(std::string_view bytes);

/// The format that the first line shows beyond doubt: a table header, `key =`, `key:`, `---`, `{"`.
std::optional<Format> looks_like(std::string_view bytes) noexcept;

/// A text of unknown format: the first of `formats_by_content` that parses; `*used` says which. If none does, the
/// error is that of the likeliest, with what the others say as its hint.
Result<Value> parse_detected(const Source& source, Format* used = nullptr,
                             std::vector<FormatWarning>* warnings = nullptr);

/// A text that is a JSON array or object as a whole, by the rules for files; else nothing. Every mark is `mark`.
std::optional<Value> parse_json_scalar_tree(std::string_view text, Mark mark);

enum class JsonStyle : std::uint8_t { pretty, compact };

/// Writers. What is written reads back equal. Errors: `unsupported`, one for every value that the format cannot
/// hold, with its path and, for entries and items, its origin.
Result<std::string> write_json(const Value& value, JsonStyle style = JsonStyle::pretty);
/// The root must be a dict. Within a table, values come before tables.
Result<std::string> write_toml(const Value& value);
/// In block style. Strings stand in quotes where a reader of YAML 1.2 or 1.1 would take them for something else.
Result<std::string> write_yaml(const Value& value);

}  // namespace superconfig
