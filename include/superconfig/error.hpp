// Errors: one code, one list, one Result.
//
// An operation reports every problem it found at once. Inside the library nothing throws of its own: functions
// return Result<T>. The throwing forms of the public API turn the list into a ConfigError at the edge.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "superconfig/origin.hpp"

namespace superconfig {

/// What went wrong. The names (`name_of`) are the same in every language.
enum class ErrorCode : std::uint8_t {
  invalid_type,     ///< wrong kind of value, or text that is no number or bool word
  invalid_value,    ///< right kind, but outside the limits or rules of the target
  invalid_length,   ///< wrong number of items
  unknown_variant,  ///< no such enumerator or alternative
  unknown_field,    ///< a field that the type does not know, where unknown ones are denied
  missing_field,    ///< a field or path that is not there
  duplicate_field,  ///< two names of one field
  message,          ///< a provider's own text, or: no untagged alternative fits
  parse,            ///< text that is not what its format says
  io,               ///< the system refused
  not_found,        ///< a file that must be there is not
  conflict,         ///< two inputs that contradict each other
  ambiguous_key,    ///< one name that fits two known keys
  invalid_path,     ///< not a path
  stale_handle,     ///< the handle is gone
  unsupported       ///< what a format or target cannot hold
};

/// "invalid_type" and so on.
std::string_view name_of(ErrorCode code) noexcept;

/// One problem. Which members are filled depends on the code; the empty string or list means "does not apply".
struct Error {
  ErrorCode code = ErrorCode::message;
  std::vector<std::string> path;             ///< segments from the root of what was read
  std::string profile;                       ///< the profile that gave the value
  std::string field;                         ///< missing_field, duplicate_field: the outside name
  std::string message;                       ///< free text: parser messages, io reasons, what contradicts what
  std::string expected;                      ///< "an integer from 0 to 65535"
  std::string found;                         ///< "the string \"abc\""; masked where the path names a secret
  std::vector<std::string> expected_one_of;  ///< unknown_*: the known names
  Origin origin;                             ///< where the value was written
  std::vector<Origin> related;               ///< the other places involved (conflict, duplicate keys)
  std::string hint;                          ///< "did you mean `port`?"

  /// The path as text, segments quoted where needed; empty for the root.
  [[nodiscard]] std::string path_text() const;
  /// One line: origin, path, what was expected and found, hint.
  [[nodiscard]] std::string to_string() const;
  /// The same, and below it the source line with the place underlined, if the source has text.
  [[nodiscard]] std::string to_display_string(bool color = false) const;
};

/// Every problem of one operation; never empty when it is the error of a Result. One pointer; copies share.
class Errors {
 public:
  Errors() = default;
  Errors(Error error);  // NOLINT(google-explicit-constructor): an error is a list of one
  explicit Errors(std::vector<Error> list);

  [[nodiscard]] bool empty() const noexcept { return !list_ || list_->empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return list_ ? list_->size() : 0; }
  [[nodiscard]] const Error& operator[](std::size_t i) const { return (*list_)[i]; }
  [[nodiscard]] std::span<const Error> list() const noexcept {
    return list_ ? std::span<const Error>(*list_) : std::span<const Error>();
  }
  [[nodiscard]] auto begin() const noexcept { return list().begin(); }
  [[nodiscard]] auto end() const noexcept { return list().end(); }

  /// Adds to the list; other Errors that shared it keep what they had.
  void add(Error error);
  void add(const Errors& errors);

  /// All problems, a line each.
  [[nodiscard]] std::string to_string() const;

 private:
  std::vector<Error>& own();
  std::shared_ptr<std::vector<Error>> list_;
};

/// What the throwing forms throw. `errors()` has every problem; `what()` is their text, a line each.
class ConfigError : public std::runtime_error {
 public:
  explicit ConfigError(Errors errors) : std::runtime_error(errors.to_string()), errors_(std::move(errors)) {}
  [[nodiscard]] const Errors& errors() const noexcept { return errors_; }
  /// The first problem's code.
  [[nodiscard]] ErrorCode code() const noexcept { return errors_[0].code; }

 private:
  Errors errors_;
};

namespace detail {
/// Throws ConfigError; without exceptions (WebAssembly) it ends the program.
[[noreturn]] void raise(Errors errors);
}  // namespace detail

using Unexpected = tl::unexpected<Errors>;

/// A T, or every problem that kept it from being made.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Errors> {
 public:
  using Base = tl::expected<T, Errors>;
  using Base::Base;
  Result(Error error) : Base(Unexpected(Errors(std::move(error)))) {}  // NOLINT(google-explicit-constructor)
  Result(Errors errors) : Base(Unexpected(std::move(errors))) {}       // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const noexcept { return this->has_value(); }
  [[nodiscard]] const Errors& errors() const& { return this->error(); }

  /// The value, or throws ConfigError.
  T value_or_throw() && {
    if (!this->has_value()) detail::raise(std::move(this->error()));
    if constexpr (!std::is_void_v<T>) return std::move(**this);
  }
};

}  // namespace superconfig
