// Providers: where layers come from.
//
// A provider is an immutable description of where a layer's content comes from. Nothing is read when it is made;
// `load` is called at the latest at the first read of a configuration that holds it, at most once a layer. Derive
// from Provider, or give a function to `provide`, to bring your own.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "superconfig/error.hpp"
#include "superconfig/message.hpp"
#include "superconfig/origin.hpp"
#include "superconfig/value.hpp"

namespace superconfig {

struct Shape;

inline constexpr std::string_view default_profile = "default";
inline constexpr std::string_view global_profile = "global";

/// Something that is worth a look but is no error. Data: nothing is printed.
struct Warning {
  std::vector<std::string> path;
  std::string message;
  Origin origin;
  std::vector<Origin> related;

  [[nodiscard]] std::string to_string() const;
};

/// What a provider has for one profile.
struct ProfileTree {
  std::string profile;
  Value tree;  ///< a dict
  Mark mark;   ///< where the dict itself was written
};

/// A variable or option that no known key claimed, and why.
struct Unmatched {
  std::string name;               ///< as written: "APP_SERVR_PORT"
  std::vector<std::string> path;  ///< where its value was put all the same
  std::string reason;
  std::string nearest;  ///< the nearest known key, or empty; `explain` looks for it
  Origin origin{};
};

/// What `load` gives.
struct Loaded {
  std::vector<ProfileTree> content;  ///< one entry a profile
  std::vector<Source> sources;       ///< what the marks in the trees name: held as long as the layer lives
  std::vector<Warning> warnings;
  std::vector<Unmatched> unmatched;
  std::vector<Message> messages;  ///< beyond what is said of every layer; `step` and `provider` are filled in
  std::string revision;           ///< what tells one state of the source from another; may be empty
  bool by_name = false;           ///< names were matched to known keys: a type's fields may match them otherwise
  bool guessed = false;           ///< names were placed without a known key: a type's fields may place them better
};

/// A type whose fields are known keys, and where in the configuration it is read.
struct KnownShape {
  const Shape* shape = nullptr;
  std::vector<std::string> path;
};

/// What stands below a layer in the stack when it is loaded: all profiles, inside the focus set there.
/// Valid during the call of `load` only.
class Below {
 public:
  Below() = default;
  Below(std::span<const ProfileTree> trees, std::span<const KnownShape> shapes) : trees_(trees), shapes_(shapes) {}
  /// One tree a profile, in no particular order.
  [[nodiscard]] std::span<const ProfileTree> trees() const noexcept { return trees_; }
  /// The types that are known to be read.
  [[nodiscard]] std::span<const KnownShape> shapes() const noexcept { return shapes_; }

 private:
  std::span<const ProfileTree> trees_;
  std::span<const KnownShape> shapes_;
};

/// What a provider calls itself in messages and `explain`.
struct Metadata {
  std::string name;   ///< "TOML file", "environment variables APP_*", "defaults"
  std::string place;  ///< absolute path, or empty
};

class Provider {
 public:
  virtual ~Provider() = default;
  [[nodiscard]] virtual Metadata metadata() const = 0;
  /// Must be safe to call from any thread, and must not read the configuration that it is a layer of (that read
  /// fails). An exception becomes an error with code `message`.
  [[nodiscard]] virtual Result<Loaded> load(const Below& below) const = 0;
  /// True if `load` looks at what is below. Others are loaded without it being composed first.
  [[nodiscard]] virtual bool looks_below() const noexcept { return false; }
  /// The type that the values are of, and where they stand, if that is known: what it declares Secret<T> is masked.
  [[nodiscard]] virtual KnownShape described() const { return {}; }
  /// This provider with the process's environment of now, or nullptr if it captured none.
  [[nodiscard]] virtual std::shared_ptr<const Provider> recaptured() const { return nullptr; }

 protected:
  Provider() = default;
  Provider(const Provider&) = default;
  Provider& operator=(const Provider&) = default;
};

using ProviderPtr = std::shared_ptr<const Provider>;

/// Makes a provider of a function `(const Below&) -> Result<Loaded>`, or `() -> Value` for the default profile.
template <class F>
ProviderPtr provide(std::string name, F function);

namespace detail {

class FunctionProvider final : public Provider {
 public:
  FunctionProvider(std::string name, std::function<Result<Loaded>(const Below&)> function, bool looks_below)
      : name_(std::move(name)), function_(std::move(function)), looks_below_(looks_below) {}
  [[nodiscard]] Metadata metadata() const override { return {name_, {}}; }
  [[nodiscard]] Result<Loaded> load(const Below& below) const override { return function_(below); }
  [[nodiscard]] bool looks_below() const noexcept override { return looks_below_; }

 private:
  std::string name_;
  std::function<Result<Loaded>(const Below&)> function_;
  bool looks_below_;
};

/// `tree` as a layer of one profile whose values without a mark are marked as the named source.
Loaded loaded_value(std::string_view name, Value tree, std::string_view profile = default_profile);

}  // namespace detail

template <class F>
ProviderPtr provide(std::string name, F function) {
  if constexpr (std::is_invocable_r_v<Result<Loaded>, F&, const Below&>) {
    return std::make_shared<detail::FunctionProvider>(std::move(name), std::move(function), true);
  } else {
    static_assert(
        std::is_invocable_r_v<Value, F&>,
        "a provider function takes (const Below&) and gives Result<Loaded>, or takes nothing and gives a Value");
    auto wrapped = [name, function = std::move(function)](const Below&) mutable -> Result<Loaded> {
      return detail::loaded_value(name, function());
    };
    return std::make_shared<detail::FunctionProvider>(name, std::move(wrapped), false);
  }
}

}  // namespace superconfig
