// What the templates of registries and handles reach a cell by.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "superconfig/config.hpp"
#include "superconfig/handle_id.hpp"

namespace superconfig {

namespace detail {

class RegistryCore;
class RegistryAccess;
struct ConfigCell;

/// Where a handle's configuration lives: its id, and the cell that the id leads to.
struct CellRef {
  RegistryCore* core = nullptr;
  ConfigCell* cell = nullptr;
  HandleId id;
};

/// While one lives, nothing that it found is destroyed. Belongs to its thread; pins nest.
class Pin {
 public:
  Pin();
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;
  ~Pin();
};

/// Pinned: what stands at a path of a cell's view. Nothing, with `done` false: not found, or not to be had this way (a
/// stale handle, an unresolved or failing stack, clone mode, no path). Allocates nothing.
Found find_pinned(const CellRef& at, const Key& key, bool& done) noexcept;
Found find_pinned(const CellRef& at, std::string_view path, bool& done) noexcept;
/// Pinned: the root of the view, or nullptr likewise.
const Value* view_pinned(const CellRef& at) noexcept;

/// The configuration, its cell converted to the registry's mode first if need be.
Result<SuperConfig> config_of(const CellRef& at);
Errors stale(HandleId id);

/// Publishes what it is given.
using ConfigChange = FunctionRef<Result<SuperConfig>(const SuperConfig&)>;
/// Publishes what `change` makes of the configuration. `resolve_first`: only if it resolves.
Result<void> change_cell(const CellRef& at, bool resolve_first, ConfigChange change);

/// `f`'s form of a change (see ConfigRegistry::update) as the one that `change_cell` calls.
template <class F>
Result<SuperConfig> call_change(F& f, const SuperConfig& config) {
  if constexpr (std::is_invocable_r_v<Result<SuperConfig>, F&, const SuperConfig&>) {
    return f(config);
  } else {
    static_assert(std::is_invocable_v<F&, SuperConfig&>,
                  "a change takes a configuration and gives a SuperConfig or a Result<SuperConfig>, or takes a "
                  "SuperConfig& and gives nothing or a Result<void>");
    SuperConfig changed = config;
    if constexpr (std::is_void_v<std::invoke_result_t<F&, SuperConfig&>>) {
      f(changed);
    } else {
      Result<void> said = f(changed);
      if (!said) return said.error();
    }
    return changed;
  }
}

}  // namespace detail

/// The resolved tree, as ConfigRegistry::read lends it. Reading is a walk: nothing is copied or counted.
class ResolvedView {
 public:
  /// The root, a dict.
  [[nodiscard]] const Value& value() const noexcept { return *root_; }
  /// What stands at a path; nothing if there is nothing, or the text is no path.
  [[nodiscard]] const Value* find(std::string_view path) const noexcept {
    bool bad_path = false;
    return find_path(*root_, path, &bad_path).value;
  }
  [[nodiscard]] const Value* find(const Key& key) const noexcept { return find_path(*root_, key).value; }
  [[nodiscard]] bool contains(std::string_view path) const noexcept { return find(path) != nullptr; }
  /// What stands at a path as a T. Errors: missing_field, those of the conversion; origins name no layer.
  template <class T>
  [[nodiscard]] Result<T> try_get(std::string_view path) const {
    bool bad_path = false;
    const auto found = find_path(*root_, path, &bad_path);
    if (found) return extract_value<T>(found, ExtractOptions{}, detail::segments_of(path));
    if (bad_path) return Path::parse(path).error();
    Error error;
    error.code = ErrorCode::missing_field;
    error.field = path;
    error.message = "there is no value";
    return error;
  }
  template <class T>
  [[nodiscard]] T get(std::string_view path) const {
    return try_get<T>(path).value_or_throw();
  }

 private:
  friend class ConfigRegistry;
  friend class ConfigHandle;
  explicit ResolvedView(const Value& root) noexcept : root_(&root) {}
  const Value* root_;
};

}  // namespace superconfig
