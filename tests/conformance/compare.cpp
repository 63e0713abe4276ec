#include "compare.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

#include "case.hpp"

namespace superconfig::conformance {
namespace {

constexpr std::string_view absent = "nothing";

bool same_float(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

bool same_scalar(const Value& expected, const Value& found) {
  if (const auto datetime = found.as_datetime())
    return expected.as_datetime() == datetime || expected.as_string() == datetime->to_string();
  if (expected.kind() != found.kind()) return false;
  if (expected.kind() == Kind::floating) return same_float(*expected.as_f64(), *found.as_f64());
  return expected == found;
}

void compare_dicts(const std::string& where, const Value& expected, const Value& found, Mismatches& mismatches) {
  for (const auto& [name, value, mark] : expected.entries()) {
    const auto inner = where + "." + std::string(name.view());
    if (const auto* other = found.find(name)) {
      compare_values(inner, value, other->value, mismatches);
    } else {
      mismatches.push_back({inner, value.to_string(), std::string(absent)});
    }
  }
  for (const auto& [name, value, mark] : found.entries())
    if (!expected.find(name))
      mismatches.push_back({where + "." + std::string(name.view()), std::string(absent), value.to_string()});
}

void compare_arrays(const std::string& where, const Value& expected, const Value& found, Mismatches& mismatches) {
  if (expected.size() != found.size()) {
    mismatches.push_back({where, expected.to_string(), found.to_string()});
    return;
  }
  for (std::size_t i = 0; i < expected.size(); ++i)
    compare_values(where + "." + std::to_string(i), expected.at(i)->value, found.at(i)->value, mismatches);
}

// The kinds that a case's word stands for here: cases tell more of them apart.
constexpr std::array<std::pair<std::string_view, Kind>, 8> kind_words{{{"bool", Kind::boolean},
                                                                       {"uint", Kind::integer},
                                                                       {"int", Kind::integer},
                                                                       {"float", Kind::floating},
                                                                       {"str", Kind::string},
                                                                       {"char", Kind::string},
                                                                       {"unit", Kind::null},
                                                                       {"none", Kind::null}}};

Kind kind_of_word(const std::string& word) {
  const auto* found =
      std::find_if(kind_words.begin(), kind_words.end(), [&](const auto& k) { return k.first == word; });
  if (found == kind_words.end()) throw BadCase("no such kind: " + word);
  return found->second;
}

void collect_leaves(const std::string& path, const Value& value, std::map<std::string, Kind>& leaves) {
  const auto below = path.empty() ? path : path + ".";
  for (const auto& [name, inner, mark] : value.entries())
    collect_leaves(below + std::string(name.view()), inner, leaves);
  for (std::size_t i = 0; i < value.items().size(); ++i)
    collect_leaves(below + std::to_string(i), value.items()[i].value, leaves);
  if (!value.is_dict() && !value.is_array()) leaves.emplace(path, value.kind());
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return "{" + text + "}";
}

}  // namespace

void compare_values(const std::string& where, const Value& expected, const Value& found, Mismatches& mismatches) {
  if (expected.is_dict() && found.is_dict()) return compare_dicts(where, expected, found, mismatches);
  if (expected.is_array() && found.is_array()) return compare_arrays(where, expected, found, mismatches);
  if (!same_scalar(expected, found)) mismatches.push_back({where, expected.to_string(), found.to_string()});
}

void compare_kinds(const Value& expected, const Value& found, Mismatches& mismatches) {
  std::map<std::string, Kind> leaves;
  collect_leaves("", found, leaves);
  for (const auto& [path, word, mark] : expected.entries()) {
    const auto kind = kind_of_word(text_of(word));
    const auto leaf = leaves.find(std::string(path.view()));
    if (leaf != leaves.end() && leaf->second == kind) continue;
    mismatches.push_back({"kind of " + std::string(path.view()), std::string(name_of(kind)),
                          std::string(leaf == leaves.end() ? absent : name_of(leaf->second))});
  }
}

void compare_names(const std::string& where, std::vector<std::string> expected, std::vector<std::string> found,
                   Mismatches& mismatches) {
  std::sort(expected.begin(), expected.end());
  std::sort(found.begin(), found.end());
  if (expected != found) mismatches.push_back({where, listed(expected), listed(found)});
}

std::string dotted(const std::vector<std::string>& segments) {
  std::string text;
  for (std::size_t i = 0; i < segments.size(); ++i) text += (i == 0 ? "" : ".") + segments[i];
  return text;
}

}  // namespace superconfig::conformance
