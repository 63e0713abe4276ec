#include "blame.hpp"

#include <algorithm>
#include <set>

#include "case.hpp"

namespace superconfig::conformance {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  for (std::size_t from = 0;;) {
    const auto dot = path.find('.', from);
    segments.emplace_back(path.substr(from, dot - from));
    if (dot == std::string_view::npos) return segments;
    from = dot + 1;
  }
}

// A layer as cases write it: the number 2 or the text "2.0".
std::string layer_text(const Value& layer) {
  const auto number = layer.as_i64();
  return number ? std::to_string(*number) : text_of(layer);
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

// What one error says, member by member, against what the case says.
class Fit {
 public:
  Fit(const Value& expected, const Error& found, const LayerNumbers& numbers)
      : expected_(expected), found_(found), numbers_(numbers), by_parser_(flag_at(expected, "parser_text")) {}

  [[nodiscard]] bool fits(Blame blame) const {
    if (blame == Blame::text) return by_parser_ ? kind() : path();
    if (blame == Blame::query) return kind() && (by_parser_ || (path() && field()));
    return kind() && layer() && source() && (by_parser_ || (path() && field() && profile() && names()));
  }

 private:
  [[nodiscard]] bool kind() const {
    const auto code = found_.code;
    if (by_parser_) return code == ErrorCode::parse || code == ErrorCode::io || code == ErrorCode::not_found;
    return name_of(code) == text_at(expected_, "kind");
  }
  [[nodiscard]] bool path() const {
    if (const auto* parts = given(expected_, "path_parts")) return texts_of(*parts) == found_.path;
    const auto* path = given(expected_, "path");
    return !path || text_of(*path) == dotted(found_.path);
  }
  [[nodiscard]] bool field() const {
    const auto* field = given(expected_, "field");
    return !field || text_of(*field) == found_.field;
  }
  [[nodiscard]] bool profile() const {
    const auto* profile = given(expected_, "profile");
    return !profile || found_.path.empty() || same_ignoring_case(text_of(*profile), found_.profile);
  }
  [[nodiscard]] bool names() const {
    const auto* names = given(expected_, "expected_one_of");
    if (!names) return true;
    const auto known = texts_of(*names);
    return std::set(known.begin(), known.end()) ==
           std::set(found_.expected_one_of.begin(), found_.expected_one_of.end());
  }
  [[nodiscard]] bool layer() const {
    const auto* layer = given(expected_, "layer");
    return !layer || layer_text(*layer) == numbers_.spell(found_.origin.layer);
  }
  [[nodiscard]] bool source() const {
    const auto* source = given(expected_, "source");
    if (!source) return true;
    const auto text = text_of(*source);
    return text == "$CODE" ? found_.origin.kind == SourceKind::code : text == found_.origin.name;
  }

  const Value& expected_;
  const Error& found_;
  const LayerNumbers& numbers_;
  bool by_parser_;  // the text comes from a parser or the system: only who is blamed counts
};

std::string spelled(const Error& error, const LayerNumbers& numbers) {
  auto text = std::string(name_of(error.code)) + " at `" + dotted(error.path) + "`";
  if (!error.field.empty()) text += ", field `" + error.field + "`";
  if (!error.profile.empty()) text += ", profile " + error.profile;
  if (!error.origin.layer.empty()) text += ", layer " + numbers.spell(error.origin.layer);
  if (!error.expected_one_of.empty()) text += ", one of " + dotted(error.expected_one_of);
  return text + ": " + error.to_string();
}

std::string spelled(const Errors& errors, const LayerNumbers& numbers) {
  std::string text;
  for (const auto& error : errors) text += (text.empty() ? "" : "\n") + spelled(error, numbers);
  return text;
}

std::string layer_by_metadata(const std::string& path, const Built& built) {
  const auto origin = built.config.try_find_metadata(path);
  if (!origin) return spelled(origin.errors(), built.numbers);
  return *origin ? built.numbers.spell((*origin)->layer) : "nothing";
}

// `explain` recomposes; it must come to the same value and the same layer.
std::string layer_by_explanation(const std::string& path, const Built& built) {
  const auto explanation = built.config.try_explain(path);
  if (!explanation) return spelled(explanation.errors(), built.numbers);
  if (explanation->value != *built.config.try_find_value(path))
    return "another value: " + (explanation->value ? explanation->value->to_string() : "nothing");
  return built.numbers.spell(explanation->origin.layer);
}

}  // namespace

void compare_origins(const Value& expected, const Built& built, Mismatches& mismatches) {
  for (const auto& [raw, layer, mark] : expected.entries()) {
    const auto path = path_text(split(raw.view()));
    const auto text = layer_text(layer);
    if (auto found = layer_by_metadata(path, built); found != text)
      mismatches.push_back({"layer of " + std::string(raw.view()), text, std::move(found)});
    if (auto found = layer_by_explanation(path, built); found != text)
      mismatches.push_back({"explained layer of " + std::string(raw.view()), text, std::move(found)});
  }
}

void compare_error(const std::string& where, const Value& expected, const Errors& found, const LayerNumbers& numbers,
                   Blame blame, Mismatches& mismatches) {
  const auto fits = [&](const Error& error) { return Fit(expected, error, numbers).fits(blame); };
  if (std::none_of(found.begin(), found.end(), fits))
    mismatches.push_back({where, "error " + expected.to_string(), spelled(found, numbers)});
}

}  // namespace superconfig::conformance
