#include "formats/formats.hpp"

#include <algorithm>

namespace superconfig {

namespace {

struct FormatRow {
  Format format;
  std::string_view name;
  std::string_view extension;
  Result<Value> (*parse)(const Source&);
};

constexpr FormatRow rows[] = {
    {Format::toml, "toml", "toml", parse_toml},
    {Format::json, "json", "json", parse_json},
};

const FormatRow& row_of(Format format) noexcept {
  for (const auto& row : rows)
    if (row.format == format) return row;
  return rows[0];
}

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string_view name_of(Format format) noexcept { return row_of(format).name; }

std::optional<Format> format_of_extension(std::string_view path) noexcept {
  const auto name = path.substr(path.find_last_of("/\\") + 1);  // npos + 1 is 0
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return std::nullopt;
  const auto extension = name.substr(dot + 1);
  for (const auto& row : rows)
    if (std::ranges::equal(extension, row.extension, {}, lower)) return row.format;
  return std::nullopt;
}

Result<Value> parse(Format format, const Source& source) { return row_of(format).parse(source); }

}  // namespace superconfig
