// Stacks of JSON layers with array edits and markers, in any order, profile and kind of composition: composing is the
// same however often and in whatever steps it is done, and nothing shared changes.

#include "superconfig/config.hpp"
#include "target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace superconfig;
  fuzz::Input input(data, size);
  constexpr Order orders[] = {Order::merge, Order::join, Order::admerge, Order::adjoin};
  constexpr std::string_view profiles[] = {"default", "global", "debug", "other"};
  SuperConfig config;
  SuperConfig stepwise;
  std::vector<std::pair<SuperConfig, std::string>> seen;
  const auto text_of = [](const SuperConfig& c) {
    const auto tree = c.try_value();
    return tree ? tree->to_string() : tree.error().to_string();
  };
  for (int i = 0; i < 8 && !input.empty(); ++i) {
    const auto how = input.byte();
    const auto text = input.text();
    const auto provider = Json::string(text).profile(profiles[how / 4 % 4]);
    const auto order = orders[how % 4];
    config = config.add(order, provider);
    stepwise = stepwise.add(order, provider);
    if (how & 0x40U) config = config.select("debug"), stepwise = stepwise.select("debug");
    if (how & 0x80U) config = config.with_value("a.b[0]", i), stepwise = stepwise.with_value("a.b[0]", i);
    seen.emplace_back(stepwise, text_of(stepwise));
  }
  const auto at_once = text_of(config);
  if (!seen.empty()) fuzz::must(at_once == seen.back().second, "read at each step or at the end is the same", at_once);
  for (const auto& [earlier, text] : seen)
    fuzz::must(text_of(earlier) == text, "what was read before is as it was", text);
  fuzz::must(text_of(config.refresh()) == at_once, "composing again gives the same", at_once);
  if (const auto tree = config.try_value()) {
    const auto explained = config.try_explain("");
    fuzz::must(explained.ok() && *explained->value == *tree, "explain composes the same", at_once);
    for (const auto& entry : tree->entries()) (void)config.explain(segment_text(entry.name)).to_string();
  }
  (void)config.warnings();
  return 0;
}
