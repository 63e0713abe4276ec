// A small module over the library: texts are composed, and one value is read. What is handed over are texts that end in
// a zero byte.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "superconfig/superconfig.hpp"

using superconfig::Json, superconfig::SuperConfig, superconfig::Toml, superconfig::Yaml;

extern "C" {

/// Room for a text of the caller's.
__attribute__((export_name("allocate"))) char* allocate(std::size_t size) {
  return static_cast<char*>(std::malloc(size));
}

/// The integer at a path of a TOML text with a JSON text over it and a YAML text over that, read through a handle that
/// was updated, or what is wrong. Good until the next call.
__attribute__((export_name("read_integer"))) const char* read_integer(const char* toml, const char* json,
                                                                      const char* yaml, const char* path) {
  static std::string answer;
  const auto config = SuperConfig().merge(Toml::string(toml)).merge(Json::string(json)).merge(Yaml::string(yaml));
  auto handle = config.into_handle();
  const auto same = handle.try_update([](const SuperConfig& now) { return now.with_array_edits(true); });
  const auto value = same ? handle.try_get<std::int64_t>(path) : superconfig::Result<std::int64_t>(same.error());
  answer = value ? std::to_string(*value) : value.error().to_string();
  return answer.c_str();
}
}
