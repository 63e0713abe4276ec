#include "registry/core.hpp"

#include <algorithm>

#include "host/host.hpp"
#include "value/walk.hpp"

namespace superconfig::detail {
namespace {

// The cells that this thread is changing: a change that changes the same handle would wait for itself.
struct Changing {
  explicit Changing(const ConfigCell* c) noexcept : cell(c), outer(innermost) { innermost = this; }
  Changing(const Changing&) = delete;
  Changing& operator=(const Changing&) = delete;
  ~Changing() { innermost = outer; }

  const ConfigCell* cell;
  Changing* outer;
  static constinit thread_local Changing* innermost;
};
constinit thread_local Changing* Changing::innermost = nullptr;

bool is_changing(const ConfigCell* cell) noexcept {
  for (const auto* one = Changing::innermost; one; one = one->outer)
    if (one->cell == cell) return true;
  return false;
}

std::uint32_t any_generation() noexcept {
  return 1 + static_cast<std::uint32_t>(host::random_number() % HandleBits::last_generation);
}

bool is_live(const CellRef& at) noexcept { return at.cell && ConfigTable::is_live(table_cell(*at.cell), at.id.value); }

// With the cell's lock held: the configuration in the form of the registry's mode.
SuperConfig in_form(const CellRef& at, const SuperConfig& config) {
  return ConfigAccess::in_mode(config, at.core->mode(), at.core->mode_choice());
}

void convert(const CellRef& at) {
  auto& cell = table_cell(*at.cell);
  Layer* old = nullptr;
  {
    const sync::WordGuard guard(cell.lock);
    const auto wanted = at.core->mode();
    const auto config = current_config(at, at.core->mode_choice());
    if (!config || cell.form.load(std::memory_order_relaxed) == wanted) return;
    auto converted = in_form(at, *config);
    old = ConfigTable::convert(cell, ConfigAccess::take_top(converted).release());
    cell.form.store(wanted, std::memory_order_relaxed);
  }
  at.core->converted.fetch_add(1, std::memory_order_relaxed);
  retire(old);
}

}  // namespace

RegistryCore::RegistryCore(const ConfigRegistry::Options& options, bool lives_for_ever)
    : table(options.first_generation == 0
                ? any_generation()
                : std::clamp<std::uint32_t>(options.first_generation, 1, HandleBits::last_generation)),
      immortal(lives_for_ever),
      own_mode(options.mode ? static_cast<std::uint8_t>(*options.mode) : unasked_mode),
      tracks(options.track) {}

ConfigAccess::ModeChoice RegistryCore::mode_choice() const noexcept {
  using Choice = ConfigAccess::ModeChoice;
  const auto own = own_mode.load(std::memory_order_relaxed);
  if (own == unasked_mode) return Choice::process;
  return static_cast<Mode>(own) == Mode::clone ? Choice::clone : Choice::handle;
}

Result<CellRef> RegistryCore::insert(SuperConfig config, const std::source_location& place) {
  const auto wanted = mode();
  if (ConfigAccess::form_of(ConfigAccess::top(config).layer) != wanted)
    config = ConfigAccess::in_mode(config, wanted, mode_choice());
  const auto cleared = ConfigAccess::cleared(config);
  auto top = ConfigAccess::take_top(config);
  const auto made = table.insert(top.layer, [&](ConfigCell& cell) {
    cell.cleared.store(cleared, std::memory_order_relaxed);
    cell.form.store(wanted, std::memory_order_relaxed);
  });
  if (made.id == 0) {
    Error error;
    error.code = ErrorCode::unsupported;
    error.message = "all " + std::to_string(HandleBits::slots) + " handles of the registry are in use";
    return error;
  }
  (void)top.release();
  hold();
  const auto live = created.fetch_add(1, std::memory_order_relaxed) + 1 - removed.load(std::memory_order_relaxed);
  auto most = peak.load(std::memory_order_relaxed);
  while (live > most && !peak.compare_exchange_weak(most, live, std::memory_order_relaxed)) {
  }
  if (made.reused) reused.fetch_add(1, std::memory_order_relaxed);
  const HandleId id{made.id};
  if (tracks.load(std::memory_order_relaxed)) [[unlikely]]
    track_place(id, place);
  return CellRef{this, made.cell, id};
}

Result<SuperConfig> RegistryCore::remove(const CellRef& at) {
  if (!at.cell) return stale(at.id);
  if (is_changing(at.cell)) {
    Error error;
    error.code = ErrorCode::conflict;
    error.message = "handle " + at.id.to_string() + " is removed by a change of the same handle";
    return error;
  }
  auto& cell = table_cell(*at.cell);
  std::optional<SuperConfig> config;
  Layer* old = nullptr;
  {
    const sync::WordGuard guard(cell.lock);
    if (!is_live(at)) return stale(at.id);
    old = ConfigTable::unlink(cell);
    // The cell's reference goes to the garbage, for readers; this one is the caller's.
    if (old) old->refs.fetch_add(1, std::memory_order_relaxed);
    config = ConfigAccess::make(LayerRef(old), cell.cleared.load(std::memory_order_relaxed),
                                ConfigAccess::ModeChoice::process);
  }
  if (has_tracked.load(std::memory_order_relaxed)) [[unlikely]] {
    const sync::WordGuard guard(places_lock);
    places.erase(HandleBits::slot(at.id.value));
  }
  if (!table.give_back(cell, at.id.value)) retired.fetch_add(1, std::memory_order_relaxed);
  removed.fetch_add(1, std::memory_order_relaxed);
  retire(old);
  let_go();
  return std::move(*config);
}

void RegistryCore::track_place(HandleId id, const std::source_location& place) noexcept {
  has_tracked.store(true, std::memory_order_relaxed);
  const sync::WordGuard guard(places_lock);
#if defined(__cpp_exceptions)
  try {
    places.insert_or_assign(HandleBits::slot(id.value), Place{id, place});
  } catch (...) {  // no memory: the handle is there all the same, without a place
    places.erase(HandleBits::slot(id.value));
  }
#else
  places.insert_or_assign(HandleBits::slot(id.value), Place{id, place});
#endif
}

Result<std::vector<SuperConfig>> RegistryCore::snapshot(std::span<const CellRef> cells) {
  for (const auto& at : cells)
    if (!at.cell) return stale(at.id);
  std::vector<std::uint64_t> stamps(cells.size());
  std::vector<SuperConfig> configs;
  const auto collect = [&]() -> Result<void> {
    configs.clear();
    for (const auto& at : cells) {
      auto config = current_config(at, mode_choice());
      if (!config) return stale(at.id);
      configs.push_back(std::move(*config));
    }
    return {};
  };
  // What was current while no stamp moved was current at one moment.
  constexpr int patience = 32;
  for (int i = 0; i < patience; ++i) {
    const auto stamp_of = [](const CellRef& at) { return table_cell(*at.cell).stamp.load(std::memory_order_acquire); };
    std::transform(cells.begin(), cells.end(), stamps.begin(), stamp_of);
    if (auto done = collect(); !done) return done.error();
    // seq_cst loads in `current_config` come before these in every thread's eyes.
    if (std::equal(cells.begin(), cells.end(), stamps.begin(),
                   [&](const CellRef& at, std::uint64_t stamp) { return stamp_of(at) == stamp; }))
      return configs;
  }
  // Writers are faster than we read: they wait. In one order, each cell once.
  std::vector<ConfigCell*> order;
  for (const auto& at : cells)
    if (!is_changing(at.cell)) order.push_back(at.cell);
  std::sort(order.begin(), order.end());
  order.erase(std::unique(order.begin(), order.end()), order.end());
  for (auto* cell : order) table_cell(*cell).lock.lock();
  auto done = collect();
  for (auto* cell : order) table_cell(*cell).lock.unlock();
  if (!done) return done.error();
  return configs;
}

// ---- one cell ----

Errors stale(HandleId id) {
  Error error;
  error.code = ErrorCode::stale_handle;
  error.message = id ? "handle " + id.to_string() + " is not live: it was released, or belongs to another registry"
                     : "handle 0 names nothing";
  return error;
}

std::optional<SuperConfig> current_config(const CellRef& at, ConfigAccess::ModeChoice choice) {
  if (!at.cell) return {};
  const auto& cell = table_cell(*at.cell);
  const Pin pin;
  bool live = false;
  auto* top = ConfigTable::load(cell, at.id.value, live);
  if (!live) return {};
  if (top) top->refs.fetch_add(1, std::memory_order_relaxed);  // the cell's own keeps it while we are pinned
  return ConfigAccess::make(LayerRef(top), cell.cleared.load(std::memory_order_relaxed), choice);
}

Result<SuperConfig> config_of(const CellRef& at) {
  if (!at.cell) return stale(at.id);
  if (at.cell->form.load(std::memory_order_relaxed) != at.core->mode() && !is_changing(at.cell)) [[unlikely]]
    convert(at);
  auto config = current_config(at, at.core->mode_choice());
  if (!config) return stale(at.id);
  return std::move(*config);
}

namespace {

// Pinned: the root of the cell's view, if it can be read as it is; nullptr of a stack without layers.
[[gnu::always_inline]] inline bool readable(const CellRef& at, const Value*& root) noexcept {
  if (!at.cell) return false;
  auto& cell = table_cell(*at.cell);
  bool live = false;
  const auto* top = ConfigTable::load(cell, at.id.value, live);
  if (!live || cell.form.load(std::memory_order_relaxed) != at.core->mode()) [[unlikely]]
    return false;
  if (top == nullptr) return true;
  if (top->state.load(std::memory_order_acquire) != Layer::resolved) [[unlikely]]
    return false;
  root = &top->view;
  return true;
}

}  // namespace

Found find_pinned(const CellRef& at, const Key& key, bool& done) noexcept {
  const Value* root = nullptr;
  done = readable(at, root);
  return root ? walk(*root, key) : Found{};
}
Found find_pinned(const CellRef& at, std::string_view path, bool& done) noexcept {
  const Value* root = nullptr;
  done = readable(at, root) && root;
  if (!root) return {};  // an empty one still has to say whether the path is one
  bool bad_path = false;
  const auto found = walk(*root, path, &bad_path);
  done = !bad_path;
  return found;
}
const Value* view_pinned(const CellRef& at) noexcept {
  const Value* root = nullptr;
  return readable(at, root) ? root : nullptr;
}

Result<void> change_cell(const CellRef& at, bool resolve_first, ConfigChange change) {
  if (!at.cell) return stale(at.id);
  if (is_changing(at.cell)) {
    Error error;
    error.code = ErrorCode::conflict;
    error.message = "a change of handle " + at.id.to_string() + " changes the same handle";
    return error;
  }
  auto& cell = table_cell(*at.cell);
  Layer* old = nullptr;
  {
    const sync::WordGuard guard(cell.lock);
    const Changing changing(at.cell);
    auto config = current_config(at, at.core->mode_choice());
    if (!config) return stale(at.id);
    const auto wanted = at.core->mode();
    if (cell.form.load(std::memory_order_relaxed) != wanted) config = in_form(at, *config);
    auto changed = change(*config);
    if (!changed) return changed.error();
    if (resolve_first) {
      if (auto resolved = changed->resolve(); !resolved) return resolved.error();
    }
    // What a change brings from elsewhere may have the other form.
    if (ConfigAccess::form_of(ConfigAccess::top(*changed).layer) != wanted)
      *changed = ConfigAccess::in_mode(*changed, wanted, at.core->mode_choice());
    cell.cleared.store(ConfigAccess::cleared(*changed), std::memory_order_relaxed);
    cell.form.store(wanted, std::memory_order_relaxed);
    old = ConfigTable::publish(cell, ConfigAccess::take_top(*changed).release());
  }
  at.core->published.fetch_add(1, std::memory_order_relaxed);
  retire(old);
  return {};
}

CellRef cell_of(const ConfigRegistry& registry, HandleId id) noexcept {
  auto* core = RegistryAccess::core(registry);
  return {core, core->table.find(id.value), id};
}

void for_each_handle(const RegistryCore& core, FunctionRef<void(HandleId, const SuperConfig&)> f) {
  auto& mine = const_cast<RegistryCore&>(core);
  core.table.for_each_cell([&](TableCell& cell, std::uint32_t slot) {
    const auto generation = cell.generation.load(std::memory_order_acquire);
    if (generation == 0) return;
    const HandleId id{HandleBits::id(slot, generation)};
    if (const auto config = current_config({&mine, &cell, id}, ConfigAccess::ModeChoice::process)) f(id, *config);
  });
}

}  // namespace superconfig::detail
