// ConfigRegistry: configurations behind ids.
//
// A registry maps a 64-bit id to a cell that holds the current configuration and its version. Reading takes no lock,
// never waits for a writer and does not slow other readers; an update publishes a new configuration, and who reads
// meanwhile goes on with the one it has. Writers of one handle take turns, those of different handles don't meet.
//
// Every member function may be called from any thread. After `fork` the child may use and drop its handles.
//
// `ConfigRegistry::process()` is the one that handles live in unless you say otherwise; as many of your own as you like
// stand beside it, isolated. A registry may be destroyed before its handles: they go on working until they die.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <source_location>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "superconfig/config.hpp"
#include "superconfig/handle_id.hpp"
#include "superconfig/mode.hpp"
#include "superconfig/registry/cell_access.hpp"

namespace superconfig {

class ConfigHandle;

/// What a registry counts, each number for itself: while others work they need not fit together.
struct RegistryStats {
  std::uint64_t live = 0;     ///< handles there are
  std::uint64_t peak = 0;     ///< most there were at once
  std::uint64_t created = 0;  ///< since the registry was made
  std::uint64_t removed = 0;
  std::uint64_t reused = 0;              ///< created in a slot that had been used before
  std::uint64_t retired = 0;             ///< slots whose generations are all used up
  std::uint64_t published = 0;           ///< new versions of live handles
  std::uint64_t converted = 0;           ///< cells that a change of the mode converted
  std::uint64_t bytes = 0;               ///< of the table
  std::uint64_t extractions_cached = 0;  ///< answered from the caches of configurations, in this process
  std::uint64_t extractions_made = 0;    ///< made and kept there, in this process
  std::uint64_t files_cached = 0;        ///< files that the parsed-file cache answered, in this process
  std::uint64_t files_parsed = 0;        ///< files that it did not know, in this process
};

/// A handle that is alive, for leak reports.
struct LiveHandle {
  HandleId id;
  std::uint64_t version = 0;
  std::string file;  ///< where it was made; empty if tracking was off then
  std::uint32_t line = 0;
  std::string function;
  [[nodiscard]] std::string to_string() const;
};

class ConfigRegistry {
 public:
  struct Options {
    /// Works by this mode whatever the process's is; nothing: by the process's.
    std::optional<Mode> mode = std::nullopt;
    /// The generation that slots begin with, 1 to 2^29 - 1; 0: a random one.
    std::uint32_t first_generation = 0;
    /// Keep where each handle was made.
    bool track = false;
  };

  ConfigRegistry() : ConfigRegistry(Options{}) {}
  explicit ConfigRegistry(const Options& options);
  ConfigRegistry(const ConfigRegistry&) = delete;
  ConfigRegistry& operator=(const ConfigRegistry&) = delete;
  ~ConfigRegistry();

  /// The one of the process. It is never destroyed.
  static ConfigRegistry& process();

  /// Puts a configuration in. Errors: unsupported, when 2^24 handles are live.
  [[nodiscard]] Result<HandleId> insert(SuperConfig config,
                                        const std::source_location& place = std::source_location::current());
  /// Takes it out: the id ends. Errors: stale_handle.
  Result<SuperConfig> remove(HandleId id);
  /// The current configuration, to keep as long as you like: costs a reference count. Errors: stale_handle.
  [[nodiscard]] Result<SuperConfig> get(HandleId id) const;
  /// Calls `f(const ResolvedView&)` with the resolved tree, without a copy or a count, and gives what it gives. `f` may
  /// read, publish and throw, but must not keep the view or anything it points at, and should not take long: what
  /// writers replace meanwhile is kept until it is done. Errors: stale_handle, or what keeps the stack from resolving.
  template <class F>
  auto read(HandleId id, F&& f) const -> Result<std::invoke_result_t<F&, const ResolvedView&>>;
  /// Changes the configuration: `f` gets it and gives the new one, as a SuperConfig or a Result<SuperConfig>, or
  /// changes a `SuperConfig&` in place, giving nothing or a Result<void>. The new one is resolved and then published at
  /// once. If `f` fails or throws, or the new one can't be resolved, nothing has changed. Other writers of this handle
  /// wait meanwhile. Errors: stale_handle, conflict (from inside an update of the same handle), those of `f` and of
  /// resolving.
  template <class F>
  Result<void> update(HandleId id, F&& f);

  [[nodiscard]] bool contains(HandleId id) const noexcept;
  /// 1 when it was made, one more with each publish. Errors: stale_handle.
  [[nodiscard]] Result<std::uint64_t> version(HandleId id) const;
  /// How many handles are live.
  [[nodiscard]] std::size_t size() const noexcept;
  /// Calls `f(HandleId, const SuperConfig&)` for each handle that is live when its turn comes.
  template <class F>
  void for_each(F&& f) const;
  /// The configurations of several handles as they were at one moment. Errors: stale_handle.
  [[nodiscard]] Result<std::vector<SuperConfig>> snapshot(std::span<const HandleId> ids) const;

  [[nodiscard]] RegistryStats stats() const;
  /// From now on, whether to keep where handles are made. It costs a lock and a map entry each.
  void track(bool on) noexcept;
  /// What is alive.
  [[nodiscard]] std::vector<LiveHandle> live_handles() const;
  /// The same as text, a line each; empty if nothing is alive.
  [[nodiscard]] std::string leak_report() const;

  [[nodiscard]] Mode mode() const noexcept;
  /// Nothing: that of the process. Counts from the next operation on each handle, which converts its cell.
  void set_mode(std::optional<Mode> mode) noexcept;

 private:
  friend class ConfigHandle;
  friend class detail::RegistryAccess;
  detail::RegistryCore* core_;
};

}  // namespace superconfig

#include "superconfig/registry/registry_templates.hpp"
