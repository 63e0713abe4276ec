// A conformance case as it stands in its file, and how its members are read. README.md describes the format.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "superconfig/value.hpp"

namespace superconfig::conformance {

struct Case {
  std::string file;  ///< the name of its file
  std::string name;
  std::string why;
  Value body;
};

/// The case, or a file of cases, is not as the format says.
struct BadCase : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The case asks for what the library or the runner cannot do yet.
struct NotYet : std::runtime_error {
  explicit NotYet(std::string_view what) : std::runtime_error("not supported yet: " + std::string(what)) {}
};

/// The cases of every `*.json` in a directory, files in byte order. Throws BadCase.
std::vector<Case> read_cases(const std::filesystem::path& directory);

/// The member of a dict, nullptr if there is none.
const Value* member(const Value& dict, std::string_view name);
/// The same, nullptr for null too.
const Value* given(const Value& dict, std::string_view name);
/// The member, which must be there.
const Value& needed(const Value& dict, std::string_view name);

std::string text_of(const Value& value);
std::string text_at(const Value& dict, std::string_view name);
/// Nothing for null too.
std::optional<std::string> text_if_given(const Value& dict, std::string_view name);
/// False if it is not there.
bool flag_at(const Value& dict, std::string_view name);
std::vector<std::string> texts_of(const Value& array);

/// The value without the marks of the case's file, `{"$float": …}` as the float it stands for, and `$ROOT` in
/// strings replaced.
Value plain(const Value& value, std::string_view root);

}  // namespace superconfig::conformance
