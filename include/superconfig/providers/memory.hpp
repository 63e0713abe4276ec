// Values of the program, and a filter of other providers.
#pragma once

#include <concepts>
#include <memory>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>

#include "superconfig/providers/target.hpp"

namespace superconfig {

/// A whole tree given by the program: what `with_defaults` adds. `load` fails with `invalid_type` at the empty path
/// if it is no dict.
class Defaults final : public Provider, public detail::ToProfile<Defaults> {
 public:
  explicit Defaults(Value tree, const std::source_location& place = std::source_location::current());
  /// What the values' source is called instead of the place in code.
  [[nodiscard]] Defaults named(std::string_view name) const;
  /// Puts the tree below a key, segments separated by dots without quoting.
  [[nodiscard]] Defaults at(std::string_view key) const;
  /// Says what type the tree was made of.
  [[nodiscard]] Defaults of(const Shape& shape) const;
  [[nodiscard]] Metadata metadata() const override;
  [[nodiscard]] Result<Loaded> load(const Below& below) const override;
  [[nodiscard]] KnownShape described() const override;

 private:
  const Shape* shape_ = nullptr;
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
  [[nodiscard]] KnownShape described() const override { return inner_->described(); }

 private:
  ProviderPtr inner_;
};

}  // namespace superconfig
