#include "providers/parse_file.hpp"

#include "formats/formats.hpp"
#include "providers/file_cache.hpp"
#include "providers/problems.hpp"

namespace superconfig::detail {
namespace {

Error unreadable(const std::string& path, const host::FileBytes& file) {
  switch (file.status) {
    case host::FileStatus::missing: return file_problem(ErrorCode::not_found, path, "there is no such file");
    case host::FileStatus::directory: return file_problem(ErrorCode::io, path, "it is a directory, not a file");
    default: return file_problem(ErrorCode::io, path, "cannot be read: " + file.reason);
  }
}

// A parsed tree as the content of one profile, or of one a top-level table.
Result<Loaded> content_of(ParsedFile parsed, bool nested, std::string_view profile) {
  Loaded loaded;
  loaded.sources.push_back(parsed.source);
  loaded.warnings = std::move(parsed.warnings);
  if (!nested) {
    loaded.content.push_back({std::string(profile), std::move(parsed.tree), parsed.source.mark()});
    return loaded;
  }
  Errors errors;
  for (const auto& entry : parsed.tree.entries()) {
    if (entry.value.is_dict()) {
      loaded.content.push_back({std::string(entry.name.view()), entry.value, entry.mark});
      continue;
    }
    errors.add(problem_at(ErrorCode::parse,
                          "in a nested file the top level names profiles, but `" + segment_text(entry.name) +
                              "` is of type " + std::string(name_of(entry.value.kind())) + ", not a dict",
                          entry.mark));
  }
  if (!errors.empty()) return errors;
  return loaded;
}

Result<ParsedFile> parse_source(std::optional<Format> format, Source source) {
  if (!source) return problem_at(ErrorCode::unsupported, "more than 2^32 sources were loaded in this process", {});
  std::vector<FormatWarning> told;
  auto tree = format ? parse(*format, source, &told) : parse_detected(source, nullptr, &told);
  if (!tree) return tree.error();
  ParsedFile parsed{std::move(source), std::move(*tree), {}};
  for (auto& warning : told) parsed.warnings.push_back({{}, std::move(warning.message), origin_of(warning.mark), {}});
  return parsed;
}

Result<Loaded> load(std::optional<Format> format, const std::string& path, bool nested, std::string_view profile) {
  const auto as = format ? name_of(*format) : std::string_view("detected");
  if (auto known = known_file(path, as)) return content_of(std::move(*known), nested, profile);
  const auto read_at = host::clock_now();
  auto file = host::read_file(path);
  if (file.status != host::FileStatus::file) return unreadable(path, file);
  auto parsed = parse_source(format, Source::file(path, std::move(file.bytes)));
  if (!parsed) return parsed.error();
  keep_file(path, as, file.info, read_at, *parsed);
  return content_of(std::move(*parsed), nested, profile);
}

}  // namespace

Result<Loaded> load_text(std::optional<Format> format, const Source& source, bool nested, std::string_view profile) {
  auto parsed = parse_source(format, source);
  if (!parsed) return parsed.error();
  return content_of(std::move(*parsed), nested, profile);
}
Result<Loaded> load_file(const std::string& path, bool nested, std::string_view profile) {
  return load(format_of_extension(path), path, nested, profile);
}
Result<Loaded> load_file_as(Format format, const std::string& path, bool nested, std::string_view profile) {
  return load(format, path, nested, profile);
}

std::string_view extension_of(std::string_view path) noexcept {
  const auto name = path.substr(path.rfind('/') + 1);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

}  // namespace superconfig::detail
