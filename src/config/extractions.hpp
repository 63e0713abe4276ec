// The list behind extraction_cache.hpp, one a layer.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "superconfig/config/extraction_cache.hpp"

namespace superconfig::detail {

/// Entries are only added, at the head, and live as long as the list: who reads takes no lock.
class Extractions {
 public:
  static constexpr std::uint32_t most = 16;

  Extractions() = default;
  Extractions(const Extractions&) = delete;
  Extractions& operator=(const Extractions&) = delete;
  ~Extractions();

  [[nodiscard]] const std::shared_ptr<const void>* find(const ExtractionKey& key) const noexcept;
  [[nodiscard]] bool has_room() const noexcept { return count_.load(std::memory_order_relaxed) < most; }
  std::shared_ptr<const void> keep(const ExtractionKey& key, std::shared_ptr<const void> object);

 private:
  struct Entry {
    const void* type;
    std::string path;
    ExtractOptions options;
    std::shared_ptr<const void> object;
    Entry* next;
  };
  std::atomic<Entry*> first_{nullptr};
  std::atomic<std::uint32_t> count_{0};
};

struct ExtractionCounts {
  std::uint64_t cached = 0;  ///< answered from the lists
  std::uint64_t made = 0;    ///< kept in them
};
/// Of the process.
ExtractionCounts extraction_counts() noexcept;

}  // namespace superconfig::detail
