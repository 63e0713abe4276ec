#include "data/files.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <superconfig/file_cache.hpp>

#include "data/small.hpp"

namespace bench {

namespace {

constexpr std::size_t medium_services = 30, large_services = 1000;

Text text_of(Size size) {
  switch (size) {
    case Size::small: return {std::string(small_toml), std::string(small_json), 0, small_numbers()};
    case Size::medium: return generate(medium_services);
    case Size::large: break;
  }
  return generate(large_services);
}

void write(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.flush();
  if (!out.good()) throw std::runtime_error("cannot write " + file);
}

std::string temporary_directory() {
  auto name = (std::filesystem::temp_directory_path() / "superconfig-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a directory like " + name);
  return name;
}

}  // namespace

std::string name_of(Size size) {
  switch (size) {
    case Size::small: return "small";
    case Size::medium: return "medium";
    case Size::large: break;
  }
  return "large";
}

void write_files(const std::string& directory) {
  for (const auto size : sizes) {
    const auto text = text_of(size);
    const auto file = directory + '/' + name_of(size);
    write(file + ".toml", text.toml);
    write(file + ".json", text.json);
  }
  write(directory + "/edits.toml", std::string(edits_toml));
}

Files::Files()
    : directory_(temporary_directory()), texts_{text_of(Size::small), text_of(Size::medium), text_of(Size::large)} {
  write_files(directory_);
  superconfig::set_file_cache_limit(0);  // every load is a cold one
  for (const auto& variable : small_variables) ::setenv(variable.name, variable.text, 1);
}

Files::~Files() {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

superconfig::SuperConfig Files::stack(Size size) const {
  auto config = superconfig::SuperConfig().with_file(toml(Size::small));
  if (size != Size::small) config = config.with_file(toml(size));
  config = config.with_file(json(Size::small)).with_env(small_prefix);
  config.resolve().value_or_throw();
  return config;
}

}  // namespace bench
