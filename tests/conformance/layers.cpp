#include "layers.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "case.hpp"
#include "providers.hpp"
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

using Config = SuperConfig;

Config with_cli_opt(const Config& config, const Value& step) {
  const auto* options = member(step, "value");
  return config.with_cli_opt(options ? std::optional(*options) : std::nullopt);
}

Config with_env(const Config& config, const Value& step) {
  return config.with_env(text_at(step, "prefix"), environment_from(step));
}

Config with_env_ignore_empty(const Config& config, const Value& step) {
  return config.with_env_ignore_empty(text_at(step, "prefix"), environment_from(step));
}

Config with_value(const Config& config, const Value& step) {
  return config.with_value(text_at(step, "path"), needed(step, "value"));
}

Config with_override(const Config& config, const Value& step) {
  return config.with_override(text_at(step, "path"), needed(step, "value"));
}

Config with_shape(const Config& config, const Value& step) {
  return config.with_shape(lasting_type(needed(step, "type")).shape());
}

struct Operation {
  std::string_view name;
  Config (*run)(const Config&, const Value&);
};

// Those that do not take a provider.
constexpr std::array operations{
    Operation{"select", [](const Config& c, const Value& s) { return c.select(text_at(s, "profile")); }},
    Operation{"focus", [](const Config& c, const Value& s) { return c.focus(text_at(s, "key")); }},
    Operation{"with_file", [](const Config& c, const Value& s) { return c.with_file(text_at(s, "path")); }},
    Operation{"with_file_opt",
              [](const Config& c, const Value& s) { return c.with_file_opt(text_if_given(s, "path")); }},
    Operation{"with_env", with_env},
    Operation{"with_env_ignore_empty", with_env_ignore_empty},
    Operation{"with_hierarchical_config",
              [](const Config& c, const Value& s) { return c.with_hierarchical_config(text_at(s, "app")); }},
    Operation{"with_defaults", [](const Config& c, const Value& s) { return c.with_defaults(needed(s, "value")); }},
    Operation{"with_defaults_string",
              [](const Config& c, const Value& s) { return c.with_defaults_string(text_at(s, "text")); }},
    Operation{"with_cli_opt", with_cli_opt},
    Operation{"with_value", with_value},
    Operation{"with_override", with_override},
    Operation{"with_set", [](const Config& c, const Value& s) { return c.with_set(text_at(s, "setting")); }},
    Operation{"with_array_edits", [](const Config& c, const Value& s) { return c.with_array_edits(flag_at(s, "on")); }},
    Operation{"with_shape", with_shape},
};

Config apply(const Config& config, std::string_view name, const Value& step) {
  const auto found = std::find_if(operations.begin(), operations.end(), [&](const auto& o) { return o.name == name; });
  if (found == operations.end()) throw NotYet(name);
  return found->run(config, step);
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
      built.config = built.config.add(*order, provider_from(*provider));
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
