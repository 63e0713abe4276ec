// Files that are found rather than named: glob patterns and an application's usual places.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "superconfig/providers/target.hpp"

namespace superconfig {

/// All files that match glob patterns, each composed as a layer of its own, in an order that is the same everywhere.
///
/// Patterns: `*` and `?` within a name, `[a-z]`, `{toml,json}`, `**` for zero or more directories; `~/` is the home
/// directory; relative ones start in the working directory of the moment the provider is made. A broken pattern is an
/// error; an empty one, or none, matches nothing. Directories that are symbolic links are not entered by `**`. The
/// extension says a file's format; if it says none, the content does.
class Wildcard final : public Provider, public detail::ToProfile<Wildcard> {
 public:
  enum class Sort : std::uint8_t {
    alphabetical,  ///< by path, by bytes (the default)
    reverse,
    size_ascending,
    size_descending,
    modified_ascending,
    modified_descending,
    custom,   ///< by the first of a list of patterns that the file's name matches; the rest last, by name
    as_given  ///< by pattern, then by path
  };

  explicit Wildcard(std::vector<std::string> patterns);

  [[nodiscard]] Wildcard sort(Sort by) const;
  /// Files whose names match the first pattern come first, so they are the weakest.
  [[nodiscard]] Wildcard sort_by(std::vector<std::string> name_patterns) const;
  /// Relative patterns start in each of these directories instead of the working directory.
  [[nodiscard]] Wildcard in_directories(std::vector<std::string> directories) const;
  /// Relative patterns start in each directory below the roots; a root itself is depth 1.
  [[nodiscard]] Wildcard recursive(std::vector<std::string> roots, std::uint32_t max_depth = UINT32_MAX) const;
  /// The directories are what a function says when the files are looked for.
  [[nodiscard]] Wildcard in_directories_of(std::function<std::vector<std::string>()> directories) const;

  /// The top-level tables of each file are profiles. A profile said afterwards wins over it.
  [[nodiscard]] Wildcard nested() const;
  [[nodiscard]] Wildcard profile(std::string_view name) const;

  /// The configuration directories of the XDG Base Directory Specification 0.8: `*.{toml,yaml,yml,json}` in
  /// `$XDG_CONFIG_DIRS/app` (the most important last) and `$XDG_CONFIG_HOME/app`.
  static Wildcard xdg(std::string_view app);
  /// base.* < env-*.* < local.* < base.* as given by `base`: `base` names the files, in the working directory.
  static Wildcard development(std::string_view base);

  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;

 private:
  enum class Where : std::uint8_t { directories, recursive, function };
  std::vector<std::string> patterns_;
  Sort sort_ = Sort::alphabetical;
  std::vector<std::string> name_patterns_;
  Where where_ = Where::directories;
  std::vector<std::string> directories_;  // absolute
  std::uint32_t max_depth_ = UINT32_MAX;
  std::function<std::vector<std::string>()> function_;
  std::string home_;
  bool nested_ = false;
};

/// An application's usual places, from the least to the most specific: what `with_hierarchical_config` adds.
///
/// `/etc/APP/`, `$XDG_CONFIG_HOME/APP/` (or `~/.config/APP/`), `~/.APP/`, then for every directory from the outermost
/// ancestor of the working directory (below the home directory if it is inside it, else from the root) down to it:
/// `.APP/` and `APP.{toml,yaml,yml,json}`. In a directory: its `*.{toml,yaml,yml,json}` in byte order, then those in
/// its `APP.d/`. Each file is composed as a layer of its own. Nothing outside these places is read.
class Hierarchical final : public Provider, public detail::ToProfile<Hierarchical> {
 public:
  explicit Hierarchical(std::string_view app);
  /// The top-level tables of each file are profiles. A profile said afterwards wins over it.
  [[nodiscard]] Hierarchical nested() const;
  [[nodiscard]] Hierarchical profile(std::string_view name) const;
  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;

 private:
  std::string app_;
  std::string directory_, home_, config_home_;  // of the moment this was made
  bool nested_ = false;
};

}  // namespace superconfig
