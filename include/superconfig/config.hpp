// SuperConfig: start here.
//
// A SuperConfig is a value: an immutable stack of layers. Every `with_…` and `merge` gives a new configuration with
// one more layer on top and shares everything below: O(1), nothing copied, no file read. Layers are loaded and
// composed at the first read, and what was read serves every configuration derived from it.
//
//   auto config = SuperConfig().with_defaults(Settings{}).with_file("app.toml").with_env("APP_");
//   auto settings = config.extract<Settings>();           // or throws ConfigError with every problem
//   int port = config.get<int>("server.port");
//   std::cout << config.explain("server.port").to_string();
//
// Copying is O(1). All const member functions may be called from any thread, on the same object too.
//
// Functions that read come in two forms: `extract<T>()` throws ConfigError, `try_extract<T>()` returns Result<T>.
// Builder calls never fail: a bad path, a bad argument or a missing file becomes a failing layer, and every read
// reports every failing layer.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "superconfig/config/clone_forms.hpp"
#include "superconfig/config/extraction_cache.hpp"
#include "superconfig/config/layer_ref.hpp"
#include "superconfig/error.hpp"
#include "superconfig/explanation.hpp"
#include "superconfig/extract/extract.hpp"
#include "superconfig/message.hpp"
#include "superconfig/mode.hpp"
#include "superconfig/order.hpp"
#include "superconfig/path.hpp"
#include "superconfig/provider.hpp"
#include "superconfig/providers.hpp"
#include "superconfig/reflect/shape_of.hpp"
#include "superconfig/registry/derived_forms.hpp"
#include "superconfig/value.hpp"

namespace superconfig {

/// One layer, for listings.
struct LayerInfo {
  Metadata provider;
  Order order = Order::merge;
};

class ConfigHandle;

namespace detail {
class ConfigAccess;

/// What a Value can be made from directly, without going through its shape.
template <class T>
Value value_of(const T& object) {
  if constexpr (std::convertible_to<const T&, Value>) {
    return Value(object);
  } else {
    return superconfig::to_value(object);
  }
}
/// A layer of an object, which remembers the object's type.
template <class T>
Defaults defaults_of(const T& object, const std::source_location& place) {
  if constexpr (std::convertible_to<const T&, Value>) {
    return Defaults(Value(object), place);
  } else {
    return Defaults(superconfig::to_value(object), place).of(shape_of<T>());
  }
}
}  // namespace detail

class SuperConfig : public DerivedForms<SuperConfig>, public CloneForms<SuperConfig> {
 public:
  /// No layers: an empty dict.
  SuperConfig() noexcept = default;

  // ---- handles: see handle.hpp ----

  /// An empty configuration behind a handle of the process's registry.
  [[nodiscard]] static ConfigHandle new_handled(const std::source_location& place = std::source_location::current());
  /// This one behind a handle. Errors (ConfigError): unsupported, when 2^24 handles are live.
  [[nodiscard]] ConfigHandle into_handle(const std::source_location& place = std::source_location::current()) &&;
  [[nodiscard]] ConfigHandle into_handle(const std::source_location& place = std::source_location::current()) const&;
  /// Takes the configuration out of a handle, which ends. Errors: stale_handle.
  static Result<SuperConfig> from_handle(ConfigHandle&& handle);

  // ---- layers ----
  // Each in two forms: on a configuration that stays it derives a new one; on one that ends anyway (a temporary, as in
  // a chain of calls, or `std::move(config)`) it takes its stack over.

  /// Adds a layer on top. `P`: a provider (by value or shared), a SuperConfig (its selected profile is taken over by
  /// merge and admerge), or what `provide` makes.
  template <class P>
  [[nodiscard]] SuperConfig add(Order order, P&& provider) const& {
    return SuperConfig(*this).add(order, std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] SuperConfig add(Order order, P&& provider) &&;
  template <class P>
  [[nodiscard]] SuperConfig merge(P&& provider) const& {
    return SuperConfig(*this).merge(std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] SuperConfig merge(P&& provider) && {
    return std::move(*this).add(Order::merge, std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] SuperConfig join(P&& provider) const& {
    return SuperConfig(*this).join(std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] SuperConfig join(P&& provider) && {
    return std::move(*this).add(Order::join, std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] SuperConfig admerge(P&& provider) const& {
    return SuperConfig(*this).admerge(std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] SuperConfig admerge(P&& provider) && {
    return std::move(*this).add(Order::admerge, std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] SuperConfig adjoin(P&& provider) const& {
    return SuperConfig(*this).adjoin(std::forward<P>(provider));
  }
  template <class P>
  [[nodiscard]] SuperConfig adjoin(P&& provider) && {
    return std::move(*this).add(Order::adjoin, std::forward<P>(provider));
  }
  /// Adds nothing if there is no provider.
  template <class P>
  [[nodiscard]] SuperConfig merge_opt(std::optional<P> provider) const& {
    return SuperConfig(*this).merge_opt(std::move(provider));
  }
  template <class P>
  [[nodiscard]] SuperConfig merge_opt(std::optional<P> provider) && {
    return provider ? std::move(*this).merge(std::move(*provider)) : std::move(*this);
  }

  /// A file that must exist; see File.
  [[nodiscard]] SuperConfig with_file(std::string_view path) const& { return SuperConfig(*this).with_file(path); }
  [[nodiscard]] SuperConfig with_file(std::string_view path) &&;
  /// A file that may be missing; nothing given is no layer.
  [[nodiscard]] SuperConfig with_file_opt(const std::optional<std::string>& path) const& {
    return SuperConfig(*this).with_file_opt(path);
  }
  [[nodiscard]] SuperConfig with_file_opt(const std::optional<std::string>& path) &&;
  /// Environment variables with a prefix; see Variables.
  [[nodiscard]] SuperConfig with_env(std::string_view prefix) const& { return SuperConfig(*this).with_env(prefix); }
  [[nodiscard]] SuperConfig with_env(std::string_view prefix) &&;
  [[nodiscard]] SuperConfig with_env(std::string_view prefix, const Environment& environment) const& {
    return SuperConfig(*this).with_env(prefix, environment);
  }
  [[nodiscard]] SuperConfig with_env(std::string_view prefix, const Environment& environment) &&;
  /// The same without variables that are "", [] or {} (recursively).
  [[nodiscard]] SuperConfig with_env_ignore_empty(std::string_view prefix) const& {
    return SuperConfig(*this).with_env_ignore_empty(prefix);
  }
  [[nodiscard]] SuperConfig with_env_ignore_empty(std::string_view prefix) &&;
  [[nodiscard]] SuperConfig with_env_ignore_empty(std::string_view prefix, const Environment& environment) const& {
    return SuperConfig(*this).with_env_ignore_empty(prefix, environment);
  }
  [[nodiscard]] SuperConfig with_env_ignore_empty(std::string_view prefix, const Environment& environment) &&;
  /// The options of a command line; see Arguments. Reads the layers below, to know which options are bools.
  [[nodiscard]] SuperConfig with_args(int argc, const char* const* argv,
                                      std::vector<std::string>* positional = nullptr) const& {
    return SuperConfig(*this).with_args(argc, argv, positional);
  }
  [[nodiscard]] SuperConfig with_args(int argc, const char* const* argv,
                                      std::vector<std::string>* positional = nullptr) &&;
  /// The files in an application's usual places; see Hierarchical.
  [[nodiscard]] SuperConfig with_hierarchical_config(std::string_view app) const& {
    return SuperConfig(*this).with_hierarchical_config(app);
  }
  [[nodiscard]] SuperConfig with_hierarchical_config(std::string_view app) &&;
  /// A text whose format its content tells.
  [[nodiscard]] SuperConfig with_defaults_string(std::string_view text) const& {
    return SuperConfig(*this).with_defaults_string(text);
  }
  [[nodiscard]] SuperConfig with_defaults_string(std::string_view text) &&;
  /// Whatever `to_value` can turn into a dict: a struct, a map, a Value.
  template <class T>
  [[nodiscard]] SuperConfig with_defaults(const T& defaults,
                                          const std::source_location& place = std::source_location::current()) const& {
    return SuperConfig(*this).with_defaults(defaults, place);
  }
  template <class T>
  [[nodiscard]] SuperConfig with_defaults(const T& defaults,
                                          const std::source_location& place = std::source_location::current()) && {
    return std::move(*this).merge(detail::defaults_of(defaults, place));
  }
  /// One value at a path, in the profile `default`. A numeric segment over an existing array addresses that item.
  template <class T>
  [[nodiscard]] SuperConfig with_value(std::string_view path, const T& value,
                                       const std::source_location& place = std::source_location::current()) const& {
    return SuperConfig(*this).with_value(path, value, place);
  }
  template <class T>
  [[nodiscard]] SuperConfig with_value(std::string_view path, const T& value,
                                       const std::source_location& place = std::source_location::current()) && {
    return std::move(*this).add_value(path, detail::value_of(value), default_profile, place);
  }
  /// One value at a path, in the profile `global`: it wins whatever profile is selected.
  template <class T>
  [[nodiscard]] SuperConfig with_override(std::string_view path, const T& value,
                                          const std::source_location& place = std::source_location::current()) const& {
    return SuperConfig(*this).with_override(path, value, place);
  }
  template <class T>
  [[nodiscard]] SuperConfig with_override(std::string_view path, const T& value,
                                          const std::source_location& place = std::source_location::current()) && {
    return std::move(*this).add_value(path, detail::value_of(value), global_profile, place);
  }
  /// `path=text`, as from a command line, in the profile `global`; see Setting.
  [[nodiscard]] SuperConfig with_set(std::string_view path_and_text) const& {
    return SuperConfig(*this).with_set(path_and_text);
  }
  [[nodiscard]] SuperConfig with_set(std::string_view path_and_text) &&;
  /// Options of a command line parser of your own: null, "", [] and {} are dropped recursively, false and 0 kept;
  /// nothing given is no layer.
  template <class T>
  [[nodiscard]] SuperConfig with_cli_opt(const std::optional<T>& options,
                                         const std::source_location& place = std::source_location::current()) const& {
    return SuperConfig(*this).with_cli_opt(options, place);
  }
  template <class T>
  [[nodiscard]] SuperConfig with_cli_opt(const std::optional<T>& options,
                                         const std::source_location& place = std::source_location::current()) && {
    return options ? std::move(*this).merge(Empty(detail::defaults_of(*options, place).named("command line options")))
                   : std::move(*this);
  }
  /// T's fields are known keys for the environment variables of the layers above.
  template <class T>
  [[nodiscard]] SuperConfig with_shape() const& {
    return SuperConfig(*this).template with_shape<T>();
  }
  template <class T>
  [[nodiscard]] SuperConfig with_shape() && {
    return std::move(*this).add_shape(shape_of<T>());
  }
  [[nodiscard]] SuperConfig with_shape(const Shape& shape) const& { return SuperConfig(*this).with_shape(shape); }
  [[nodiscard]] SuperConfig with_shape(const Shape& shape) && { return std::move(*this).add_shape(shape); }

  /// Selects the profile that is read: default <- selected <- global. Names compare ignoring ASCII case.
  [[nodiscard]] SuperConfig select(std::string_view profile) const& { return SuperConfig(*this).select(profile); }
  [[nodiscard]] SuperConfig select(std::string_view profile) &&;
  /// Narrows to the dict at a key (dots separate, no quoting) of every profile; profiles where it is none drop out.
  [[nodiscard]] SuperConfig focus(std::string_view key) const& { return SuperConfig(*this).focus(key); }
  [[nodiscard]] SuperConfig focus(std::string_view key) &&;
  /// Whether array edits (`x_add`, `x_remove`) count in the layers above (default: they do).
  [[nodiscard]] SuperConfig with_array_edits(bool on) const& { return SuperConfig(*this).with_array_edits(on); }
  [[nodiscard]] SuperConfig with_array_edits(bool on) &&;

  /// Every `extract` denies unknown fields, and variables and options that match no known key are errors.
  [[nodiscard]] SuperConfig deny_unknown(bool on = true) const& { return SuperConfig(*this).deny_unknown(on); }
  [[nodiscard]] SuperConfig deny_unknown(bool on = true) &&;
  /// What messages are made; the last call counts, for all layers.
  [[nodiscard]] SuperConfig with_verbosity(Verbosity level) const& { return SuperConfig(*this).with_verbosity(level); }
  [[nodiscard]] SuperConfig with_verbosity(Verbosity level) &&;
  [[nodiscard]] SuperConfig with_info_verbosity() const& { return SuperConfig(*this).with_info_verbosity(); }
  [[nodiscard]] SuperConfig with_info_verbosity() && { return std::move(*this).with_verbosity(Verbosity::info); }
  [[nodiscard]] SuperConfig with_debug_verbosity() const& { return SuperConfig(*this).with_debug_verbosity(); }
  [[nodiscard]] SuperConfig with_debug_verbosity() && { return std::move(*this).with_verbosity(Verbosity::debug); }
  [[nodiscard]] SuperConfig with_trace_verbosity() const& { return SuperConfig(*this).with_trace_verbosity(); }
  [[nodiscard]] SuperConfig with_trace_verbosity() && { return std::move(*this).with_verbosity(Verbosity::trace); }
  /// Sinks: called with each warning or message that composing makes from here on, by the thread that composes, after
  /// it is done. They may read any configuration; what they throw is dropped.
  [[nodiscard]] SuperConfig on_warning(std::function<void(const Warning&)> sink) const& {
    return SuperConfig(*this).on_warning(std::move(sink));
  }
  [[nodiscard]] SuperConfig on_warning(std::function<void(const Warning&)> sink) &&;
  [[nodiscard]] SuperConfig on_message(std::function<void(const Message&)> sink) const& {
    return SuperConfig(*this).on_message(std::move(sink));
  }
  [[nodiscard]] SuperConfig on_message(std::function<void(const Message&)> sink) &&;

  struct RefreshOptions {
    bool environment = false;  ///< also capture the process's environment anew
  };
  /// The same layers, unread: files are read again; captured arguments and working directories stay.
  [[nodiscard]] SuperConfig refresh(const RefreshOptions& options) const;
  [[nodiscard]] SuperConfig refresh() const { return refresh(RefreshOptions{}); }

  // ---- reading ----

  /// Everything as a T. Every problem is reported at once.
  template <class T>
  [[nodiscard]] T extract(const ExtractOptions& options = {}) const {
    return try_extract<T>(options).value_or_throw();
  }
  template <class T>
  [[nodiscard]] Result<T> try_extract(const ExtractOptions& options = {}) const {
    return try_extract_inner<T>({}, options);
  }
  /// What stands at a path as a T.
  template <class T>
  [[nodiscard]] T extract_inner(std::string_view path, const ExtractOptions& options = {}) const {
    return try_extract_inner<T>(path, options).value_or_throw();
  }
  template <class T>
  [[nodiscard]] Result<T> try_extract_inner(std::string_view path, const ExtractOptions& options = {}) const;
  /// The same object for all who ask, as long as the configuration keeps it (it keeps up to 16 objects of different
  /// types, paths and options): the second call costs a reference count. Also in clone mode, without keeping it.
  template <class T>
  [[nodiscard]] std::shared_ptr<const T> extract_shared(std::string_view path = {},
                                                        const ExtractOptions& options = {}) const {
    return try_extract_shared<T>(path, options).value_or_throw();
  }
  template <class T>
  [[nodiscard]] Result<std::shared_ptr<const T>> try_extract_shared(std::string_view path = {},
                                                                    const ExtractOptions& options = {}) const;
  /// The same for a type that is described by data (see DynamicShape).
  [[nodiscard]] Result<Value> try_extract_inner(const Shape& shape, std::string_view path,
                                                const ExtractOptions& options = {}) const;
  /// Also takes bools from 1, 0 and words, and numbers from numeric strings.
  template <class T>
  [[nodiscard]] T extract_lossy() const {
    return extract<T>({.lossy = true});
  }
  template <class T>
  [[nodiscard]] T extract_inner_lossy(std::string_view path) const {
    return extract_inner<T>(path, {.lossy = true});
  }

  /// One value. A missing one is an error (`missing_field`; path empty, field = the whole path). Unlike `extract`,
  /// `get` adds no known keys for environment variables.
  template <class T>
  [[nodiscard]] T get(std::string_view path) const {
    return get_at<T>(path);
  }
  template <class T>
  [[nodiscard]] T get(const Key& key) const {
    return get_at<T>(key);
  }
  template <class T>
  [[nodiscard]] T get(const Path& path) const {
    return get_at<T>(path);
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
  [[nodiscard]] Result<T> try_get(const Path& path) const {
    return read_at<T>(path);
  }
  /// The fallback stands in for a missing key or null only: a wrong type or a failing layer is an error.
  template <class T>
  [[nodiscard]] T get_or(std::string_view path, T fallback) const;
  [[nodiscard]] std::string get_string(std::string_view path) const { return get<std::string>(path); }
  template <class T>
  [[nodiscard]] std::vector<T> get_array(std::string_view path) const {
    return get<std::vector<T>>(path);
  }
  /// Whether there is a value (null counts).
  [[nodiscard]] bool has_key(std::string_view path) const { return contains(path); }
  [[nodiscard]] bool contains(std::string_view path) const;
  [[nodiscard]] Result<bool> try_contains(std::string_view path) const;
  /// The names in the dict at a path, in order.
  [[nodiscard]] std::vector<std::string> keys(std::string_view path = {}) const;
  [[nodiscard]] Result<std::vector<std::string>> try_keys(std::string_view path = {}) const;
  /// The value at a path, untyped; nothing if there is none. Sub-trees are shared, not copied.
  [[nodiscard]] std::optional<Value> find_value(std::string_view path) const;
  [[nodiscard]] Result<std::optional<Value>> try_find_value(std::string_view path) const;
  /// Where the value at a path was written, with its layer; nothing if there is none.
  [[nodiscard]] std::optional<Origin> find_metadata(std::string_view path) const;
  [[nodiscard]] Result<std::optional<Origin>> try_find_metadata(std::string_view path) const;
  /// The whole composed tree (a dict).
  [[nodiscard]] Value value() const { return try_value().value_or_throw(); }
  [[nodiscard]] Result<Value> try_value() const;

  /// The names of the profiles that layers gave, as first spelled.
  [[nodiscard]] std::vector<std::string> profiles() const;
  [[nodiscard]] Result<std::vector<std::string>> try_profiles() const;
  /// The selected profile.
  [[nodiscard]] std::string profile() const;
  /// What messages are made.
  [[nodiscard]] Verbosity verbosity() const noexcept;
  /// The layers from the first added to the last; selections and the like are none.
  [[nodiscard]] std::vector<LayerInfo> layers() const;

  /// The composed tree as text. Masked is what a type of `with_defaults`, `with_cli_opt` or `with_shape` declares
  /// Secret<T>, nothing else. Errors: unsupported, for what the format can't hold.
  [[nodiscard]] std::string as_json(Secrets secrets = Secrets::mask) const {
    return try_as_json(secrets).value_or_throw();
  }
  [[nodiscard]] std::string as_yaml(Secrets secrets = Secrets::mask) const {
    return try_as_yaml(secrets).value_or_throw();
  }
  [[nodiscard]] std::string as_toml(Secrets secrets = Secrets::mask) const {
    return try_as_toml(secrets).value_or_throw();
  }
  [[nodiscard]] Result<std::string> try_as_json(Secrets secrets = Secrets::mask) const;
  [[nodiscard]] Result<std::string> try_as_yaml(Secrets secrets = Secrets::mask) const;
  [[nodiscard]] Result<std::string> try_as_toml(Secrets secrets = Secrets::mask) const;

  /// Who set the value at a path and all it shadowed, layer by layer.
  [[nodiscard]] Explanation explain(std::string_view path = {}) const { return try_explain(path).value_or_throw(); }
  [[nodiscard]] Result<Explanation> try_explain(std::string_view path = {}) const;
  /// What composing found worth a look, in layer order.
  [[nodiscard]] std::vector<Warning> warnings() const;
  [[nodiscard]] bool has_warnings() const { return !warnings().empty(); }
  /// What loading did, in layer order, as far as the verbosity asks; without those cleared.
  [[nodiscard]] std::vector<Message> debug_messages() const;
  [[nodiscard]] std::vector<Message> debug_messages_at_level(Verbosity level) const;
  /// Forgets the messages there are now, for this object and what is derived from it later.
  void clear_debug_messages();
  /// On standard error, a line each.
  void print_debug_messages() const;
  void print_warnings() const;
  /// The layers, a line each: index, order, provider, what it gave or why it failed.
  [[nodiscard]] std::vector<std::string> debug_sources() const;
  /// The layers and the composed tree, for people. Secrets are masked.
  [[nodiscard]] std::string debug_config() const;

  /// Loads and composes now what else the first read would. Returns every problem.
  Result<void> resolve() const;

  /// As a provider for another configuration.
  [[nodiscard]] ProviderPtr as_provider() const;

 private:
  friend class detail::Layer;
  friend class detail::ConfigAccess;
  enum class ModeChoice : std::uint8_t { process, handle, clone };
  explicit SuperConfig(detail::LayerRef top, std::uint32_t cleared, ModeChoice mode) noexcept
      : top_(std::move(top)), cleared_(cleared), mode_(mode) {}
  [[nodiscard]] bool works_by_cloning() const noexcept {
    return mode_ == ModeChoice::process ? superconfig::mode() == Mode::clone : mode_ == ModeChoice::clone;
  }
  // The same configuration as a mode has it, for good or (`process`) until the process's mode says otherwise.
  [[nodiscard]] SuperConfig in_mode(Mode wanted, ModeChoice choice) const;
  // What copying means in its mode.
  [[nodiscard]] SuperConfig copied() const;

  friend class DerivedForms<SuperConfig>;
  friend class CloneForms<SuperConfig>;
  [[nodiscard]] ConfigHandle derive(FunctionRef<SuperConfig(const SuperConfig&)> f,
                                    const std::source_location& place) const;
  [[nodiscard]] SuperConfig clone(FunctionRef<SuperConfig(const SuperConfig&)> f) const;

  [[nodiscard]] SuperConfig with_layer(detail::Layer* layer) &&;  // takes it over
  [[nodiscard]] SuperConfig add_provider(Order order, ProviderPtr provider) &&;
  [[nodiscard]] SuperConfig add_config(Order order, const SuperConfig& other) &&;
  [[nodiscard]] SuperConfig add_value(std::string_view path, Value value, std::string_view profile,
                                      const std::source_location& place) &&;
  [[nodiscard]] SuperConfig add_shape(const Shape& shape) &&;
  [[nodiscard]] Result<Value> exported(Secrets secrets) const;

  // What a reader of type `shape` finds at a path; `keep` holds the tree.
  [[nodiscard]] Result<Found> locate_for(const Shape& shape, std::string_view path, Value& keep) const;
  // Adds to errors of an extraction what only the stack knows: profile and layer.
  [[nodiscard]] Errors blame(std::vector<Error> errors) const;
  [[nodiscard]] Errors not_found(const Path& path) const;
  template <class T, class P>
  [[nodiscard]] T get_at(const P& path) const;
  template <class T, class P>
  [[nodiscard]] Result<T> read_at(const P& path) const;

  template <class T>
  [[nodiscard]] Result<T> extract_anew(std::string_view path, const ExtractOptions& options) const;

  [[nodiscard]] ExtractOptions strict(ExtractOptions options) const;
  // Under deny_unknown: what an extraction says, and the variables and options that no known key claimed.
  [[nodiscard]] Errors with_unmatched(const Shape& shape, std::string_view path, const Errors& errors) const;

  detail::LayerRef top_;
  std::uint32_t cleared_ = 0;  // messages that were cleared
  ModeChoice mode_ = ModeChoice::process;
};

}  // namespace superconfig

#include "superconfig/config/config_templates.hpp"
