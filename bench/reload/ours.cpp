#include <superconfig/file_cache.hpp>
#include <superconfig/superconfig.hpp>
#include <thread>

#include "harness.hpp"
#include "load/load.hpp"
#include "reload/reload.hpp"

namespace bench {

using superconfig::file_cache_stats;
using superconfig::SuperConfig;

namespace {

// On while it lives, and empty at the end: the other workloads load cold.
struct CacheOn {
  CacheOn() { superconfig::set_file_cache_limit(std::size_t{16} << 20U); }
  CacheOn(const CacheOn&) = delete;
  CacheOn& operator=(const CacheOn&) = delete;
  ~CacheOn() { superconfig::set_file_cache_limit(0); }
};

std::uint64_t load(const Reload& reload) {
  if (reload.typed) return load_settings(reload.files[0], reload.files[1]).features.size();
  auto config = SuperConfig();
  for (const auto& file : reload.files) config = config.with_file(file);
  return config.value().size();
}

}  // namespace

void age_files() { std::this_thread::sleep_for(superconfig::racy_window + std::chrono::milliseconds(100)); }

ReloadTimes run_reload(const Reload& reload) {
  constexpr int rounds = 15;
  constexpr std::uint64_t repetitions = 50;
  const CacheOn cache;
  std::vector<double> first, again;
  for (int round = 0; round < rounds; ++round) {
    superconfig::clear_file_cache();
    const auto before = file_cache_stats();
    auto begin = cpu_ns();
    const auto answer = load(reload);
    first.push_back(cpu_ns() - begin);
    const auto parsed = file_cache_stats();
    check_equal(parsed.misses - before.misses, reload.files.size(), "files parsed by the first load");
    check_equal(parsed.files, reload.files.size(), "files kept");

    std::uint64_t sum = 0;
    begin = cpu_ns();
    for (std::uint64_t i = 0; i < repetitions; ++i) sum += load(reload);
    again.push_back((cpu_ns() - begin) / static_cast<double>(repetitions));
    check_equal(sum, repetitions * answer, "what is loaded again");
    check_equal(file_cache_stats().misses, parsed.misses, "files parsed so far");
  }
  return {median(first), median(again)};
}

}  // namespace bench
