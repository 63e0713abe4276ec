#include "superconfig/registry.hpp"

#include <charconv>

#include "config/extractions.hpp"
#include "registry/core.hpp"
#include "superconfig/file_cache.hpp"

namespace superconfig {

std::string HandleId::to_string() const {
  char text[24] = "0x";
  const auto end = std::to_chars(text + 2, text + sizeof text, value, 16).ptr;
  return {text, end};
}

ConfigRegistry::ConfigRegistry(const Options& options) : core_(new detail::RegistryCore(options, false)) {}
ConfigRegistry::~ConfigRegistry() {
  if (!core_->immortal) core_->let_go();
}

ConfigRegistry& ConfigRegistry::process() {
  static auto* const registry = [] {
    auto* made = new ConfigRegistry();
    delete std::exchange(made->core_, new detail::RegistryCore(Options{}, true));
    return made;
  }();
  return *registry;
}

Result<HandleId> ConfigRegistry::insert(SuperConfig config, const std::source_location& place) {
  auto made = core_->insert(std::move(config), place);
  if (!made) return made.error();
  return made->id;
}

Result<SuperConfig> ConfigRegistry::remove(HandleId id) { return core_->remove(detail::cell_of(*this, id)); }

Result<SuperConfig> ConfigRegistry::get(HandleId id) const { return detail::config_of(detail::cell_of(*this, id)); }

bool ConfigRegistry::contains(HandleId id) const noexcept {
  const auto at = detail::cell_of(*this, id);
  return at.cell && detail::ConfigTable::is_live(detail::table_cell(*at.cell), id.value);
}

Result<std::uint64_t> ConfigRegistry::version(HandleId id) const {
  const auto at = detail::cell_of(*this, id);
  if (!at.cell) return detail::stale(id);
  const auto version = detail::table_cell(*at.cell).version.load(std::memory_order_acquire);
  if (!detail::ConfigTable::is_live(detail::table_cell(*at.cell), id.value)) return detail::stale(id);
  return version;
}

std::size_t ConfigRegistry::size() const noexcept {
  const auto removed = core_->removed.load(std::memory_order_acquire);
  return static_cast<std::size_t>(core_->created.load(std::memory_order_acquire) - removed);
}

Result<std::vector<SuperConfig>> ConfigRegistry::snapshot(std::span<const HandleId> ids) const {
  std::vector<detail::CellRef> cells;
  cells.reserve(ids.size());
  for (const auto id : ids) cells.push_back(detail::cell_of(*this, id));
  return core_->snapshot(cells);
}

RegistryStats ConfigRegistry::stats() const {
  constexpr auto relaxed = std::memory_order_relaxed;
  RegistryStats stats;
  stats.removed = core_->removed.load(relaxed);
  stats.created = core_->created.load(relaxed);
  stats.live = stats.created - stats.removed;
  stats.peak = core_->peak.load(relaxed);
  stats.reused = core_->reused.load(relaxed);
  stats.retired = core_->retired.load(relaxed);
  stats.published = core_->published.load(relaxed);
  stats.converted = core_->converted.load(relaxed);
  stats.bytes = core_->table.bytes();
  const auto extractions = detail::extraction_counts();
  stats.extractions_cached = extractions.cached;
  stats.extractions_made = extractions.made;
  const auto files = file_cache_stats();
  stats.files_cached = files.hits;
  stats.files_parsed = files.misses;
  return stats;
}

void ConfigRegistry::track(bool on) noexcept { core_->tracks.store(on, std::memory_order_relaxed); }

std::string LiveHandle::to_string() const {
  auto text = "handle " + id.to_string() + ", version " + std::to_string(version);
  if (!file.empty()) text += ", made at " + file + ":" + std::to_string(line) + " in " + function;
  return text;
}

std::vector<LiveHandle> ConfigRegistry::live_handles() const {
  std::vector<LiveHandle> list;
  core_->table.for_each_cell([&](detail::TableCell& cell, std::uint32_t slot) {
    const auto generation = cell.generation.load(std::memory_order_acquire);
    if (generation == 0) return;
    LiveHandle handle;
    handle.id = {detail::HandleBits::id(slot, generation)};
    handle.version = cell.version.load(std::memory_order_relaxed);
    list.push_back(std::move(handle));
  });
  const sync::WordGuard guard(core_->places_lock);
  for (auto& handle : list) {
    const auto known = core_->places.find(detail::HandleBits::slot(handle.id.value));
    if (known == core_->places.end() || known->second.id != handle.id) continue;
    handle.file = known->second.place.file_name();
    handle.line = known->second.place.line();
    handle.function = known->second.place.function_name();
  }
  return list;
}

std::string ConfigRegistry::leak_report() const {
  std::string text;
  for (const auto& handle : live_handles()) text += handle.to_string() + "\n";
  return text;
}

Mode ConfigRegistry::mode() const noexcept { return core_->mode(); }
void ConfigRegistry::set_mode(std::optional<Mode> mode) noexcept {
  core_->own_mode.store(mode ? static_cast<std::uint8_t>(*mode) : detail::unasked_mode, std::memory_order_relaxed);
}

}  // namespace superconfig
