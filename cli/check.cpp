// `superconfig check`: every problem that a program would have with the layers.
#include <unistd.h>

#include "commands.hpp"
#include "json.hpp"
#include "listing.hpp"
#include "problems.hpp"
#include "terminal.hpp"

namespace superconfig::cli {

namespace {

std::string counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

Warning warning_of(const Unmatched& unmatched) {
  Warning warning;
  warning.message = "`" + unmatched.name + "` matches no known key" +
                    (unmatched.nearest.empty() ? "" : " (did you mean `" + unmatched.nearest + "`?)");
  warning.path = unmatched.path;
  warning.origin = unmatched.origin;
  return warning;
}

}  // namespace

Outcome check(const SuperConfig& config, bool strict, const Options& options) {
  Errors errors;
  std::size_t values = 0;
  std::vector<Warning> warnings = all_warnings(config);
  if (const auto tree = config.try_value(); !tree.ok()) {
    errors = tree.errors();
  } else {
    values = lines_of(*tree, Items::together).size();
    if (const auto explanation = config.try_explain(); explanation.ok()) {
      if (strict) {
        errors = errors_of(explanation->unmatched);
      } else {
        for (const auto& unmatched : explanation->unmatched) warnings.push_back(warning_of(unmatched));
      }
    }
  }
  const auto status = errors.empty() ? Status::done : Status::no;
  if (options.json)
    return printed(Value::dict({{"errors", json_of(errors)}, {"warnings", json_of(warnings)}}), options, status);

  const Painter paint(wants_color(STDOUT_FILENO));
  std::string text = text_of(errors, STDOUT_FILENO);
  for (const auto& warning : warnings) text += paint(Ink::warning, "warning") + ": " + text_of(warning) + '\n';
  const auto layers = counted(config.layers().size(), "layer");
  if (errors.empty()) {
    text += paint(Ink::winner, "ok") + ": " + counted(values, "value") + " from " + layers;
    if (!warnings.empty()) text += ", " + counted(warnings.size(), "warning");
  } else {
    text += counted(errors.size(), "error");
    if (!warnings.empty()) text += " and " + counted(warnings.size(), "warning");
    text += " in " + layers;
  }
  return {text + '\n', {}, status};
}

}  // namespace superconfig::cli
