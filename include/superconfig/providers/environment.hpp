// Environment variables, and settings as text.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "superconfig/providers/target.hpp"

namespace superconfig {

/// An environment as an ordered list of names and values. Names are unique; values need not be UTF-8.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// Environment variables with a prefix, matched to the keys of the layers below: what `with_env` adds. Writes
/// `default` unless told otherwise.
///
/// The prefix (case-sensitive) is stripped and the rest lower-cased (ASCII). `__` nests; a `.` in the name is part of
/// the key. Without `__` the name may match a known key, each `_` being `_`, `-` or a level; if it matches none it
/// nests at the first `_`. Values keep their characters: the type that is asked for decides.
///
/// What looks like an accident is a warning: a link that Kubernetes made (`APP_PORT=tcp://…`), quotes around a value,
/// two variables for one key. A name whose prefix differs in case only is told in a message.
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
  [[nodiscard]] ProviderPtr recaptured() const override;

 private:
  std::string prefix_;
  struct Captured {
    Environment variables;                // those with the prefix
    std::vector<std::string> other_case;  // names that have it in other letters
  };
  static std::shared_ptr<const Captured> capture(std::string_view prefix);
  std::shared_ptr<const Captured> captured_;
  bool of_process_ = false;
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

/// Environment variables as figment's own provider of that name reads them: for those who come from figment, and for
/// control over names. `with_env` (see Variables) is what most programs want.
///
/// Names are trimmed. The builder calls apply in the order made; a `.` in the resulting name nests; a name with an
/// empty segment is skipped; then ASCII letters are lower-cased. Later variables are merged over earlier ones. Names
/// are not matched to known keys. Values are text, whose guess is by figment's grammar (`[a, 1, true]`, `{a=1}`,
/// `"x"`).
class Env final : public Provider, public detail::ToProfile<Env> {
 public:
  /// All variables.
  static Env raw();
  static Env raw(const Environment& environment);
  /// Those whose names begin with the prefix, ignoring ASCII case; it is stripped.
  static Env prefixed(std::string_view prefix);
  static Env prefixed(std::string_view prefix, const Environment& environment);

  /// Replaces every occurrence of a text (case-sensitive) by `.`.
  [[nodiscard]] Env split(std::string_view separator) const;
  /// Only these names, or all but these, ignoring ASCII case.
  [[nodiscard]] Env only(std::vector<std::string> names) const;
  [[nodiscard]] Env ignore(std::vector<std::string> names) const;
  [[nodiscard]] Env map(std::function<std::string(std::string_view)> rename) const;
  [[nodiscard]] Env filter(std::function<bool(std::string_view)> keep) const;
  /// Whether names are lower-cased (default: they are).
  [[nodiscard]] Env lowercase(bool on) const;

  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;
  [[nodiscard]] ProviderPtr recaptured() const override;

 private:
  /// Gives the new name, or nothing to leave the variable out.
  using Step = std::function<std::optional<std::string>(std::string_view)>;
  Env(std::string_view prefix, Environment environment, bool of_process);
  [[nodiscard]] Env with(Step step) const;

  std::string prefix_;
  std::shared_ptr<const Environment> variables_;
  std::vector<Step> steps_;
  bool of_process_ = false;
  bool lowercase_ = true;
};

}  // namespace superconfig
