// RegistryCore: what a ConfigRegistry and the handles in it work on.
//
// It lives until the registry is gone and nothing is in it: `holders` counts the registry, the live cells and whoever
// asked for it to stay.
#pragma once

#include <atomic>
#include <memory>
#include <source_location>
#include <unordered_map>

#include "config/access.hpp"
#include "registry/cells.hpp"
#include "registry/pin.hpp"
#include "superconfig/registry.hpp"

namespace superconfig::detail {

/// What a cell of the registry has besides what the table needs. Written with the cell's lock held.
struct ConfigCell {
  std::atomic<std::uint32_t> cleared{0};  // messages that were cleared
  std::atomic<Mode> form{Mode::handle};   // what mode made the current configuration
};

using ConfigTable = CellTable<sync::RealAtomics, HandleBits, Layer, ConfigCell>;
using TableCell = ConfigTable::Cell;
inline TableCell& table_cell(ConfigCell& cell) noexcept { return static_cast<TableCell&>(cell); }

class RegistryCore {
 public:
  RegistryCore(const ConfigRegistry::Options& options, bool immortal);

  void hold() noexcept {
    if (!immortal) holders.fetch_add(1, std::memory_order_relaxed);
  }
  void let_go() noexcept {
    // acq_rel: whatever any holder did happens before the deletion.
    if (!immortal && holders.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }

  [[nodiscard]] Mode mode() const noexcept {
    const auto own = own_mode.load(std::memory_order_relaxed);
    return own == unasked_mode ? superconfig::mode() : static_cast<Mode>(own);
  }
  [[nodiscard]] ConfigAccess::ModeChoice mode_choice() const noexcept;

  Result<CellRef> insert(SuperConfig config, const std::source_location& place);
  Result<SuperConfig> remove(const CellRef& at);
  void track_place(HandleId id, const std::source_location& place) noexcept;
  [[nodiscard]] Result<std::vector<SuperConfig>> snapshot(std::span<const CellRef> cells);

  ConfigTable table;
  std::atomic<std::uint64_t> holders{1};
  const bool immortal;
  std::atomic<std::uint8_t> own_mode;
  std::atomic<bool> tracks{false}, has_tracked{false};

  // Relaxed: they are only counted.
  std::atomic<std::uint64_t> created{0}, removed{0}, peak{0}, reused{0}, retired{0}, published{0}, converted{0};

  struct Place {
    HandleId id;
    std::source_location place;
  };
  sync::WordLock places_lock;
  std::unordered_map<std::uint32_t, Place> places;  // by slot
};

/// The current configuration as it stands, whatever form it has. Nothing: the id is not live.
std::optional<SuperConfig> current_config(const CellRef& at, ConfigAccess::ModeChoice choice);

}  // namespace superconfig::detail
