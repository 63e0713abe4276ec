#include <string>
#include <vector>

#include "derive/derive.hpp"

namespace bench {

using superconfig::SuperConfig;

namespace {

std::vector<std::string> paths_of(const Picks& picks) {
  std::vector<std::string> paths;
  for (const auto& number : picks.numbers) paths.push_back(number.path);
  return paths;
}

}  // namespace

Task derive_value(const SuperConfig& config, const Picks& picks) {
  return {"with_value, get", [config, paths = paths_of(picks), order = picks.order](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) {
              const auto& path = paths[order[i % Picks::order_size]];
              const auto derived = config.with_value(path, static_cast<int>(i));
              sum += static_cast<std::uint64_t>(derived.get<int>(path));
            }
            return sum;
          }};
}

Task derive_override(const SuperConfig& config, const Picks& picks) {
  return {"with_override, get", [config, paths = paths_of(picks), order = picks.order](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) {
              const auto& path = paths[order[i % Picks::order_size]];
              const auto derived = config.with_override(path, static_cast<int>(i));
              sum += static_cast<std::uint64_t>(derived.get<int>(path));
            }
            return sum;
          }};
}

Task derive_chain(const SuperConfig& config, const Picks& picks) {
  return {"64 in a row, each from the one before",
          [config, paths = paths_of(picks), order = picks.order](std::size_t n) {
            std::uint64_t sum = 0;
            auto derived = config;
            for (std::size_t i = 0; i < n; ++i) {
              if (i % 64 == 0) derived = config;
              const auto& path = paths[order[i % Picks::order_size]];
              derived = derived.with_value(path, static_cast<int>(i));
              sum += static_cast<std::uint64_t>(derived.get<int>(path));
            }
            return sum;
          }};
}

}  // namespace bench
