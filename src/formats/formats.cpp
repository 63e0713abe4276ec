#include "formats/formats.hpp"

#include <algorithm>
#include <utility>

#include "text/secrets.hpp"

namespace superconfig {

namespace {

using Warnings = std::vector<FormatWarning>;

struct FormatRow {
  Format format;
  std::string_view name;
  std::string_view title;
  std::string_view extension;
  Result<Value> (*parse)(const Source&, Warnings*);
};

// A format's first row has its name; further rows have further extensions.
constexpr FormatRow rows[] = {
    {Format::toml, "toml", "TOML", "toml", [](const Source& source, Warnings*) { return parse_toml(source); }},
    {Format::yaml, "yaml", "YAML", "yaml", parse_yaml},
    {Format::yaml, "yaml", "YAML", "yml", parse_yaml},
    {Format::json, "json", "JSON", "json", [](const Source& source, Warnings*) { return parse_json(source); }},
    {Format::jsonc, "jsonc", "JSON", "jsonc", [](const Source& source, Warnings*) { return parse_jsonc(source); }},
};

const FormatRow& row_of(Format format) noexcept {
  for (const auto& row : rows)
    if (row.format == format) return row;
  return rows[0];
}

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// JSON is YAML too, so that is no accident.
bool is_mistaken(Format format, Format shown) noexcept {
  if (shown == Format::json) return format == Format::toml;
  return shown != format;
}

// A message may quote what stands in a secret's place.
Errors without_secrets(const Errors& errors) {
  std::vector<Error> list(errors.begin(), errors.end());
  for (auto& error : list) {
    if (!error.origin.line_masked) continue;
    detail::hide_quoted(error.message);
    detail::hide_quoted(error.found);
  }
  return Errors(std::move(list));
}

void add_hint(Error& error, const std::string& hint) { error.hint += (error.hint.empty() ? "" : "; ") + hint; }

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

Result<Value> parse(Format format, const Source& source, Warnings* warnings) {
  auto parsed = row_of(format).parse(source, warnings);
  if (parsed) return parsed;
  parsed = without_secrets(parsed.errors());
  const auto shown = looks_like(source.bytes());
  if (!shown || !is_mistaken(format, *shown)) return parsed;
  const auto errors = parsed.errors().list();
  std::vector<Error> list(errors.begin(), errors.end());
  add_hint(list.front(), "the content looks like " + std::string(row_of(*shown).title));
  return Errors(std::move(list));
}

Result<Value> parse_detected(const Source& source, Format* used, Warnings* warnings) {
  std::optional<Error> likeliest;
  for (const auto format : formats_by_content(source.bytes())) {
    const auto& row = row_of(format);
    Warnings own;
    auto parsed = row.parse(source, &own);
    if (used && (parsed || !likeliest)) *used = format;
    if (parsed) {
      if (warnings) std::ranges::move(own, std::back_inserter(*warnings));
      return parsed;
    }
    auto error = without_secrets(parsed.errors())[0];
    if (!likeliest) {
      likeliest = std::move(error);
      likeliest->message = "as " + std::string(row.title) + ": " + likeliest->message;
    } else {
      add_hint(*likeliest, "as " + std::string(row.title) + ", " + std::to_string(error.origin.line) + ":" +
                               std::to_string(error.origin.column) + ": " + error.message);
    }
  }
  return std::move(*likeliest);
}

}  // namespace superconfig
