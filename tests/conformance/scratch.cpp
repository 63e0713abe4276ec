#include "scratch.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "case.hpp"

namespace superconfig::conformance {
namespace {

void set_modified(const std::filesystem::path& path, std::int64_t seconds) {
  timespec both[2] = {};
  for (auto& time : both) time.tv_sec = static_cast<std::time_t>(seconds);
  if (::utimensat(AT_FDCWD, path.c_str(), both, 0) != 0)
    throw std::system_error(errno, std::generic_category(), path.string());
}

// The file is its text, or a dict of `text` and `mtime`.
void write_file(const std::filesystem::path& path, const Value& file, std::string_view root) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text_of(plain(file.is_dict() ? needed(file, "text") : file, root));
  if (const auto* modified = given(file, "mtime")) set_modified(path, modified->as_i64().value_or(0));
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  auto pattern = (std::filesystem::temp_directory_path() / "superconfig-conformance-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::system_error(errno, std::generic_category(), pattern);
  path_ = std::filesystem::canonical(pattern);
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Scratch::Scratch(const Value& body) : before_(std::filesystem::current_path()) {
  const auto& here = directory_.path();
  if (const auto* files = given(body, "files"))
    for (const auto& [name, file, mark] : files->entries()) write_file(here / name.view(), file, root());
  const auto* cwd = given(body, "cwd");
  const auto working = cwd ? here / text_of(*cwd) : here;
  std::filesystem::create_directories(working);
  std::filesystem::current_path(working);
  ::setenv("HOME", (here / "home").c_str(), 1);
  ::unsetenv("XDG_CONFIG_HOME");
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::current_path(before_, ignored);
}

}  // namespace superconfig::conformance
