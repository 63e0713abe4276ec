#include "providers/file_cache.hpp"

#include <algorithm>
#include <list>
#include <unordered_map>

#include "sync/sync.hpp"

namespace superconfig {
namespace detail {
namespace {

struct Kept {
  std::string key;
  host::FileInfo info;
  ParsedFile parsed;
};

struct Cache {
  sync::ProcessMutex mutex{1};
  std::size_t limit = std::size_t{16} << 20U;
  FileCacheStats stats;
  std::list<Kept> by_use;  // the last used first
  std::unordered_map<std::string, std::list<Kept>::iterator> by_key;

  // With the lock held. What is dropped is handed out, so that it dies outside the lock.
  void drop(std::list<Kept>::iterator it, std::list<Kept>& dropped) {
    stats.bytes -= it->parsed.source.bytes().size();
    by_key.erase(it->key);
    dropped.splice(dropped.begin(), by_use, it);
    stats.files = by_use.size();
  }
  void shrink(std::list<Kept>& dropped) {
    constexpr std::size_t most_files = 1024;
    while (!by_use.empty() && (stats.bytes > limit || by_use.size() > most_files))
      drop(std::prev(by_use.end()), dropped);
  }
};

// Never destroyed: configurations in static storage may load while the program ends.
Cache& cache() {
  static auto* const instance = new Cache;
  return *instance;
}

std::string key_of(const std::string& path, std::string_view as) { return path + '\0' + std::string(as); }

}  // namespace

std::optional<ParsedFile> known_file(const std::string& path, std::string_view as) {
  auto& c = cache();
  std::string key;
  {
    const sync::ProcessLock lock(c.mutex);
    if (!c.by_key.empty()) key = key_of(path, as);
    if (key.empty() || !c.by_key.contains(key)) {
      ++c.stats.misses;
      return {};
    }
  }
  const auto info = host::file_info(path);
  std::list<Kept> dropped;
  const sync::ProcessLock lock(c.mutex);
  const auto it = c.by_key.find(key);
  if (it == c.by_key.end()) {
    ++c.stats.misses;
    return {};
  }
  if (!(it->second->info == info)) {
    ++c.stats.misses;
    ++c.stats.changed;
    c.drop(it->second, dropped);
    return {};
  }
  ++c.stats.hits;
  c.by_use.splice(c.by_use.begin(), c.by_use, it->second);
  return it->second->parsed;
}

void keep_file(const std::string& path, std::string_view as, const host::FileInfo& info, std::int64_t read_at,
               const ParsedFile& parsed) {
  constexpr std::int64_t window = std::chrono::nanoseconds(racy_window).count();
  auto& c = cache();
  std::list<Kept> dropped;
  std::list<Kept> made;
  {
    const sync::ProcessLock lock(c.mutex);
    if (c.limit == 0) return;
    if (std::max(info.modified, info.changed) + window > read_at) {
      ++c.stats.recent;
      return;
    }
  }
  made.push_back({key_of(path, as), info, parsed});
  const sync::ProcessLock lock(c.mutex);
  if (c.limit == 0 || parsed.source.bytes().size() > c.limit) return;
  if (const auto old = c.by_key.find(made.front().key); old != c.by_key.end()) c.drop(old->second, dropped);
  c.by_use.splice(c.by_use.begin(), made);
  c.by_key.emplace(c.by_use.front().key, c.by_use.begin());
  c.stats.bytes += parsed.source.bytes().size();
  c.stats.files = c.by_use.size();
  c.shrink(dropped);
}

}  // namespace detail

FileCacheStats file_cache_stats() {
  auto& c = detail::cache();
  const sync::ProcessLock lock(c.mutex);
  return c.stats;
}

void clear_file_cache() {
  auto& c = detail::cache();
  std::list<detail::Kept> dropped;
  const sync::ProcessLock lock(c.mutex);
  while (!c.by_use.empty()) c.drop(c.by_use.begin(), dropped);
}

void set_file_cache_limit(std::size_t bytes) {
  auto& c = detail::cache();
  std::list<detail::Kept> dropped;
  const sync::ProcessLock lock(c.mutex);
  c.limit = bytes;
  c.shrink(dropped);
}

}  // namespace superconfig
