// Short words for the tests of this room.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "formats/formats.hpp"

namespace superconfig {

inline Source text_source(std::string_view text) { return Source::text("test", std::string(text)); }

/// The tree, as text; of a failure: its errors.
inline std::string shown(const Result<Value>& result) {
  return result ? result->to_string() : "error: " + result.errors().to_string();
}

/// "line:column message", and what else the error tells: "; first line:column" for each related place.
inline std::string problem_of(Format format, std::string_view text) {
  const auto result = parse(format, text_source(text));
  if (result) return "no problem: " + result->to_string();
  const auto& error = result.errors()[0];
  if (error.code != ErrorCode::parse) return std::string(name_of(error.code));
  const auto place = [](const Origin& origin) {
    return std::to_string(origin.line) + ":" + std::to_string(origin.column);
  };
  auto shown = place(error.origin) + " " + error.message;
  for (const auto& other : error.related) shown += "; first " + place(other);
  if (!error.hint.empty()) shown += " (" + error.hint + ")";
  return shown;
}
inline std::string toml_problem(std::string_view text) { return problem_of(Format::toml, text); }
inline std::string yaml_problem(std::string_view text) { return problem_of(Format::yaml, text); }
inline std::string json_problem(std::string_view text) { return problem_of(Format::json, text); }
inline std::string jsonc_problem(std::string_view text) { return problem_of(Format::jsonc, text); }

/// Where the value at the path was written, "line:column".
inline std::string place_of(const Value& root, std::string_view path) {
  bool bad_path = false;
  const auto found = find_path(root, path, &bad_path);
  if (!found) return "nothing there";
  const auto origin = origin_of(found.mark);
  return std::to_string(origin.line) + ":" + std::to_string(origin.column);
}

inline std::string repeated(std::string_view text, std::size_t times) {
  std::string made;
  made.reserve(text.size() * times);
  while (times-- > 0) made += text;
  return made;
}

}  // namespace superconfig
