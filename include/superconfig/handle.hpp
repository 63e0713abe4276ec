// ConfigHandle: a configuration by identity. It owns an id in a registry and releases it when it dies.
//
//   auto handle = SuperConfig::new_handled().with_file("app.toml").with_env("APP_");   // the same id throughout
//   int port = handle.get<int>("server.port");
//   auto test = handle.with_override_ref("server.port", 0);                            // another id, handle unchanged
//   handle.update([](const SuperConfig& c) { return c.refresh(); });                   // what `handle` names, anew
//
// Three ways to change:
//   with_…(…) &&          for building: publishes under the same id, unresolved; the next read reports what fails.
//   with_…_ref(…) const   derives: a new handle that shares all that lies below; O(1).
//   update, refresh       in place, for handles in use: what can't be resolved is not published.
//
// A handle may be read and updated from any thread; moving it, destroying it and `&&` calls are its owner's. For
// several owners there is SharedConfigHandle. Reads that fail throw ConfigError; their `try_…` forms return Result.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "superconfig/config.hpp"
#include "superconfig/live.hpp"
#include "superconfig/registry.hpp"
#include "superconfig/registry/derived_forms.hpp"

namespace superconfig {

class SharedConfigHandle;

class ConfigHandle : public DerivedForms<ConfigHandle> {
 public:
  /// An empty configuration in a registry. Errors (ConfigError): unsupported, when 2^24 handles are live.
  explicit ConfigHandle(ConfigRegistry& registry, SuperConfig config = {},
                        const std::source_location& place = std::source_location::current());
  ConfigHandle(ConfigHandle&& other) noexcept : at_(std::exchange(other.at_, {})) {}
  ConfigHandle& operator=(ConfigHandle&& other) noexcept {
    if (this != &other) {
      release();
      at_ = std::exchange(other.at_, {});
    }
    return *this;
  }
  ConfigHandle(const ConfigHandle&) = delete;
  ConfigHandle& operator=(const ConfigHandle&) = delete;
  ~ConfigHandle() { release(); }

  /// Takes over an id that nobody owns, as it comes back from another language. Errors: stale_handle.
  static Result<ConfigHandle> adopt(ConfigRegistry& registry, HandleId id);
  /// Gives the id away: somebody else releases it.
  [[nodiscard]] HandleId leak() && noexcept { return std::exchange(at_, {}).id; }

  /// 0 of a handle that was moved from.
  [[nodiscard]] HandleId id() const noexcept { return at_.id; }
  /// False of a handle that was moved from, and of one whose id somebody removed from the registry.
  [[nodiscard]] bool is_valid() const noexcept;
  /// 1 when the handle was made, one more with each publish; 0 if it is not valid.
  [[nodiscard]] std::uint64_t version() const noexcept;

  // ---- building: the same id ----

  template <class P>
  [[nodiscard]] ConfigHandle add(Order order, P&& provider) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.add(order, std::forward<P>(provider)); });
  }
  template <class P>
  [[nodiscard]] ConfigHandle merge(P&& provider) && {
    return std::move(*this).add(Order::merge, std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] ConfigHandle join(P&& provider) && {
    return std::move(*this).add(Order::join, std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] ConfigHandle admerge(P&& provider) && {
    return std::move(*this).add(Order::admerge, std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] ConfigHandle adjoin(P&& provider) && {
    return std::move(*this).add(Order::adjoin, std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] ConfigHandle merge_opt(std::optional<P> provider) && {
    return provider ? std::move(*this).merge(std::move(*provider)) : std::move(*this);
  }
  [[nodiscard]] ConfigHandle with_file(std::string_view path) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_file(path); });
  }
  [[nodiscard]] ConfigHandle with_file_opt(const std::optional<std::string>& path) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_file_opt(path); });
  }
  [[nodiscard]] ConfigHandle with_env(std::string_view prefix) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_env(prefix); });
  }
  [[nodiscard]] ConfigHandle with_env(std::string_view prefix, const Environment& environment) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_env(prefix, environment); });
  }
  [[nodiscard]] ConfigHandle with_env_ignore_empty(std::string_view prefix) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_env_ignore_empty(prefix); });
  }
  [[nodiscard]] ConfigHandle with_env_ignore_empty(std::string_view prefix, const Environment& environment) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_env_ignore_empty(prefix, environment); });
  }
  [[nodiscard]] ConfigHandle with_args(int argc, const char* const* argv,
                                       std::vector<std::string>* positional = nullptr) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_args(argc, argv, positional); });
  }
  [[nodiscard]] ConfigHandle with_hierarchical_config(std::string_view app) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_hierarchical_config(app); });
  }
  [[nodiscard]] ConfigHandle with_defaults_string(std::string_view text) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_defaults_string(text); });
  }
  template <class T>
  [[nodiscard]] ConfigHandle with_defaults(const T& defaults,
                                           const std::source_location& place = std::source_location::current()) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_defaults(defaults, place); });
  }
  template <class T>
  [[nodiscard]] ConfigHandle with_value(std::string_view path, const T& value,
                                        const std::source_location& place = std::source_location::current()) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_value(path, value, place); });
  }
  template <class T>
  [[nodiscard]] ConfigHandle with_override(std::string_view path, const T& value,
                                           const std::source_location& place = std::source_location::current()) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_override(path, value, place); });
  }
  [[nodiscard]] ConfigHandle with_set(std::string_view path_and_text) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_set(path_and_text); });
  }
  template <class T>
  [[nodiscard]] ConfigHandle with_cli_opt(const std::optional<T>& options,
                                          const std::source_location& place = std::source_location::current()) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_cli_opt(options, place); });
  }
  template <class T>
  [[nodiscard]] ConfigHandle with_shape() && {
    return std::move(*this).with_shape(shape_of<T>());
  }
  [[nodiscard]] ConfigHandle with_shape(const Shape& shape) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_shape(shape); });
  }
  [[nodiscard]] ConfigHandle select(std::string_view profile) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.select(profile); });
  }
  [[nodiscard]] ConfigHandle focus(std::string_view key) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.focus(key); });
  }
  [[nodiscard]] ConfigHandle with_array_edits(bool on) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_array_edits(on); });
  }
  [[nodiscard]] ConfigHandle deny_unknown(bool on = true) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.deny_unknown(on); });
  }
  [[nodiscard]] ConfigHandle with_verbosity(Verbosity level) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.with_verbosity(level); });
  }
  [[nodiscard]] ConfigHandle with_info_verbosity() && { return std::move(*this).with_verbosity(Verbosity::info); }
  [[nodiscard]] ConfigHandle with_debug_verbosity() && { return std::move(*this).with_verbosity(Verbosity::debug); }
  [[nodiscard]] ConfigHandle with_trace_verbosity() && { return std::move(*this).with_verbosity(Verbosity::trace); }
  [[nodiscard]] ConfigHandle on_warning(std::function<void(const Warning&)> sink) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.on_warning(std::move(sink)); });
  }
  [[nodiscard]] ConfigHandle on_message(std::function<void(const Message&)> sink) && {
    return std::move(*this).apply([&](const SuperConfig& c) { return c.on_message(std::move(sink)); });
  }

  /// Another handle of the same configuration; in clone mode of a deep copy. O(1) in handle mode.
  [[nodiscard]] ConfigHandle clone_config(const std::source_location& place = std::source_location::current()) const;
  /// For several owners.
  [[nodiscard]] SharedConfigHandle share() &&;

  // ---- in place ----

  /// See ConfigRegistry::update. Throws what `f` throws, and ConfigError.
  template <class F>
  void update(F&& f) {
    try_update(std::forward<F>(f)).value_or_throw();
  }
  template <class F>
  Result<void> try_update(F&& f) {
    return detail::change_cell(at_, true, [&f](const SuperConfig& c) { return detail::call_change(f, c); });
  }
  /// Loads everything anew and publishes it, or throws and changes nothing. See SuperConfig::refresh.
  void refresh(const SuperConfig::RefreshOptions& options) { try_refresh(options).value_or_throw(); }
  void refresh() { refresh(SuperConfig::RefreshOptions{}); }
  Result<void> try_refresh(const SuperConfig::RefreshOptions& options = {}) {
    return try_update([&](const SuperConfig& c) { return c.refresh(options); });
  }

  // ---- reading ----

  /// The current configuration, to keep: what is read from it is of one version.
  [[nodiscard]] SuperConfig config() const { return try_config().value_or_throw(); }
  [[nodiscard]] Result<SuperConfig> try_config() const { return detail::config_of(at_); }
  /// See ConfigRegistry::read.
  template <class F>
  auto read(F&& f) const {
    return detail::read_cell(at_, f, [](const Value& root) { return ResolvedView(root); });
  }

  template <class T>
  [[nodiscard]] T get(std::string_view path) const {
    return get_at<T>(path);
  }
  template <class T>
  [[nodiscard]] T get(const Key& key) const {
    return get_at<T>(key);
  }
  template <class T>
  [[nodiscard]] Result<T> try_get(std::string_view path) const {
    return read_at<T>(path);
  }
  template <class T>
  [[nodiscard]] Result<T> try_get(const Key& key) const {
    return read_at<T>(key);
  }
  template <class T>
  [[nodiscard]] T get_or(std::string_view path, T fallback) const {
    return config().get_or<T>(path, std::move(fallback));
  }
  [[nodiscard]] std::string get_string(std::string_view path) const { return get<std::string>(path); }
  template <class T>
  [[nodiscard]] std::vector<T> get_array(std::string_view path) const {
    return get<std::vector<T>>(path);
  }
  [[nodiscard]] bool has_key(std::string_view path) const { return contains(path); }
  [[nodiscard]] bool contains(std::string_view path) const;
  [[nodiscard]] std::vector<std::string> keys(std::string_view path = {}) const { return config().keys(path); }
  [[nodiscard]] std::optional<Value> find_value(std::string_view path) const { return config().find_value(path); }
  [[nodiscard]] std::optional<Origin> find_metadata(std::string_view path) const {
    return config().find_metadata(path);
  }
  [[nodiscard]] Value value() const { return config().value(); }

  template <class T>
  [[nodiscard]] T extract(const ExtractOptions& options = {}) const {
    return config().extract<T>(options);
  }
  template <class T>
  [[nodiscard]] Result<T> try_extract(const ExtractOptions& options = {}) const {
    return try_extract_inner<T>({}, options);
  }
  template <class T>
  [[nodiscard]] T extract_inner(std::string_view path, const ExtractOptions& options = {}) const {
    return config().extract_inner<T>(path, options);
  }
  template <class T>
  [[nodiscard]] Result<T> try_extract_inner(std::string_view path, const ExtractOptions& options = {}) const {
    auto now = try_config();
    if (!now) return now.error();
    return now->template try_extract_inner<T>(path, options);
  }
  template <class T>
  [[nodiscard]] T extract_lossy() const {
    return extract<T>({.lossy = true});
  }
  template <class T>
  [[nodiscard]] T extract_inner_lossy(std::string_view path) const {
    return extract_inner<T>(path, {.lossy = true});
  }
  template <class T>
  [[nodiscard]] std::shared_ptr<const T> extract_shared(std::string_view path = {},
                                                        const ExtractOptions& options = {}) const {
    return config().extract_shared<T>(path, options);
  }
  /// A value that follows the handle. Errors (ConfigError): those of `get`.
  template <class T>
  [[nodiscard]] Live<T> live(std::string_view path) const {
    return Live<T>::make(at_, std::string(path)).value_or_throw();
  }
  template <class T>
  [[nodiscard]] Result<Live<T>> try_live(std::string_view path) const {
    return Live<T>::make(at_, std::string(path));
  }

  [[nodiscard]] std::vector<std::string> profiles() const { return config().profiles(); }
  [[nodiscard]] std::string profile() const { return config().profile(); }
  [[nodiscard]] Verbosity verbosity() const { return config().verbosity(); }
  [[nodiscard]] std::vector<LayerInfo> layers() const { return config().layers(); }
  [[nodiscard]] std::string as_json(Secrets secrets = Secrets::mask) const { return config().as_json(secrets); }
  [[nodiscard]] std::string as_yaml(Secrets secrets = Secrets::mask) const { return config().as_yaml(secrets); }
  [[nodiscard]] std::string as_toml(Secrets secrets = Secrets::mask) const { return config().as_toml(secrets); }
  [[nodiscard]] Explanation explain(std::string_view path = {}) const { return config().explain(path); }
  [[nodiscard]] std::vector<Warning> warnings() const { return config().warnings(); }
  [[nodiscard]] bool has_warnings() const { return config().has_warnings(); }
  [[nodiscard]] std::vector<Message> debug_messages() const { return config().debug_messages(); }
  [[nodiscard]] std::vector<Message> debug_messages_at_level(Verbosity level) const {
    return config().debug_messages_at_level(level);
  }
  /// Of this handle and what is derived from it later; no new version.
  void clear_debug_messages();
  void print_debug_messages() const { config().print_debug_messages(); }
  void print_warnings() const { config().print_warnings(); }
  [[nodiscard]] std::vector<std::string> debug_sources() const { return config().debug_sources(); }
  [[nodiscard]] std::string debug_config() const { return config().debug_config(); }
  /// Loads and composes now what else the first read would. Returns every problem.
  Result<void> resolve() const;

 private:
  friend class DerivedForms<ConfigHandle>;
  friend class SuperConfig;
  friend class SharedConfigHandle;
  explicit ConfigHandle(const detail::CellRef& at) noexcept : at_(at) {}

  void release() noexcept;
  [[nodiscard]] ConfigHandle derive(FunctionRef<SuperConfig(const SuperConfig&)> f,
                                    const std::source_location& place) const;
  template <class F>
  ConfigHandle apply(const F& f) && {
    detail::change_cell(at_, false, [&f](const SuperConfig& c) -> Result<SuperConfig> {
      return f(c);
    }).value_or_throw();
    return std::move(*this);
  }

  template <class T, class P>
  [[nodiscard]] T get_at(const P& path) const {
    if constexpr (detail::HasScalarRead<T>) {
      const detail::Pin pin;
      bool done = false;
      const auto found = detail::find_pinned(at_, path, done);
      T scalar{};
      if (found && read_scalar(*found.value, scalar)) [[likely]]
        return scalar;
    }
    return config().get<T>(path);
  }
  template <class T, class P>
  [[nodiscard]] Result<T> read_at(const P& path) const {
    if constexpr (detail::HasScalarRead<T>) {
      const detail::Pin pin;
      bool done = false;
      const auto found = detail::find_pinned(at_, path, done);
      T scalar{};
      if (found && read_scalar(*found.value, scalar)) [[likely]]
        return scalar;
    }
    auto now = try_config();
    if (!now) return now.error();
    return now->template try_get<T>(path);
  }

  detail::CellRef at_;
};

}  // namespace superconfig
