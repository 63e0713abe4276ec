#include "problems.hpp"

#include <unistd.h>

#include <algorithm>

#include "commands.hpp"
#include "json.hpp"
#include "library.hpp"
#include "listing.hpp"
#include "terminal.hpp"

namespace superconfig::cli {

namespace {

std::string on_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return printable(text);
}

// Ready for a terminal: file names relative, no control characters.
Error presentable(Error error) {
  error.origin = relative(std::move(error.origin));
  for (auto& origin : error.related) origin = relative(std::move(origin));
  for (auto* text : {&error.field, &error.message, &error.expected, &error.found, &error.hint})
    *text = on_one_line(std::move(*text));
  for (auto& segment : error.path) segment = on_one_line(std::move(segment));
  error.origin.line_text = printable(error.origin.line_text);
  return error;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

}  // namespace

std::string text_of(const Errors& errors, int stream) {
  const bool terminal = is_terminal(stream);
  const bool color = wants_color(stream);
  std::string text;
  for (const auto& error : errors) {
    const auto shown = presentable(error);
    text += (terminal ? shown.to_display_string(color) : "error: " + shown.to_string()) + '\n';
  }
  return text;
}

std::string text_of(Warning warning) {
  warning.origin = relative(std::move(warning.origin));
  for (auto& origin : warning.related) origin = relative(std::move(origin));
  return on_one_line(warning.to_string());
}

std::vector<Warning> all_warnings(const SuperConfig& config) {
  auto warnings = config.warnings();
  const auto selected = config.profile();
  const auto profiles = config.try_profiles();
  const auto is_selected = [&](const std::string& name) { return lower(name) == lower(selected); };
  if (profiles.ok() && !is_selected(std::string(default_profile)) && std::ranges::none_of(*profiles, is_selected)) {
    std::string known;
    for (const auto& name : *profiles)
      if (name != default_profile && name != global_profile) known += (known.empty() ? "; there are: " : ", ") + name;
    Warning warning;
    warning.message = "no layer has the profile " + selected + known;
    warnings.push_back(std::move(warning));
  }
  return warnings;
}

std::string warnings_of(const SuperConfig& config, bool json) {
  const auto warnings = all_warnings(config);
  if (warnings.empty()) return {};
  if (json) {
    const auto text = document(Value::dict({{"warnings", json_of(warnings)}}), Format::json);
    if (text.ok()) return *text;
  }
  const Painter paint(wants_color(STDERR_FILENO));
  std::string text;
  for (const auto& warning : warnings) text += paint(Ink::warning, "warning") + ": " + text_of(warning) + '\n';
  return text;
}

Errors no_such_key(const SuperConfig& config, const Path& path) {
  Error error;
  error.code = ErrorCode::missing_field;
  error.field = path.to_string();
  error.message = "there is no such key";
  // The nearest name where the path leaves the tree.
  if (const auto tree = config.try_value(); tree.ok()) {
    const Value* here = &*tree;
    Path known;
    for (const auto& segment : path.segments()) {
      const auto next = find_path(*here, Path{segment});
      if (next) {
        here = next.value;
        known.push_back(segment);
        continue;
      }
      detail::Nearest nearest(segment);
      for (const auto& entry : here->entries()) nearest.consider(entry.name.view());
      if (!nearest.name().empty()) {
        known.push_back(std::string(nearest.name()));
        error.hint = "did you mean `" + known.to_string() + "`?";
      }
      break;
    }
  }
  return error;
}

}  // namespace superconfig::cli
