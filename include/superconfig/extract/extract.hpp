// From the tree to C++ types: what `extract<T>`, `get<T>` and their kin end in.
//
//   Result<Server> server = extract_value<Server>(find_path(tree, "server", nullptr), {.lossy = true}, {"server"});
//
// There is one extractor; it is compiled once and works on Shapes. Everything here is safe to call from any thread.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "superconfig/error.hpp"
#include "superconfig/extract/options.hpp"
#include "superconfig/reflect/shape_of.hpp"
#include "superconfig/shape.hpp"
#include "superconfig/value.hpp"

namespace superconfig {

namespace detail {

/// Reads what was found into the object, a living one of the shape's type. What the configuration does not have
/// keeps what the object has. Adds every problem to `errors`, with paths that begin with `base_path`, and returns
/// false if there was one: the object is then half-filled. Profiles and layers are left for the caller to fill in.
/// Nothing found is a missing_field, except for optionals.
bool extract(const Found& from, const Shape& shape, void* object, const ExtractOptions& options,
             const std::vector<std::string>& base_path, std::vector<Error>& errors);

}  // namespace detail

/// Makes a T{} and reads what was found into it. `base_path`: where it was found, for the errors. Errors:
/// invalid_type, invalid_value, invalid_length, unknown_variant, unknown_field, missing_field, duplicate_field,
/// message.
template <class T>
Result<T> extract_value(const Found& from, const ExtractOptions& options = {},
                        const std::vector<std::string>& base_path = {}) {
  static_assert(std::is_default_constructible_v<T>, "superconfig: T must be default constructible");
  Result<T> result{T{}};
  std::vector<Error> errors;
  if (!detail::extract(from, shape_of<T>(), &*result, options, base_path, errors)) return Errors(std::move(errors));
  return result;
}

/// The same for a shape that is described by data (DynamicShape).
Result<Value> extract_value(const Found& from, const Shape& shape, const ExtractOptions& options = {},
                            const std::vector<std::string>& base_path = {});

/// The hot path of typed reads: true, and `out` set, if the value is of T's own kind and in range. False says
/// nothing: extract_value then finds out (text, conversions, errors). T: bool, integers, float, double, std::string,
/// and std::string_view, which lives as long as the Value object.
template <class T>
  requires(std::integral<T> || std::floating_point<T> || std::same_as<T, std::string> ||
           std::same_as<T, std::string_view>)
inline bool read_scalar(const Value& given, T& out) {
  using Tag = Value::Tag;
  // A text that looks like what is asked for reads as what it looks like.
  const Value& value = given.is_text() && !std::same_as<T, std::string> && !std::same_as<T, std::string_view>
                           ? given.text_guess()
                           : given;
  const Tag tag = value.tag();
  if constexpr (std::same_as<T, bool>) {
    if (tag != Tag::boolean) return false;
    out = value.bits() != 0;
    return true;
  } else if constexpr (std::integral<T> && detail::plain_integer<T>) {
    if (tag == Tag::i64) {
      const auto i = static_cast<std::int64_t>(value.bits());
      if (!std::in_range<T>(i)) return false;
      out = static_cast<T>(i);
      return true;
    }
    if (tag != Tag::u64 || !std::in_range<T>(value.bits())) return false;
    out = static_cast<T>(value.bits());
    return true;
  } else if constexpr (std::floating_point<T>) {
    if (tag == Tag::f64) {
      out = static_cast<T>(__builtin_bit_cast(double, value.bits()));
      return true;
    }
    if (tag != Tag::i64) return false;
    out = static_cast<T>(static_cast<std::int64_t>(value.bits()));
    return true;
  } else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::string_view>) {
    if (tag != Tag::short_string && tag != Tag::string) return false;
    out = *value.as_string();
    return true;
  } else {
    return false;
  }
}

}  // namespace superconfig
