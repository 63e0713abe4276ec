#include "layers.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "case.hpp"
#include "types.hpp"

namespace superconfig::conformance {
namespace {

std::optional<Order> order_of(std::string_view operation) {
  if (operation == "merge" || operation == "merge_opt" || operation == "merge_validated") return Order::merge;
  if (operation == "join") return Order::join;
  if (operation == "adjoin") return Order::adjoin;
  if (operation == "admerge") return Order::admerge;
  return std::nullopt;
}

std::optional<std::string> text_if_given(const Value& dict, std::string_view name) {
  const auto* value = given(dict, name);
  return value ? std::optional(text_of(*value)) : std::nullopt;
}

// `vars` in their own order, or in that of `vars_order`.
Environment environment_of(const Value& provider) {
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

Variables variables_of(const Value& provider) {
  const Variables made(text_at(provider, "prefix"), environment_of(provider));
  return flag_at(provider, "ignore_empty") ? made.ignore_empty() : made;
}

template <class Provided>
Provided in_profile(Provided provided, const Value& provider) {
  const auto profile = text_if_given(provider, "profile");
  return profile ? provided.profile(*profile) : provided;
}

template <class FormatProvided>
ProviderPtr of_format(const Value& provider) {
  const auto made = [&] {
    if (const auto text = text_if_given(provider, "text")) return FormatProvided::string(*text);
    const auto file = text_at(provider, "file");
    return flag_at(provider, "exact") ? FormatProvided::file_exact(file) : FormatProvided::file(file);
  }();
  return std::make_shared<FormatProvided>(in_profile(flag_at(provider, "nested") ? made.nested() : made, provider));
}

ProviderPtr defaults_of(const Value& provider) {
  const Defaults made(needed(provider, "value"));
  const auto key = text_if_given(provider, "key");
  return std::make_shared<Defaults>(in_profile(key ? made.at(*key) : made, provider));
}

ProviderPtr provider_of(const Value& provider) {
  const auto kind = text_at(provider, "kind");
  if (kind == "toml") return of_format<Toml>(provider);
  if (kind == "json") return of_format<Json>(provider);
  if (kind == "yaml" || kind == "yaml_extended") throw NotYet("yaml");
  if (kind == "defaults") return defaults_of(provider);
  if (kind == "tuple")
    return std::make_shared<Pair>(in_profile(Pair(text_at(provider, "key"), needed(provider, "value")), provider));
  if (kind == "empty") return std::make_shared<Empty>(provider_of(needed(provider, "inner")));
  if (kind == "variables") return std::make_shared<Variables>(in_profile(variables_of(provider), provider));
  if (kind == "setting")
    return std::make_shared<Setting>(in_profile(Setting(text_at(provider, "setting")), provider));
  if (kind == "figment") return build(provider, Pace::at_the_end).config.as_provider();
  if (kind == "env" || kind == "wildcard") throw NotYet(kind);
  throw BadCase("no such provider: " + kind);
}

// ---- operations ----

using Operation = SuperConfig (*)(const SuperConfig&, const Value& step);

SuperConfig with_cli_opt(const SuperConfig& config, const Value& step) {
  const auto* options = member(step, "value");
  return config.with_cli_opt(options ? std::optional(*options) : std::nullopt);
}

struct NamedOperation {
  std::string_view name;
  Operation run;
};

constexpr std::array operations{
    NamedOperation{"select", [](const SuperConfig& c, const Value& s) { return c.select(text_at(s, "profile")); }},
    NamedOperation{"focus", [](const SuperConfig& c, const Value& s) { return c.focus(text_at(s, "key")); }},
    NamedOperation{"with_file", [](const SuperConfig& c, const Value& s) { return c.with_file(text_at(s, "path")); }},
    NamedOperation{"with_file_opt",
                   [](const SuperConfig& c, const Value& s) { return c.with_file_opt(text_if_given(s, "path")); }},
    NamedOperation{"with_env",
                   [](const SuperConfig& c, const Value& s) {
                     return c.with_env(text_at(s, "prefix"), environment_of(s));
                   }},
    NamedOperation{"with_env_ignore_empty",
                   [](const SuperConfig& c, const Value& s) {
                     return c.merge(Variables(text_at(s, "prefix"), environment_of(s)).ignore_empty());
                   }},
    NamedOperation{"with_defaults",
                   [](const SuperConfig& c, const Value& s) { return c.with_defaults(needed(s, "value")); }},
    NamedOperation{"with_cli_opt", with_cli_opt},
    NamedOperation{"with_value",
                   [](const SuperConfig& c, const Value& s) {
                     return c.with_value(text_at(s, "path"), needed(s, "value"));
                   }},
    NamedOperation{"with_override",
                   [](const SuperConfig& c, const Value& s) {
                     return c.with_override(text_at(s, "path"), needed(s, "value"));
                   }},
    NamedOperation{"with_set", [](const SuperConfig& c, const Value& s) { return c.with_set(text_at(s, "setting")); }},
    NamedOperation{"with_array_edits",
                   [](const SuperConfig& c, const Value& s) { return c.with_array_edits(flag_at(s, "on")); }},
    NamedOperation{"with_shape",
                   [](const SuperConfig& c, const Value& s) {
                     return c.with_shape(lasting_type(needed(s, "type")).shape());
                   }},
};

constexpr std::array<std::string_view, 2> later{"with_hierarchical_config", "with_defaults_string"};

SuperConfig apply(const SuperConfig& config, std::string_view name, const Value& step) {
  const auto found = std::find_if(operations.begin(), operations.end(), [&](const auto& o) { return o.name == name; });
  if (found != operations.end()) return found->run(config, step);
  if (std::find(later.begin(), later.end(), name) != later.end()) throw NotYet(name);
  throw BadCase("no such operation: " + std::string(name));
}

// One operation of the case, the `number`-th, on what the earlier ones built.
void take_step(Built& built, const Value& step, std::size_t number, Pace pace) {
  const auto name = text_at(step, "op");
  const auto order = order_of(name);
  auto& numbers = built.numbers;
  if (!order) {
    built.config = apply(built.config, name, step);
  } else if (const auto* provider = given(step, "provider")) {
    if (text_at(*provider, "kind") == "figment") {
      auto inner = build(*provider, pace);
      built.config = built.config.add(*order, inner.config);
      numbers.inside.emplace(numbers.operation.size(), std::move(inner.numbers));
    } else {
      built.config = built.config.add(*order, provider_of(*provider));
    }
  }
  numbers.operation.resize(built.config.layers().size(), number);
}

}  // namespace

std::string LayerNumbers::spell(std::span<const std::uint32_t> layer) const {
  if (layer.empty()) return "";
  if (layer.front() >= operation.size()) return "?";
  auto text = std::to_string(operation[layer.front()]);
  if (layer.size() == 1) return text;
  const auto inner = inside.find(layer.front());
  return text + "." + (inner == inside.end() ? "?" : inner->second.spell(layer.subspan(1)));
}

std::string reading_of(const SuperConfig& config) {
  const auto tree = config.try_value();
  return tree ? tree->to_string() : tree.errors().to_string();
}

Built build(const Value& scope, Pace pace) {
  Built built;
  const auto read = [&] {
    if (pace == Pace::stepwise) built.steps.push_back({built.config, reading_of(built.config)});
  };
  std::size_t number = 0;
  for (const auto& step : needed(scope, "layers").items()) {
    take_step(built, step.value, number++, pace);
    read();
  }
  if (const auto profile = text_if_given(scope, "select")) {
    built.config = built.config.select(*profile);
    read();
  }
  if (const auto key = text_if_given(scope, "focus")) {
    built.config = built.config.focus(*key);
    read();
  }
  return built;
}

}  // namespace superconfig::conformance
