#include "problems.hpp"

#include <unistd.h>

#include <algorithm>

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

std::string text_of(const Errors& errors) {
  const bool terminal = is_terminal(STDERR_FILENO);
  const bool color = wants_color(STDERR_FILENO);
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

std::string warnings_of(const SuperConfig& config) {
  std::vector<std::string> warnings;
  for (const auto& warning : config.warnings()) warnings.push_back(text_of(warning));
  const auto selected = config.profile();
  const auto profiles = config.profiles();
  const auto is_selected = [&](const std::string& name) { return lower(name) == lower(selected); };
  if (!is_selected(std::string(default_profile)) && std::ranges::none_of(profiles, is_selected)) {
    std::string known;
    for (const auto& name : profiles)
      if (name != default_profile && name != global_profile) known += (known.empty() ? "; there are: " : ", ") + name;
    warnings.push_back(on_one_line("no layer has the profile " + selected + known));
  }
  const Painter paint(wants_color(STDERR_FILENO));
  std::string text;
  for (const auto& warning : warnings) text += paint(Ink::warning, "warning") + ": " + warning + '\n';
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
