#include "superconfig/handle.hpp"

#include "registry/core.hpp"
#include "superconfig/shared_handle.hpp"

namespace superconfig {

using detail::CellRef;
using detail::RegistryAccess;

// ---- SuperConfig's part: declared in config.hpp ----

ConfigHandle SuperConfig::new_handled(const std::source_location& place) {
  return ConfigHandle(ConfigRegistry::process(), {}, place);
}
ConfigHandle SuperConfig::into_handle(const std::source_location& place) && {
  return ConfigHandle(ConfigRegistry::process(), std::move(*this), place);
}
ConfigHandle SuperConfig::into_handle(const std::source_location& place) const& {
  return ConfigHandle(ConfigRegistry::process(), copied(), place);
}
Result<SuperConfig> SuperConfig::from_handle(ConfigHandle&& handle) {
  const ConfigHandle ended = std::move(handle);
  if (!ended.at_.core) return detail::stale(ended.id());
  auto config = ended.at_.core->remove(ended.at_);
  return config;
}
ConfigHandle SuperConfig::derive(FunctionRef<SuperConfig(const SuperConfig&)> f,
                                 const std::source_location& place) const {
  return ConfigHandle(ConfigRegistry::process(), f(*this), place);
}

// ---- the handle ----

ConfigHandle::ConfigHandle(ConfigRegistry& registry, SuperConfig config, const std::source_location& place)
    : at_(RegistryAccess::core(registry)->insert(std::move(config), place).value_or_throw()) {}

Result<ConfigHandle> ConfigHandle::adopt(ConfigRegistry& registry, HandleId id) {
  if (!registry.contains(id)) return detail::stale(id);
  return ConfigHandle(detail::cell_of(registry, id));
}

void ConfigHandle::release() noexcept {
  if (!at_.core) return;
  const auto at = std::exchange(at_, {});
  (void)at.core->remove(at);  // stale: somebody removed it by its id
}

bool ConfigHandle::is_valid() const noexcept {
  return at_.cell && detail::ConfigTable::is_live(detail::table_cell(*at_.cell), at_.id.value);
}

std::uint64_t ConfigHandle::version() const noexcept {
  if (!at_.cell) return 0;
  const auto version = detail::table_cell(*at_.cell).version.load(std::memory_order_acquire);
  return is_valid() ? version : 0;
}

ConfigHandle ConfigHandle::derive(FunctionRef<SuperConfig(const SuperConfig&)> f,
                                  const std::source_location& place) const {
  auto derived = f(config());
  return ConfigHandle(at_.core->insert(std::move(derived), place).value_or_throw());
}

ConfigHandle ConfigHandle::clone_config(const std::source_location& place) const {
  auto copy = detail::ConfigAccess::copied(config());
  return ConfigHandle(at_.core->insert(std::move(copy), place).value_or_throw());
}

SharedConfigHandle ConfigHandle::share() && { return SharedConfigHandle(std::move(*this)); }

bool ConfigHandle::contains(std::string_view path) const {
  {
    const detail::Pin pin;
    bool done = false;
    const auto found = detail::find_pinned(at_, path, done);
    if (done) return static_cast<bool>(found);
  }
  return config().contains(path);
}

Result<void> ConfigHandle::resolve() const {
  auto now = try_config();
  if (!now) return now.error();
  return now->resolve();
}

void ConfigHandle::clear_debug_messages() {
  auto now = config();
  now.clear_debug_messages();
  at_.cell->cleared.store(detail::ConfigAccess::cleared(now), std::memory_order_relaxed);
}

namespace detail {

const std::atomic<std::uint64_t>* stamp_of(const CellRef& at) noexcept { return &table_cell(*at.cell).stamp; }

CoreHold::CoreHold(RegistryCore* core) noexcept : core_(core) {
  if (core_) core_->hold();
}
CoreHold::~CoreHold() {
  if (core_) core_->let_go();
}

}  // namespace detail

}  // namespace superconfig
