// Bytes to trees and back. One file a format; `parse` looks the format up in a table.
//
// What parsing gives: a dict whose entries and items carry marks, byte offsets into the source (of a TOML table or
// array of tables: its header; of everything else: the value). Keys keep the order of their first declaration.
// What parsing refuses: `parse` errors with line and column; never an exception, a crash or a silent loss.
// Nothing here keeps state between calls but buffers per thread, and these are bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "superconfig/error.hpp"
#include "superconfig/format.hpp"
#include "superconfig/origin.hpp"
#include "superconfig/value.hpp"

namespace superconfig {

/// How many dicts and arrays may lie in each other, the root included. More is an error when read and when written.
inline constexpr std::size_t max_nesting = 500;

/// The format by the file's extension, in any case. ".toml" alone is a name without an extension.
std::optional<Format> format_of_extension(std::string_view path) noexcept;

/// The source's text as a tree whose root is a dict.
Result<Value> parse(Format format, const Source& source);
Result<Value> parse_toml(const Source& source);
Result<Value> parse_json(const Source& source);

/// A text that is a JSON array or object as a whole, by the rules for files; else nothing. Every mark is `mark`.
std::optional<Value> parse_json_scalar_tree(std::string_view text, Mark mark);

enum class JsonStyle : std::uint8_t { pretty, compact };

/// Writers. What is written reads back equal. Errors: `unsupported`, one for every value that the format cannot
/// hold, with its path and, for entries and items, its origin.
Result<std::string> write_json(const Value& value, JsonStyle style = JsonStyle::pretty);
/// The root must be a dict. Within a table, values come before tables.
Result<std::string> write_toml(const Value& value);

}  // namespace superconfig
