#include <atomic>
#include <memory>
#include <vector>

#include "concurrent_reads/concurrent_reads.hpp"

namespace bench {

namespace {

struct alignas(128) Own {  // two lines: processors fetch them in pairs
  std::atomic<std::uint64_t> pinned{0};
  superconfig::SuperConfig config;
  superconfig::Key key;
  Own(superconfig::SuperConfig c, const std::string& path) : config(std::move(c)), key(path) {}
};

}  // namespace

Loop read_own_configuration(const superconfig::SuperConfig (&configs)[most_readers], const std::string& path) {
  std::vector<std::shared_ptr<Own>> own;
  for (const auto& config : configs) own.push_back(std::make_shared<Own>(config, path));
  return [own](std::size_t thread, std::size_t n) {
    auto& mine = *own[thread];
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      mine.pinned.exchange(1, std::memory_order_seq_cst);
      sum += static_cast<std::uint64_t>(mine.config.get<int>(mine.key));
      mine.pinned.store(0, std::memory_order_release);
    }
    return sum;
  };
}

}  // namespace bench
