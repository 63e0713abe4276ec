#include <vector>

#include "harness.hpp"
#include "memory/memory.hpp"

namespace bench {

using superconfig::SuperConfig;

double derived_bytes(const SuperConfig& config, const Picks& picks, std::size_t n, Deriving how) {
  std::vector<SuperConfig> kept;
  kept.reserve(n);
  const auto before = heap_bytes();
  for (std::size_t i = 0; i < n; ++i) {
    const auto& path = picks[i].path;
    const auto value = static_cast<int>(i);
    kept.push_back(how == Deriving::value ? config.with_value(path, value) : config.with_override(path, value));
    check_equal(static_cast<std::uint64_t>(kept.back().get<int>(path)), i, "derived");
  }
  const auto after = heap_bytes();
  for (std::size_t i = 0; i < n; ++i)  // none changed another
    check_equal(static_cast<std::uint64_t>(kept[i].get<int>(picks[i].path)), i, "derived, at the end");
  return static_cast<double>(after - before) / static_cast<double>(n);
}

double stack_bytes(const Files& files, Size size) {
  {
    const auto once = files.stack(size);
  }  // what is kept for the process is not the stack's
  const auto before = heap_bytes();
  const auto config = files.stack(size);
  return static_cast<double>(heap_bytes() - before);
}

}  // namespace bench
