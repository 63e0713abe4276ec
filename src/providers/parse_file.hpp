// A file's bytes as the content of profiles.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/host.hpp"
#include "superconfig/format.hpp"
#include "superconfig/provider.hpp"

namespace superconfig::detail {

/// The parsed text as the content of one profile; nested: of one a top-level table. Without a format the content tells.
Result<Loaded> load_text(std::optional<Format> format, const Source& source, bool nested, std::string_view profile);

/// A file whose extension says its format, or, if it says none, its content. Errors: not_found, io, parse,
/// unsupported; all name the path, which is absolute.
Result<Loaded> load_file(const std::string& path, bool nested, std::string_view profile);
/// The extension with its dot; empty if there is none. A leading dot is none.
std::string_view extension_of(std::string_view path) noexcept;
/// A file of a given format.
Result<Loaded> load_file_as(Format format, const std::string& path, bool nested, std::string_view profile);

}  // namespace superconfig::detail
