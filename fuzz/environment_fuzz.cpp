// Environment variables, by both grammars, over layers that know some keys; settings and paths with them.

#include "superconfig/config.hpp"
#include "target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace superconfig;
  fuzz::Input input(data, size);
  const auto kind = input.byte();
  Environment environment;
  std::string setting;
  while (!input.empty() && environment.size() < 20) {
    const std::string name("A_" + std::string(input.text()));
    const std::string value(input.text());
    setting = name.substr(2) + "=" + value;
    bool known = false;
    for (const auto& other : environment) known = known || other.first == name;
    if (!known) environment.emplace_back(name, value);
  }
  static const SuperConfig base = SuperConfig().merge(Json::string(
      R"({"db":{"host":"h","max-conn":1,"a_b":2},"db_host":1,"list":[1,2],"servers":[{"host":"x","ports":[1]}],"m":{"0":1}})"));
  SuperConfig config = base;
  switch (kind % 4) {
    case 0: config = base.with_env("A_", environment); break;
    case 1: config = base.merge(Env::prefixed("a_", environment).split("__")); break;
    case 2: config = base.with_set(setting); break;
    default: config = base.merge(Variables("A_", environment).global()).with_env_ignore_empty("A_", environment); break;
  }
  const auto tree = config.try_value();
  if (!tree) {
    for (const auto& error : tree.error()) fuzz::must(!error.to_string().empty(), "an error says something");
    return 0;
  }
  fuzz::must(tree->is_dict(), "the view is a dict");
  // Every key can be asked for by its path.
  for (const auto& entry : tree->entries()) {
    const auto path = segment_text(entry.name);
    fuzz::must(config.contains(path), "a key is found by its quoted name", path);
    const auto explained = config.try_explain(path);
    fuzz::must(explained.ok() && explained->value && *explained->value == entry.value, "explain knows the value", path);
  }
  fuzz::must(*config.refresh().try_value() == *tree, "composing again gives the same");
  (void)config.try_get<int>(setting);
  (void)config.try_get<std::vector<std::string>>("list");
  return 0;
}
