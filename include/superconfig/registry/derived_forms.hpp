// `with_…_ref`: the forms that derive a new handle from what is only borrowed.
//
//   ConfigHandle test = config.with_override_ref("server.port", 0);     // of a SuperConfig: in the process's registry
//   ConfigHandle deep = handle.with_file_ref("more.toml");              // of a handle: in the handle's registry
//
// Each is its namesake in config.hpp; what it is called on stays as it was. O(1) in handle mode, and no file is read.
// Errors (ConfigError): stale_handle; unsupported, when 2^24 handles are live.
#pragma once

#include <functional>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "superconfig/message.hpp"
#include "superconfig/order.hpp"
#include "superconfig/provider.hpp"
#include "superconfig/providers.hpp"
#include "superconfig/shape.hpp"

namespace superconfig {

class ConfigHandle;

/// For SuperConfig and ConfigHandle. `place` is where the new handle was made, for leak reports.
template <class Self, class Handle = ConfigHandle>
class DerivedForms {
 public:
  template <class P>
  [[nodiscard]] Handle add_ref(Order order, P&& provider,
                               const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.add(order, std::forward<P>(provider)); }, place);
  }
  template <class P>
  [[nodiscard]] Handle merge_ref(P&& provider,
                                 const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.merge(std::forward<P>(provider)); }, place);
  }
  template <class P>
  [[nodiscard]] Handle join_ref(P&& provider,
                                const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.join(std::forward<P>(provider)); }, place);
  }
  template <class P>
  [[nodiscard]] Handle admerge_ref(P&& provider,
                                   const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.admerge(std::forward<P>(provider)); }, place);
  }
  template <class P>
  [[nodiscard]] Handle adjoin_ref(P&& provider,
                                  const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.adjoin(std::forward<P>(provider)); }, place);
  }
  template <class P>
  [[nodiscard]] Handle merge_opt_ref(std::optional<P> provider,
                                     const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.merge_opt(std::move(provider)); }, place);
  }
  [[nodiscard]] Handle with_file_ref(std::string_view path,
                                     const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_file(path); }, place);
  }
  [[nodiscard]] Handle with_file_opt_ref(const std::optional<std::string>& path,
                                         const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_file_opt(path); }, place);
  }
  [[nodiscard]] Handle with_env_ref(std::string_view prefix,
                                    const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_env(prefix); }, place);
  }
  [[nodiscard]] Handle with_env_ref(std::string_view prefix, const Environment& environment,
                                    const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_env(prefix, environment); }, place);
  }
  [[nodiscard]] Handle with_env_ignore_empty_ref(
      std::string_view prefix, const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_env_ignore_empty(prefix); }, place);
  }
  [[nodiscard]] Handle with_env_ignore_empty_ref(
      std::string_view prefix, const Environment& environment,
      const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_env_ignore_empty(prefix, environment); }, place);
  }
  [[nodiscard]] Handle with_args_ref(int argc, const char* const* argv, std::vector<std::string>* positional = nullptr,
                                     const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_args(argc, argv, positional); }, place);
  }
  [[nodiscard]] Handle with_hierarchical_config_ref(
      std::string_view app, const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_hierarchical_config(app); }, place);
  }
  [[nodiscard]] Handle with_defaults_string_ref(
      std::string_view text, const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_defaults_string(text); }, place);
  }
  template <class T>
  [[nodiscard]] Handle with_defaults_ref(const T& defaults,
                                         const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_defaults(defaults, place); }, place);
  }
  template <class T>
  [[nodiscard]] Handle with_value_ref(std::string_view path, const T& value,
                                      const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_value(path, value, place); }, place);
  }
  template <class T>
  [[nodiscard]] Handle with_override_ref(std::string_view path, const T& value,
                                         const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_override(path, value, place); }, place);
  }
  [[nodiscard]] Handle with_set_ref(std::string_view path_and_text,
                                    const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_set(path_and_text); }, place);
  }
  template <class T>
  [[nodiscard]] Handle with_cli_opt_ref(const std::optional<T>& options,
                                        const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_cli_opt(options, place); }, place);
  }
  template <class T>
  [[nodiscard]] Handle with_shape_ref(const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.template with_shape<T>(); }, place);
  }
  [[nodiscard]] Handle with_shape_ref(const Shape& shape,
                                      const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_shape(shape); }, place);
  }
  [[nodiscard]] Handle select_ref(std::string_view profile,
                                  const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.select(profile); }, place);
  }
  [[nodiscard]] Handle focus_ref(std::string_view key,
                                 const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.focus(key); }, place);
  }
  [[nodiscard]] Handle with_array_edits_ref(bool on,
                                            const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_array_edits(on); }, place);
  }
  [[nodiscard]] Handle deny_unknown_ref(bool on = true,
                                        const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.deny_unknown(on); }, place);
  }
  [[nodiscard]] Handle with_verbosity_ref(Verbosity level,
                                          const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_verbosity(level); }, place);
  }
  [[nodiscard]] Handle with_info_verbosity_ref(
      const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_info_verbosity(); }, place);
  }
  [[nodiscard]] Handle with_debug_verbosity_ref(
      const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_debug_verbosity(); }, place);
  }
  [[nodiscard]] Handle with_trace_verbosity_ref(
      const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.with_trace_verbosity(); }, place);
  }
  [[nodiscard]] Handle on_warning_ref(std::function<void(const Warning&)> sink,
                                      const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.on_warning(std::move(sink)); }, place);
  }
  [[nodiscard]] Handle on_message_ref(std::function<void(const Message&)> sink,
                                      const std::source_location& place = std::source_location::current()) const {
    return derive([&](const auto& c) { return c.on_message(std::move(sink)); }, place);
  }

 private:
  template <class F>
  [[nodiscard]] Handle derive(const F& f, const std::source_location& place) const {
    return static_cast<const Self*>(this)->derive(f, place);
  }
};

}  // namespace superconfig
