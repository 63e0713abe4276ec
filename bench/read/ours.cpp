#include <memory>
#include <string>
#include <vector>

#include "read/read.hpp"

namespace bench {

using superconfig::Key;
using superconfig::SuperConfig;

Task read_by_path(const SuperConfig& config, const Picks& picks) {
  std::vector<std::string> paths;
  for (const auto& number : picks.numbers) paths.push_back(number.path);
  return {"get<int>(path)", [config, paths, order = picks.order](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i)
              sum += static_cast<std::uint64_t>(config.get<int>(paths[order[i % Picks::order_size]]));
            return sum;
          }};
}

Task read_by_key(const SuperConfig& config, const Picks& picks) {
  std::vector<Key> keys;
  for (const auto& number : picks.numbers) keys.emplace_back(number.path);
  return {"get<int>(Key)", [config, keys, order = picks.order](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i)
              sum += static_cast<std::uint64_t>(config.get<int>(keys[order[i % Picks::order_size]]));
            return sum;
          }};
}

Task read_string_by_path(const SuperConfig& config, std::string path) {
  return {"get<std::string>(path)", [config, path = std::move(path)](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += config.get<std::string>(path).size();
            return sum;
          }};
}

Task read_missing(const SuperConfig& config) {
  return {"get_or(path, 1), no such key", [config](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i)
              sum += static_cast<std::uint64_t>(config.get_or<int>("server.portt", 1));
            return sum;
          }};
}

}  // namespace bench
