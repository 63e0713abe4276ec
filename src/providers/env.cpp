// figment's `Env`.

#include <algorithm>

#include "compose/compose.hpp"
#include "formats/text_guess.hpp"
#include "host/host.hpp"
#include "providers/env_value.hpp"
#include "providers/problems.hpp"
#include "superconfig/providers/environment.hpp"
#include "text/utf8.hpp"

namespace superconfig {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool listed(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [name](const auto& other) { return same_ignoring_case(other, name); });
}

}  // namespace

Env::Env(std::string_view prefix, Environment environment, bool of_process)
    : prefix_(prefix),
      variables_(std::make_shared<const Environment>(std::move(environment))),
      of_process_(of_process) {}

Env Env::raw() { return prefixed({}); }
Env Env::raw(const Environment& environment) { return prefixed({}, environment); }
Env Env::prefixed(std::string_view prefix) { return {prefix, host::environment_with_prefix({}), true}; }
Env Env::prefixed(std::string_view prefix, const Environment& environment) { return {prefix, environment, false}; }

ProviderPtr Env::recaptured() const {
  if (!of_process_) return nullptr;
  auto anew = std::make_shared<Env>(*this);
  anew->variables_ = std::make_shared<const Environment>(host::environment_with_prefix({}));
  return anew;
}

Env Env::with(Step step) const {
  auto copy = *this;
  copy.steps_.push_back(std::move(step));
  return copy;
}
Env Env::split(std::string_view separator) const {
  return with([separator = std::string(separator)](std::string_view name) -> std::optional<std::string> {
    if (separator.empty()) return std::string(name);
    std::string result;
    for (;;) {
      const auto at = name.find(separator);
      result += name.substr(0, at);
      if (at == std::string_view::npos) return result;
      result += '.';
      name.remove_prefix(at + separator.size());
    }
  });
}
Env Env::only(std::vector<std::string> names) const {
  return filter([names = std::move(names)](std::string_view name) { return listed(names, name); });
}
Env Env::ignore(std::vector<std::string> names) const {
  return filter([names = std::move(names)](std::string_view name) { return !listed(names, name); });
}
Env Env::map(std::function<std::string(std::string_view)> rename) const {
  return with(
      [rename = std::move(rename)](std::string_view name) -> std::optional<std::string> { return rename(name); });
}
Env Env::filter(std::function<bool(std::string_view)> keep) const {
  return with([keep = std::move(keep)](std::string_view name) -> std::optional<std::string> {
    return keep(name) ? std::optional(std::string(name)) : std::nullopt;
  });
}
Env Env::lowercase(bool on) const {
  auto copy = *this;
  copy.lowercase_ = on;
  return copy;
}

Metadata Env::metadata() const { return {"environment variables " + prefix_ + "*", {}}; }

Result<Loaded> Env::load(const Below&) const {
  Loaded loaded;
  std::vector<Error> errors;
  detail::Notes notes;
  detail::ComposeRules rules;
  rules.edits = false;  // they run when the layer is composed
  Value tree = Value::dict(std::span<Entry>());
  for (const auto& [variable, text] : *variables_) {
    const auto trimmed = detail::trimmed(variable);
    if (trimmed.size() < prefix_.size() || !same_ignoring_case(trimmed.substr(0, prefix_.size()), prefix_)) continue;
    std::optional<std::string> name(trimmed.substr(prefix_.size()));
    for (const auto& step : steps_) {
      name = step(*name);
      if (!name) break;
    }
    if (!name) continue;
    name = std::string(detail::trimmed(*name));
    if (lowercase_) std::transform(name->begin(), name->end(), name->begin(), lower);
    std::vector<std::string_view> segments;
    for (std::string_view rest = *name;;) {
      const auto dot = rest.find('.');
      segments.push_back(rest.substr(0, dot));
      if (dot == std::string_view::npos) break;
      rest.remove_prefix(dot + 1);
    }
    if (std::any_of(segments.begin(), segments.end(), [](auto s) { return s.empty(); })) continue;
    const auto source = Source::environment(variable);
    loaded.sources.push_back(source);
    const auto mark = source.mark();
    if (find_invalid_utf8(variable) != std::string_view::npos || find_invalid_utf8(text) != std::string_view::npos) {
      errors.push_back(detail::not_utf8(mark));
      continue;
    }
    if (segments.size() > detail::most_levels) {
      errors.push_back(detail::too_deep(mark));
      continue;
    }
    Value value = detail::env_text(text, mark);
    for (auto i = segments.size(); i-- > 0;) {
      Entry entry{Name(segments[i]), std::move(value), mark};
      value = Value::dict(std::span<Entry>(&entry, 1));
    }
    detail::compose(tree, value, rules, target(), notes);
  }
  if (!errors.empty()) return Errors(std::move(errors));
  loaded.warnings = std::move(notes.warnings);
  loaded.content.push_back({target(), std::move(tree), {}});
  return loaded;
}

}  // namespace superconfig
