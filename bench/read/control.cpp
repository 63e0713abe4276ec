#include <string>
#include <unordered_map>
#include <vector>

#include "read/read.hpp"

namespace bench {

namespace {

[[gnu::noinline]] std::uint64_t nothing(const std::string& path) noexcept {
  asm volatile("");  // so that the call stays
  return path.size();
}

}  // namespace

Task read_unordered_map(const Text& text, const Picks& picks) {
  std::unordered_map<std::string, int> map;
  for (const auto& number : text.numbers) map.emplace(number.path, static_cast<int>(number.value));
  std::vector<std::string> paths;
  for (const auto& number : picks.numbers) paths.push_back(number.path);
  return {"unordered_map::find", [map, paths, order = picks.order](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i)
              sum += static_cast<std::uint64_t>(map.find(paths[order[i % Picks::order_size]])->second);
            return sum;
          }};
}

Task read_empty_call(const Picks& picks) {
  std::vector<std::string> paths;
  for (const auto& number : picks.numbers) paths.push_back(number.path);
  return {"an empty call", [paths, order = picks.order](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += nothing(paths[order[i % Picks::order_size]]);
            return sum;
          }};
}

}  // namespace bench
