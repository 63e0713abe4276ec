// Providers that read files, and texts of a format.

#include "formats/formats.hpp"
#include "host/host.hpp"
#include "superconfig/providers.hpp"

namespace superconfig {
namespace {

std::string capitals(Format format) {
  std::string text(name_of(format));
  for (auto& c : text) c = static_cast<char>(c - 32);
  return text;
}

Error problem(ErrorCode code, std::string message) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  return error;
}

Error unreadable(const std::string& path, const host::FileBytes& file) {
  const auto code = file.status == host::FileStatus::missing ? ErrorCode::not_found : ErrorCode::io;
  auto error = problem(code, file.status == host::FileStatus::directory ? "it is a directory, not a file"
                             : file.status == host::FileStatus::missing ? "there is no such file"
                                                                         : "cannot be read: " + file.reason);
  error.origin.kind = SourceKind::file;
  error.origin.name = path;
  return error;
}

Error out_of_sources() { return problem(ErrorCode::unsupported, "more than 2^32 sources were loaded in this process"); }

// The parsed tree as the content of one profile, or of one a top-level table.
Result<Loaded> parsed(Format format, const Source& source, bool nested, std::string_view profile) {
  if (!source) return out_of_sources();
  auto tree = parse(format, source);
  if (!tree) return tree.error();
  Loaded loaded;
  loaded.sources.push_back(source);
  if (!nested) {
    loaded.content.push_back({std::string(profile), std::move(*tree), source.mark()});
    return loaded;
  }
  Errors errors;
  for (const auto& entry : tree->entries()) {
    if (entry.value.is_dict()) {
      loaded.content.push_back({std::string(entry.name.view()), entry.value, entry.mark});
      continue;
    }
    auto error = problem(ErrorCode::invalid_type, {});
    error.path = {std::string(entry.name.view())};
    error.expected = "a dict: in a nested file the top level names profiles";
    error.found = std::string(name_of(entry.value.kind()));
    error.origin = origin_of(entry.mark);
    errors.add(std::move(error));
  }
  if (!errors.empty()) return errors;
  return loaded;
}

Result<Loaded> parsed_file(Format format, const std::string& path, host::FileBytes file, bool nested, std::string_view profile) {
  if (file.status != host::FileStatus::file) return unreadable(path, file);
  return parsed(format, Source::file(path, std::move(file.bytes)), nested, profile);
}

std::string extension_of(const std::string& path) {
  const auto slash = path.rfind('/');
  const auto dot = path.rfind('.');
  if (dot == std::string::npos || dot == slash + 1 || (slash != std::string::npos && dot < slash)) return {};
  return path.substr(dot);
}

// JSON begins with a brace, whatever stands before it; everything else is TOML.
Format format_of_content(std::string_view bytes) {
  const auto at = bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  return at != std::string_view::npos && bytes[at] == '{' ? Format::json : Format::toml;
}

}  // namespace

namespace detail {

FormatProvider::FormatProvider(Format format, From from, std::string_view what)
    : format_(format), from_(from), what_(what) {
  if (from_ == From::searched && !what.starts_with('/')) directory_ = host::working_directory();
  if (from_ == From::exact) what_ = host::absolute_path(what);
}

Metadata FormatProvider::metadata() const {
  if (from_ == From::text) return {capitals(format_) + " text", {}};
  return {capitals(format_) + " file", what_};
}

Result<Loaded> FormatProvider::load(const Below&) const {
  const std::string_view profile = profile_ ? std::string_view(*profile_) : default_profile;
  if (from_ == From::text) return parsed(format_, Source::text(capitals(format_) + " text", what_), nested_, profile);
  if (from_ == From::exact || what_.starts_with('/')) {
    auto file = host::read_file(what_);
    const bool absent = file.status == host::FileStatus::missing || file.status == host::FileStatus::directory;
    if (absent && from_ == From::searched && !required_) return Loaded();
    return parsed_file(format_, what_, std::move(file), nested_, profile);
  }
  for (auto directory = directory_;;) {
    const auto path = (directory == "/" ? "" : directory) + "/" + what_;
    auto file = host::read_file(path);
    if (file.status != host::FileStatus::missing && file.status != host::FileStatus::directory)
      return parsed_file(format_, path, std::move(file), nested_, profile);
    if (directory == "/") break;
    const auto slash = directory.rfind('/');
    directory = slash == 0 ? "/" : directory.substr(0, slash);
  }
  if (!required_) return Loaded();
  auto error = problem(ErrorCode::not_found, "there is no file `" + what_ + "` in `" + directory_ + "` or a directory above it");
  error.origin.kind = SourceKind::file;
  error.origin.name = directory_ + "/" + what_;
  return error;
}

}  // namespace detail

File::File(std::string_view path) : path_(host::absolute_path(path)) {}

File File::optional() const {
  auto copy = *this;
  copy.optional_ = true;
  return copy;
}
File File::nested() const {
  auto copy = *this;
  copy.nested_ = true;
  return copy;
}
Metadata File::metadata() const { return {"file", path_}; }

Result<Loaded> File::load(const Below&) const {
  const auto absent = [](const host::FileBytes& file) { return file.status == host::FileStatus::missing; };
  auto file = host::read_file(path_);
  const auto extension = extension_of(path_);
  if (extension.empty()) {
    if (file.status != host::FileStatus::file && (absent(file) || file.status == host::FileStatus::directory)) {
      for (const std::string_view more : {".toml", ".json"}) {
        const auto longer = path_ + std::string(more);
        auto other = host::read_file(longer);
        if (other.status == host::FileStatus::file) return parsed_file(*format_of_extension(longer), longer, std::move(other), nested_, target());
      }
    }
  }
  if (absent(file) && optional_) return Loaded();
  if (file.status != host::FileStatus::file) {
    auto error = unreadable(path_, file);
    if (extension.empty() && absent(file)) error.message += ", nor one with the extension .toml or .json";
    return error;
  }
  const auto format = format_of_extension(path_);
  if (!format && (extension == ".yaml" || extension == ".yml" || extension == ".jsonc")) {
    auto error = problem(ErrorCode::unsupported, "the format of `" + extension + "` files is not supported in this version");
    error.origin.kind = SourceKind::file;
    error.origin.name = path_;
    return error;
  }
  const auto used = format ? *format : format_of_content(file.bytes);
  return parsed_file(used, path_, std::move(file), nested_, target());
}

}  // namespace superconfig
