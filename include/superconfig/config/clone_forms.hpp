// `with_…_clone`: what the first generation offered for configurations that are only borrowed. Each copies the whole
// configuration, as clone mode does, whatever the mode is.
#pragma once

#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>

#include "superconfig/message.hpp"
#include "superconfig/providers.hpp"

namespace superconfig {

/// For SuperConfig. Deprecated: the form without a suffix derives as well and copies nothing; `_ref` gives a handle.
template <class Self>
class CloneForms {
 public:
  template <class P>
  [[nodiscard]] [[deprecated("use merge, or merge_ref for a handle")]] Self merge_clone(P&& provider) const {
    return clone([&](const auto& c) { return c.merge(std::forward<P>(provider)); });
  }
  template <class P>
  [[nodiscard]] [[deprecated("use join, or join_ref for a handle")]] Self join_clone(P&& provider) const {
    return clone([&](const auto& c) { return c.join(std::forward<P>(provider)); });
  }
  template <class P>
  [[nodiscard]] [[deprecated("use admerge, or admerge_ref for a handle")]] Self admerge_clone(P&& provider) const {
    return clone([&](const auto& c) { return c.admerge(std::forward<P>(provider)); });
  }
  template <class P>
  [[nodiscard]] [[deprecated("use adjoin, or adjoin_ref for a handle")]] Self adjoin_clone(P&& provider) const {
    return clone([&](const auto& c) { return c.adjoin(std::forward<P>(provider)); });
  }
  [[nodiscard]] [[deprecated("use with_file, or with_file_ref for a handle")]] Self with_file_clone(
      std::string_view path) const {
    return clone([&](const auto& c) { return c.with_file(path); });
  }
  [[nodiscard]] [[deprecated("use with_file_opt, or with_file_opt_ref for a handle")]] Self with_file_opt_clone(
      const std::optional<std::string>& path) const {
    return clone([&](const auto& c) { return c.with_file_opt(path); });
  }
  [[nodiscard]] [[deprecated("use with_env, or with_env_ref for a handle")]] Self with_env_clone(
      std::string_view prefix) const {
    return clone([&](const auto& c) { return c.with_env(prefix); });
  }
  [[nodiscard]] [[deprecated("use with_env, or with_env_ref for a handle")]] Self with_env_clone(
      std::string_view prefix, const Environment& environment) const {
    return clone([&](const auto& c) { return c.with_env(prefix, environment); });
  }
  [[nodiscard]] [[deprecated("use with_env_ignore_empty, or with_env_ignore_empty_ref for a handle")]] Self
  with_env_ignore_empty_clone(std::string_view prefix) const {
    return clone([&](const auto& c) { return c.with_env_ignore_empty(prefix); });
  }
  [[nodiscard]] [[deprecated("use with_env_ignore_empty, or with_env_ignore_empty_ref for a handle")]] Self
  with_env_ignore_empty_clone(std::string_view prefix, const Environment& environment) const {
    return clone([&](const auto& c) { return c.with_env_ignore_empty(prefix, environment); });
  }
  [[nodiscard]] [[deprecated("use with_hierarchical_config, or with_hierarchical_config_ref for a handle")]] Self
  with_hierarchical_config_clone(std::string_view app) const {
    return clone([&](const auto& c) { return c.with_hierarchical_config(app); });
  }
  [[nodiscard]] [[deprecated("use with_defaults_string, or with_defaults_string_ref for a handle")]] Self
  with_defaults_string_clone(std::string_view text) const {
    return clone([&](const auto& c) { return c.with_defaults_string(text); });
  }
  template <class T>
  [[nodiscard]] [[deprecated("use with_defaults, or with_defaults_ref for a handle")]] Self with_defaults_clone(
      const T& defaults, const std::source_location& place = std::source_location::current()) const {
    return clone([&](const auto& c) { return c.with_defaults(defaults, place); });
  }
  template <class T>
  [[nodiscard]] [[deprecated("use with_cli_opt, or with_cli_opt_ref for a handle")]] Self with_cli_opt_clone(
      const std::optional<T>& options, const std::source_location& place = std::source_location::current()) const {
    return clone([&](const auto& c) { return c.with_cli_opt(options, place); });
  }
  [[nodiscard]] [[deprecated("use select, or select_ref for a handle")]] Self select_clone(
      std::string_view profile) const {
    return clone([&](const auto& c) { return c.select(profile); });
  }
  [[nodiscard]] [[deprecated("use focus, or focus_ref for a handle")]] Self focus_clone(std::string_view key) const {
    return clone([&](const auto& c) { return c.focus(key); });
  }
  [[nodiscard]] [[deprecated("use with_verbosity, or with_verbosity_ref for a handle")]] Self with_verbosity_clone(
      Verbosity level) const {
    return clone([&](const auto& c) { return c.with_verbosity(level); });
  }
  [[nodiscard]] [[deprecated("use with_info_verbosity, or with_info_verbosity_ref for a handle")]] Self
  with_info_verbosity_clone() const {
    return clone([&](const auto& c) { return c.with_info_verbosity(); });
  }
  [[nodiscard]] [[deprecated("use with_debug_verbosity, or with_debug_verbosity_ref for a handle")]] Self
  with_debug_verbosity_clone() const {
    return clone([&](const auto& c) { return c.with_debug_verbosity(); });
  }
  [[nodiscard]] [[deprecated("use with_trace_verbosity, or with_trace_verbosity_ref for a handle")]] Self
  with_trace_verbosity_clone() const {
    return clone([&](const auto& c) { return c.with_trace_verbosity(); });
  }

 private:
  template <class F>
  [[nodiscard]] Self clone(const F& f) const {
    return static_cast<const Self*>(this)->clone(f);
  }
};

}  // namespace superconfig
