// The providers that come with SuperConfig. Each is a small value: make it, adjust it, give it to
// `merge`, `join`, `adjoin` or `admerge`. The `with_…` functions of SuperConfig are shorthands.
//
//   config.merge(Toml::file("app.toml").nested())
//   config.merge(Variables("APP_").profile("debug"))
//
// Relative paths are made absolute, and the environment is captured, when the provider is made.
#pragma once

#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "superconfig/format.hpp"
#include "superconfig/provider.hpp"

namespace superconfig {

/// An environment as an ordered list of names and values. Names are unique; values need not be UTF-8.
using Environment = std::vector<std::pair<std::string, std::string>>;

namespace detail {

/// What the providers that write one profile have in common: `.profile(p)` and `.global()`.
template <class Self>
class ToProfile {
 public:
  /// The profile to write.
  [[nodiscard]] Self profile(std::string_view name) const {
    auto copy = static_cast<const Self&>(*this);
    copy.profile_ = name;
    return copy;
  }
  [[nodiscard]] Self global() const { return profile(global_profile); }

 protected:
  [[nodiscard]] const std::string& target() const noexcept { return profile_; }
  std::string profile_{default_profile};
};

/// A file or text of one format.
class FormatProvider : public Provider {
 public:
  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;

 protected:
  enum class From : std::uint8_t { searched, exact, text };
  FormatProvider(Format format, From from, std::string_view what);
  void nest() {
    nested_ = true;
    profile_.reset();
  }
  void write(std::string_view profile) { profile_ = profile; }
  void require() { required_ = true; }

 private:
  Format format_;
  From from_;
  bool nested_ = false;
  bool required_ = false;
  std::optional<std::string> profile_;
  std::string what_;       // the path as given, or the text
  std::string directory_;  // the working directory when this was made
};

template <Format format>
class FormatOf final : public FormatProvider {
 public:
  /// Looked for in the working directory, then in its parents. A missing file, or a directory of that name, is an
  /// empty layer unless `.required()`.
  static FormatOf file(std::string_view path) { return {From::searched, path}; }
  /// Not searched for; it must exist (`not_found`).
  static FormatOf file_exact(std::string_view path) { return {From::exact, path}; }
  static FormatOf string(std::string_view text) { return {From::text, text}; }

  /// Top-level tables are profiles; a top-level value that is no dict is an error. Of `nested` and `profile` the
  /// later call counts.
  [[nodiscard]] FormatOf nested() const {
    auto copy = *this;
    copy.nest();
    return copy;
  }
  /// The profile to write (default: `default`).
  [[nodiscard]] FormatOf profile(std::string_view name) const {
    auto copy = *this;
    copy.write(name);
    return copy;
  }
  /// A missing file is an error.
  [[nodiscard]] FormatOf required() const {
    auto copy = *this;
    copy.require();
    return copy;
  }

 private:
  FormatOf(From from, std::string_view what) : FormatProvider(format, from, what) {}
};

}  // namespace detail

using Toml = detail::FormatOf<Format::toml>;
using Json = detail::FormatOf<Format::json>;

/// A file whose extension says its format: what `with_file` adds. Without an extension: the path itself if it is a
/// file, else the first of path + .toml, .json that is. It must exist unless `.optional()`.
class File final : public Provider, public detail::ToProfile<File> {
 public:
  explicit File(std::string_view path);
  /// Missing is an empty layer.
  [[nodiscard]] File optional() const;
  /// Top-level tables are profiles.
  [[nodiscard]] File nested() const;
  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;

 private:
  std::string path_;  // absolute
  bool optional_ = false;
  bool nested_ = false;
};

/// Environment variables with a prefix, matched to the keys of the layers below: what `with_env` adds. Writes
/// `default` unless told otherwise.
///
/// The prefix (case-sensitive) is stripped and the rest lower-cased (ASCII). `__` nests, a `.` in the name too. Without
/// them the name may match a known key, reading each `_` as `_`, `-` or `.`; if it matches none it nests at the first
/// `_`. Values keep their characters: the type that is asked for decides.
class Variables final : public Provider, public detail::ToProfile<Variables> {
 public:
  /// Captures the process's environment now.
  explicit Variables(std::string_view prefix);
  Variables(std::string_view prefix, const Environment& environment);
  /// Drops "", [] and {} (recursively).
  [[nodiscard]] Variables ignore_empty() const;
  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;
  [[nodiscard]] bool looks_below() const noexcept override { return true; }

 private:
  std::string prefix_;
  std::shared_ptr<const Environment> variables_;  // those with the prefix
  bool ignore_empty_ = false;
};

/// One setting as text, `path=text`, split at the first `=`: what `with_set` adds. Writes `global` unless told
/// otherwise. The text is read as an environment variable's.
class Setting final : public Provider, public detail::ToProfile<Setting> {
 public:
  explicit Setting(std::string_view path_and_text, std::string_view argument = "--set");
  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;
  [[nodiscard]] bool looks_below() const noexcept override { return true; }

 private:
  std::string setting_;
  std::string argument_;
};

/// A whole tree given by the program: what `with_defaults` adds. `load` fails with `invalid_type` at the empty path
/// if it is no dict.
class Defaults final : public Provider, public detail::ToProfile<Defaults> {
 public:
  explicit Defaults(Value tree, const std::source_location& place = std::source_location::current());
  /// What the values' source is called instead of the place in code.
  [[nodiscard]] Defaults named(std::string_view name) const;
  /// Puts the tree below a key, segments separated by dots without quoting.
  [[nodiscard]] Defaults at(std::string_view key) const;
  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;

 private:
  Value tree_;
  Mark mark_;
  Source source_;
  std::string key_;
};

/// One value at a key whose segments are separated by dots, without quoting: figment's `(key, value)`. Writes
/// `global` unless told otherwise.
class Pair final : public Provider, public detail::ToProfile<Pair> {
 public:
  Pair(std::string_view key, Value value, const std::source_location& place = std::source_location::current());
  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;

 private:
  std::string key_;
  Value value_;
  Mark mark_;
};

/// What another provider gives without null, "", [] and {} (recursively); false and 0 are kept.
class Empty final : public Provider {
 public:
  template <class P>
    requires std::derived_from<P, Provider>
  explicit Empty(P provider) : inner_(std::make_shared<P>(std::move(provider))) {}
  explicit Empty(ProviderPtr provider) : inner_(std::move(provider)) {}
  [[nodiscard]] Metadata metadata() const override { return inner_->metadata(); }
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;
  [[nodiscard]] bool looks_below() const noexcept override { return inner_->looks_below(); }

 private:
  ProviderPtr inner_;
};

}  // namespace superconfig
