#include "config/extractions.hpp"

#include <algorithm>
#include <vector>

#include "config/layer.hpp"
#include "sync/counter.hpp"

namespace superconfig::detail {
namespace {

constinit sync::Counter cached;
constinit sync::Counter made;

bool same(const ExtractOptions& a, const ExtractOptions& b) noexcept {
  return a.lossy == b.lossy && a.deny_unknown == b.deny_unknown && a.missing == b.missing;
}

// One of the 32 bits that stand for "was asked for".
std::uint32_t bit_of(const ExtractionKey& key) noexcept {
  auto hash = reinterpret_cast<std::uintptr_t>(key.type) >> 3U;
  hash = hash * 31 + (key.options.lossy ? 1 : 0) + (key.options.deny_unknown ? 2 : 0) +
         (key.options.missing == Missing::error ? 4 : 0);
  for (const char c : key.path) hash = hash * 31 + static_cast<unsigned char>(c);
  return std::uint32_t{1} << ((hash * 0x9e3779b97f4a7c15ULL) >> 59U);
}

}  // namespace

Extractions::~Extractions() {
  for (auto* entry = first_.load(std::memory_order_acquire); entry;) delete std::exchange(entry, entry->next);
}

const std::shared_ptr<const void>* Extractions::find(const ExtractionKey& key) const noexcept {
  // acquire: the entry was filled before it was put in.
  for (const auto* entry = first_.load(std::memory_order_acquire); entry; entry = entry->next)
    if (entry->type == key.type && entry->path == key.path && same(entry->options, key.options)) return &entry->object;
  return nullptr;
}

std::shared_ptr<const void> Extractions::keep(const ExtractionKey& key, std::shared_ptr<const void> object) {
  if (count_.fetch_add(1, std::memory_order_relaxed) >= most) {
    count_.fetch_sub(1, std::memory_order_relaxed);
    return object;
  }
  auto* entry = new Entry{key.type, std::string(key.path), key.options, object, first_.load(std::memory_order_relaxed)};
  // Two threads may put in the same: either answers.
  while (!first_.compare_exchange_weak(entry->next, entry, std::memory_order_release, std::memory_order_relaxed)) {
  }
  made.add();
  return object;
}

const std::shared_ptr<const void>* find_extraction(const Layer* top, const ExtractionKey& key) noexcept {
  if (!top) return nullptr;
  const auto* extra = top->extra.load(std::memory_order_acquire);
  const auto* found = extra ? extra->extractions.find(key) : nullptr;
  if (found) cached.add();
  return found;
}

bool is_worth_keeping(Layer* top, const ExtractionKey& key) noexcept {
  if (!top || top->clones || top->state.load(std::memory_order_relaxed) != Layer::resolved) return false;
  const auto bit = bit_of(key);
  if ((top->asked.load(std::memory_order_relaxed) & bit) == 0) {
    top->asked.fetch_or(bit, std::memory_order_relaxed);
    return false;
  }
  const auto* extra = top->extra.load(std::memory_order_acquire);
  return !extra || extra->extractions.has_room();
}

std::shared_ptr<const void> keep_extraction(Layer* top, const ExtractionKey& key, std::shared_ptr<const void> object) {
  if (!top || top->clones) return object;
  return top->extras().extractions.keep(key, std::move(object));
}

ExtractionCounts extraction_counts() noexcept { return {cached.sum(), made.sum()}; }

namespace {

bool independent(const Shape& shape, std::vector<const Shape*>& seen) {
  if (std::find(seen.begin(), seen.end(), &shape) != seen.end()) return true;
  seen.push_back(&shape);
  const auto inside = [&seen](const Shape* part) { return !part || independent(*part, seen); };
  return shape.kind != ShapeKind::pointer && shape.kind != ShapeKind::custom && inside(shape.key) &&
         inside(shape.element) && std::all_of(shape.items.begin(), shape.items.end(), inside) &&
         std::all_of(shape.fields.begin(), shape.fields.end(), [&](const Field& f) { return inside(f.shape); }) &&
         std::all_of(shape.alternatives.begin(), shape.alternatives.end(),
                     [&](const Alternative& a) { return inside(a.content); });
}

}  // namespace

bool copies_are_independent(const Shape& shape) {
  std::vector<const Shape*> seen;
  return independent(shape, seen);
}

}  // namespace superconfig::detail
