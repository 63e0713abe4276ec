#include "case.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>

#include "formats/formats.hpp"

namespace superconfig::conformance {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw BadCase("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

// A configuration's root is a dict, so the file's array is read as the member of one.
void read_file(const std::filesystem::path& path, std::vector<Case>& cases) {
  const auto source = Source::file(path.string(), "{\"cases\":" + bytes_of(path) + "}");
  const auto root = parse_json(source);
  if (!root) throw BadCase(root.errors().to_string());
  const auto& list = needed(*root, "cases");
  if (!list.is_array()) throw BadCase(path.string() + ": not an array of cases");
  for (const auto& [body, mark] : list.items()) {
    const auto* why = given(body, "why");
    cases.push_back({path.filename().string(), text_at(body, "name"), why ? text_of(*why) : "", body});
  }
}

std::string with_root(std::string text, std::string_view root) {
  constexpr std::string_view placeholder = "$ROOT";
  for (auto at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at + root.size()))
    text.replace(at, placeholder.size(), root);
  return text;
}

double special_float(std::string_view word) {
  if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (word == "inf") return std::numeric_limits<double>::infinity();
  if (word == "-inf") return -std::numeric_limits<double>::infinity();
  throw BadCase("no such float: " + std::string(word));
}

}  // namespace

std::vector<Case> read_cases(const std::filesystem::path& directory) {
  std::error_code failure;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory, failure))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  if (failure) throw BadCase("cannot list " + directory.string() + ": " + failure.message());
  std::sort(files.begin(), files.end());
  std::vector<Case> cases;
  for (const auto& file : files) read_file(file, cases);
  return cases;
}

const Value* member(const Value& dict, std::string_view name) {
  const auto* entry = dict.find(name);
  return entry ? &entry->value : nullptr;
}

const Value* given(const Value& dict, std::string_view name) {
  const auto* value = member(dict, name);
  return value && !value->is_null() ? value : nullptr;
}

const Value& needed(const Value& dict, std::string_view name) {
  const auto* value = member(dict, name);
  if (!value) throw BadCase("`" + std::string(name) + "` is missing in " + dict.to_string());
  return *value;
}

std::string text_of(const Value& value) {
  const auto text = value.as_string();
  if (!text) throw BadCase("not a string: " + value.to_string());
  return std::string(*text);
}

std::string text_at(const Value& dict, std::string_view name) { return text_of(needed(dict, name)); }

std::optional<std::string> text_if_given(const Value& dict, std::string_view name) {
  const auto* value = given(dict, name);
  return value ? std::optional(text_of(*value)) : std::nullopt;
}

bool flag_at(const Value& dict, std::string_view name) {
  const auto* value = given(dict, name);
  if (value && !value->as_bool()) throw BadCase("not a bool: " + value->to_string());
  return value && *value->as_bool();
}

std::vector<std::string> texts_of(const Value& array) {
  std::vector<std::string> texts;
  for (const auto& item : array.items()) texts.push_back(text_of(item.value));
  return texts;
}

Value plain(const Value& value, std::string_view root) {
  if (const auto text = value.as_string()) return with_root(std::string(*text), root);
  if (value.is_array()) {
    auto array = Value::array();
    for (const auto& item : value.items()) array.push_back(plain(item.value, root));
    return array;
  }
  if (!value.is_dict()) return value;
  if (const auto* special = member(value, "$float")) return special_float(text_of(*special));
  auto dict = Value::dict();
  for (const auto& entry : value.entries()) dict.set(entry.name, plain(entry.value, root));
  return dict;
}

}  // namespace superconfig::conformance
