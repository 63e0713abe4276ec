// The template parts of ConfigRegistry. Included by registry.hpp.
#pragma once

#include "superconfig/registry.hpp"

namespace superconfig {

namespace detail {

/// How the templates reach a registry's inside.
class RegistryAccess {
 public:
  static RegistryCore* core(const ConfigRegistry& registry) noexcept { return registry.core_; }
};

/// Nothing in `cell` if the id was never one of this registry's.
CellRef cell_of(const ConfigRegistry& registry, HandleId id) noexcept;
/// Calls `f(id, config)` for each live handle.
void for_each_handle(const RegistryCore& core, FunctionRef<void(HandleId, const SuperConfig&)> f);

/// `read` of registries and handles.
template <class F>
auto read_cell(const CellRef& at, F&& f, auto make_view) -> Result<std::invoke_result_t<F&, const ResolvedView&>> {
  using R = std::invoke_result_t<F&, const ResolvedView&>;
  static_assert(!std::is_reference_v<R>, "what `f` gives must not refer into the view: give a value");
  const auto call = [&](const Value& root) -> Result<R> {
    const auto view = make_view(root);
    if constexpr (std::is_void_v<R>) {
      f(view);
      return {};
    } else {
      return f(view);
    }
  };
  {
    const Pin pin;
    if (const auto* root = view_pinned(at)) return call(*root);
  }
  // Not resolved yet, or in clone mode, where each reader makes a view of its own.
  auto config = config_of(at);
  if (!config) return config.error();
  auto root = config->try_value();
  if (!root) return root.error();
  return call(*root);
}

}  // namespace detail

template <class F>
auto ConfigRegistry::read(HandleId id, F&& f) const -> Result<std::invoke_result_t<F&, const ResolvedView&>> {
  return detail::read_cell(detail::cell_of(*this, id), f, [](const Value& root) { return ResolvedView(root); });
}

template <class F>
Result<void> ConfigRegistry::update(HandleId id, F&& f) {
  return detail::change_cell(detail::cell_of(*this, id), true,
                             [&f](const SuperConfig& config) { return detail::call_change(f, config); });
}

template <class F>
void ConfigRegistry::for_each(F&& f) const {
  detail::for_each_handle(*core_, f);
}

}  // namespace superconfig
