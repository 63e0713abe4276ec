#include "concurrent_reads/concurrent_reads.hpp"

namespace bench {

Loop read_one_handle(const superconfig::ConfigHandle& handle, const superconfig::Key& key) {
  return [&handle, &key](std::size_t, std::size_t n) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += static_cast<std::uint64_t>(handle.get<int>(key));
    return sum;
  };
}

}  // namespace bench
