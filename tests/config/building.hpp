// Configurations in few words: layers written as JSON, results and problems as text, a directory to work in.
#pragma once

#include <gtest/gtest.h>

#include <concepts>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "formats/formats.hpp"
#include "superconfig/superconfig.hpp"

namespace superconfig::testing {

/// A tree written as a JSON object or array, without marks.
inline Value json(std::string_view text) {
  auto tree = parse_json_scalar_tree(text, {});
  if (!tree) ADD_FAILURE() << "bad JSON in a test: " << text;
  return tree ? *tree : Value();
}

/// A layer whose values all say that they come from `name`.
inline ProviderPtr layer(std::string name, std::string_view text) {
  return provide(std::move(name), [tree = json(text)] { return tree; });
}

/// `code origin: path: message; see other (hint)`, a line an error.
inline std::string brief(const Errors& errors) {
  std::string text;
  for (const auto& error : errors)
    text += (text.empty() ? "" : "\n") + std::string(name_of(error.code)) + " " + error.to_string();
  return text;
}
/// The value as text, or its errors.
template <class T>
std::string shown(const Result<T>& result) {
  if (!result) return brief(result.error());
  if constexpr (std::is_void_v<T>) {
    return "fine";
  } else if constexpr (std::convertible_to<const T&, Value>) {
    return Value(*result).to_string();
  } else {
    return to_value(*result).to_string();
  }
}
/// The whole composed tree, or every problem.
inline std::string shown(const SuperConfig& config) { return shown(config.try_value()); }

/// What stands at a path, or "nothing", or every problem.
inline std::string shown(const SuperConfig& config, std::string_view path) {
  const auto found = config.try_find_value(path);
  if (!found) return brief(found.error());
  return *found ? (*found)->to_string() : "nothing";
}

/// All warnings, a line each: `origin: path: what; see other`.
inline std::string warnings(const SuperConfig& config) {
  std::string text;
  for (const auto& warning : config.warnings()) text += (text.empty() ? "" : "\n") + warning.to_string();
  return text;
}
/// Where the value at a path comes from: `origin #layer`, inside of a configuration `origin #2.0`.
inline std::string origin(const SuperConfig& config, std::string_view path) {
  const auto found = config.try_find_metadata(path);
  if (!found) return brief(found.error());
  if (!*found) return "nothing there";
  auto text = (*found)->to_string() + " #";
  for (const auto index : (*found)->layer) text += (text.ends_with('#') ? "" : ".") + std::to_string(index);
  return text;
}

/// An empty directory that is the working directory while this lives.
class Scratch {
 public:
  Scratch() : before_(std::filesystem::current_path()) {
    auto name = (std::filesystem::temp_directory_path() / "superconfig-test-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), name);
    root_ = std::filesystem::canonical(name);
    std::filesystem::current_path(root_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::current_path(before_, ignored);
    std::filesystem::remove_all(root_, ignored);
  }
  [[nodiscard]] std::string path(std::string_view below = {}) const {
    return below.empty() ? root_.string() : (root_ / below).string();
  }
  void write(std::string_view file, std::string_view text) const {
    const auto full = root_ / file;
    std::filesystem::create_directories(full.parent_path());
    std::ofstream(full, std::ios::binary) << text;
  }
  void enter(std::string_view directory) const {
    std::filesystem::create_directories(root_ / directory);
    std::filesystem::current_path(root_ / directory);
  }
  /// The text with the directory's own path written as `$DIR`.
  [[nodiscard]] std::string relative(std::string text) const {
    const auto name = root_.string();
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at))
      text.replace(at, name.size(), "$DIR");
    return text;
  }

 private:
  std::filesystem::path before_, root_;
};

}  // namespace superconfig::testing
