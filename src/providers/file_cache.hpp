// The cache of parsed files; see superconfig/file_cache.hpp.
#pragma once

#include <optional>
#include <string>

#include "host/host.hpp"
#include "superconfig/file_cache.hpp"
#include "superconfig/format.hpp"
#include "superconfig/provider.hpp"

namespace superconfig::detail {

struct ParsedFile {
  Source source;
  Value tree;
  std::vector<Warning> warnings;
};

/// The file as it was parsed before, if it is known and has not changed. Asks the system only if it is known. `as`: how
/// it was read, since the same file may be read as several formats.
std::optional<ParsedFile> known_file(const std::string& path, std::string_view as);

/// Keeps what was parsed, if its times can be trusted. `read_at`: the clock before the file was opened.
void keep_file(const std::string& path, std::string_view as, const host::FileInfo& info, std::int64_t read_at,
               const ParsedFile& parsed);

}  // namespace superconfig::detail
