#include "providers.hpp"

#include <algorithm>
#include <array>

#include "case.hpp"
#include "layers.hpp"

namespace superconfig::conformance {
namespace {

template <class Provided>
Provided in_profile(Provided provided, const Value& provider) {
  const auto profile = text_if_given(provider, "profile");
  return profile ? provided.profile(*profile) : provided;
}

template <class Provided>
ProviderPtr shared(Provided provided, const Value& provider) {
  return std::make_shared<Provided>(in_profile(std::move(provided), provider));
}

template <class OfFormat>
ProviderPtr of_format(const Value& provider) {
  const auto made = [&] {
    if (const auto text = text_if_given(provider, "text")) return OfFormat::string(*text);
    const auto file = text_at(provider, "file");
    return flag_at(provider, "exact") ? OfFormat::file_exact(file) : OfFormat::file(file);
  }();
  return shared(flag_at(provider, "nested") ? made.nested() : made, provider);
}

ProviderPtr defaults(const Value& provider) {
  const Defaults made(needed(provider, "value"));
  const auto key = text_if_given(provider, "key");
  return shared(key ? made.at(*key) : made, provider);
}

ProviderPtr variables(const Value& provider) {
  const Variables made(text_at(provider, "prefix"), environment_from(provider));
  return shared(flag_at(provider, "ignore_empty") ? made.ignore_empty() : made, provider);
}

// ---- figment's environment ----

std::string with_first_split(std::string_view name) {
  std::string text(name);
  if (const auto at = text.find('_'); at != std::string::npos) text[at] = '.';
  return text;
}

// One builder call: its name and what it is given.
Env after_call(const Env& env, std::string_view call, const Value& argument) {
  if (call == "split") return text_of(argument) == "first_" ? env.map(with_first_split) : env.split(text_of(argument));
  if (call == "only") return env.only(texts_of(argument));
  if (call == "ignore") return env.ignore(texts_of(argument));
  if (call == "lowercase") return env.lowercase(argument.as_bool().value_or(true));
  if (call == "profile") return env.profile(text_of(argument));
  throw BadCase("no such call of Env: " + std::string(call));
}

ProviderPtr env(const Value& provider) {
  const auto environment = environment_from(provider);
  const auto prefix = text_if_given(provider, "prefix");
  auto made = prefix ? Env::prefixed(*prefix, environment) : Env::raw(environment);
  if (const auto* steps = given(provider, "steps")) {
    for (const auto& [step, mark] : steps->items())
      made = after_call(made, text_of(step.at(0)->value), step.at(1)->value);
  } else {
    for (const std::string_view call : {"split", "only", "ignore", "lowercase"})
      if (const auto* argument = given(provider, call)) made = after_call(made, call, *argument);
  }
  return shared(made, provider);
}

// ---- files that are found ----

constexpr std::array<std::pair<std::string_view, Wildcard::Sort>, 6> orders{
    {{"alphabetical", Wildcard::Sort::alphabetical},
     {"reverse", Wildcard::Sort::reverse},
     {"size_asc", Wildcard::Sort::size_ascending},
     {"size_desc", Wildcard::Sort::size_descending},
     {"mtime_asc", Wildcard::Sort::modified_ascending},
     {"mtime_desc", Wildcard::Sort::modified_descending}}};

Wildcard in_order(const Wildcard& files, const Value& order) {
  if (const auto* names = member(order, "custom")) return files.sort_by(texts_of(*names));
  const auto word = text_of(order);
  const auto found = std::find_if(orders.begin(), orders.end(), [&](const auto& o) { return o.first == word; });
  if (found == orders.end()) throw BadCase("no such order: " + word);
  return files.sort(found->second);
}

Wildcard in_places(const Wildcard& files, const Value& strategy) {
  if (const auto* directories = member(strategy, "directories")) return files.in_directories(texts_of(*directories));
  const auto roots = texts_of(needed(strategy, "recursive"));
  const auto* depth = given(strategy, "max_depth");
  return depth ? files.recursive(roots, static_cast<std::uint32_t>(depth->as_u64().value_or(0)))
               : files.recursive(roots);
}

ProviderPtr wildcard(const Value& provider) {
  Wildcard files(texts_of(needed(provider, "patterns")));
  if (const auto* order = given(provider, "order")) files = in_order(files, *order);
  if (const auto* strategy = given(provider, "strategy")) files = in_places(files, *strategy);
  return shared(files, provider);
}

// ---- all ----

using Make = ProviderPtr (*)(const Value& provider);

struct Kind {
  std::string_view name;
  Make make;
};

constexpr std::array kinds{
    Kind{"toml", of_format<Toml>},
    Kind{"json", of_format<Json>},
    Kind{"yaml", of_format<Yaml>},
    Kind{"yaml_extended", of_format<Yaml>},
    Kind{"defaults", defaults},
    Kind{"tuple", [](const Value& p) -> ProviderPtr { return shared(Pair(text_at(p, "key"), needed(p, "value")), p); }},
    Kind{"env", env},
    Kind{"variables", variables},
    Kind{"setting", [](const Value& p) -> ProviderPtr { return shared(Setting(text_at(p, "setting")), p); }},
    Kind{"figment", [](const Value& p) -> ProviderPtr { return build(p, Pace::at_the_end).config.as_provider(); }},
    Kind{"empty",
         [](const Value& p) -> ProviderPtr { return std::make_shared<Empty>(provider_from(needed(p, "inner"))); }},
    Kind{"wildcard", wildcard},
};

}  // namespace

ProviderPtr provider_from(const Value& provider) {
  const auto name = text_at(provider, "kind");
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& k) { return k.name == name; });
  if (kind == kinds.end()) throw NotYet(name);
  return kind->make(provider);
}

Environment environment_from(const Value& provider) {
  Environment environment;
  const auto& variables = needed(provider, "vars");
  if (const auto* order = given(provider, "vars_order")) {
    for (const auto& name : texts_of(*order)) environment.emplace_back(name, text_at(variables, name));
  } else {
    for (const auto& [name, value, mark] : variables.entries())
      environment.emplace_back(std::string(name.view()), text_of(value));
  }
  return environment;
}

}  // namespace superconfig::conformance
