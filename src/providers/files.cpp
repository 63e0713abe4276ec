// Providers that read files, and texts of a format.

#include "formats/formats.hpp"
#include "host/host.hpp"
#include "providers/parse_file.hpp"
#include "providers/problems.hpp"
#include "superconfig/providers/file.hpp"

namespace superconfig {
namespace {

std::string capitals(Format format) {
  std::string text(name_of(format));
  for (auto& c : text) c = static_cast<char>(c - 32);
  return text;
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
  const bool nested = nested_ && !profile_;
  if (from_ == From::text) return load_text(format_, Source::text(capitals(format_) + " text", what_), nested, profile);
  const auto absent = [](const std::string& path) {
    const auto status = host::file_status(path);
    return status == host::FileStatus::missing || status == host::FileStatus::directory;
  };
  if (from_ == From::exact) return load_file_as(format_, what_, nested, profile);
  if (what_.starts_with('/')) {
    if (!required_ && absent(what_)) return Loaded();
    return load_file_as(format_, what_, nested, profile);
  }
  for (auto directory = directory_;;) {
    const auto path = (directory == "/" ? "" : directory) + "/" + what_;
    if (!absent(path)) return load_file_as(format_, path, nested, profile);
    if (directory == "/") break;
    const auto slash = directory.rfind('/');
    directory = slash == 0 ? "/" : directory.substr(0, slash);
  }
  if (!required_) return Loaded();
  return file_problem(ErrorCode::not_found, directory_ + "/" + what_,
                      "there is no file `" + what_ + "` in `" + directory_ + "` or a directory above it");
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
File File::profile(std::string_view name) const {
  auto copy = ToProfile::profile(name);
  copy.nested_ = false;
  return copy;
}
Metadata File::metadata() const {
  const auto format = format_of_extension(path_);
  return {format ? capitals(*format) + " file" : "file", path_};
}

Result<Loaded> File::load(const Below&) const {
  auto loaded = detail::load_file(path_, nested_, target());
  if (loaded || loaded.error()[0].code == ErrorCode::parse) return loaded;
  auto error = loaded.error()[0];
  const bool missing = error.code == ErrorCode::not_found;
  if (detail::extension_of(path_).empty() && !host::is_file(path_)) {
    for (const std::string_view extension : {".toml", ".yaml", ".yml", ".json"}) {
      const auto longer = path_ + std::string(extension);
      if (host::is_file(longer)) return detail::load_file(longer, nested_, target());
    }
    if (missing) error.message += ", nor one with the extension .toml, .yaml, .yml or .json";
  }
  if (!missing || !optional_) return error;
  Loaded nothing;
  nothing.messages.push_back({Verbosity::info, 0, {}, "there is no such file", true});
  return nothing;
}

Result<Loaded> Text::load(const Below&) const {
  return detail::load_text(std::nullopt, Source::text("text", text_), false, target());
}

}  // namespace superconfig
