// shape_of<T>(): the Shape of a C++ type, made at compile time.
//
//   const Shape& shape = shape_of<Server>();
//
// | C++ | read from |
// |---|---|
// | bool; integers of all widths; float, double, long double | a bool; an integer in range; an integer or a float |
// | std::string; char32_t; std::filesystem::path | a string; a string of one code point; a string |
// | enums | a string: the enumerator's name |
// | std::optional, std::unique_ptr, std::shared_ptr | null for nothing, else the content |
// | vector, deque, list; set, unordered_set; array; pair, tuple | an array |
// | map, unordered_map | a dict; keys: strings, paths, enums, integers, char32_t, types of your own from text |
// | plain structs of up to 64 fields | a dict |
// | std::variant | see `internal`, `external`, `untagged` in annotate.hpp; untagged unless told |
// | chrono durations; sys_time, local_time, year_month_day; Datetime | `30s`; a TOML datetime or its text |
// | ByteSize, RelativePath, Secret<T>, Tagged<T>, Value | see types.hpp; a Value takes anything |
//
// A type of your own: specialize Convert (convert.hpp). Containers of the standard's kind are known by what they can
// do, not by name, so those of other libraries work too.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "superconfig/reflect/aggregate.hpp"
#include "superconfig/reflect/alternatives.hpp"
#include "superconfig/reflect/annotate.hpp"
#include "superconfig/reflect/containers.hpp"
#include "superconfig/reflect/convert.hpp"
#include "superconfig/reflect/kinds.hpp"
#include "superconfig/reflect/scalars.hpp"
#include "superconfig/reflect/structure.hpp"
#include "superconfig/shape.hpp"
#include "superconfig/types.hpp"

namespace superconfig {

/// The description of T. It lives as long as the program.
template <class T>
const Shape& shape_of() noexcept;

/// A T as a file would hold it: fields in declaration order by their outside names, enums by name, durations as text,
/// time points as datetimes, an empty optional as null. Secrets and tags are seen through. Skipped fields are left
/// out. The inverse of extracting.
template <class T>
Value to_value(const T& object);

namespace detail {

Value to_value(const Shape& shape, const void* object, const Rules* rules = nullptr);

template <class T>
struct Unsupported {
  static_assert(!std::is_pointer_v<T>,
                "superconfig: a raw pointer cannot be read from a configuration: nobody would own what it points to. "
                "Use std::unique_ptr, std::optional, or std::string for text");
  static_assert(!std::is_reference_v<T>, "superconfig: a reference cannot be read from a configuration");
  static_assert(!std::is_array_v<T>, "superconfig: a C array cannot be read from a configuration. Use std::array");
  static_assert(!other_character<T>,
                "superconfig: this character type cannot be read from a configuration. Use char32_t for a character, "
                "std::int8_t for a number");
  static_assert(!is_string_view<T>,
                "superconfig: a view cannot be read from a configuration: it would dangle. Use std::string");
  static_assert(!unknown_clock<T>,
                "superconfig: only time points of the system clock and local ones can be read from a configuration");
  static_assert(!is_multi<T>, "superconfig: a container that may hold a key twice cannot be read from a dict");
  static_assert(std::is_pointer_v<T> || std::is_reference_v<T> || std::is_array_v<T> || other_character<T> ||
                    is_string_view<T> || unknown_clock<T> || is_multi<T>,
                "superconfig: this type cannot be read from a configuration. Specialize superconfig::Convert for it");
};

template <class T>
consteval Shape make_shape() {
  constexpr ShapeKind kind = kind_of<T>();
  if constexpr (!supported<T>) {
    (void)sizeof(Unsupported<T>);
    return {};
  } else if constexpr (converted<T>) {
    return Custom<T>::shape();
  } else if constexpr (kind == ShapeKind::enumeration) {
    return Enumeration<T>::shape();
  } else if constexpr (kind == ShapeKind::optional) {
    return wrapper<T>(kind, &OptionalSink<T>::instance, &ShapeFor<typename T::value_type>::value);
  } else if constexpr (kind == ShapeKind::pointer) {
    return wrapper<T>(kind, &PointerSink<T>::instance, &ShapeFor<std::remove_const_t<typename T::element_type>>::value);
  } else if constexpr (kind == ShapeKind::tagged) {
    using Content = decltype(T::value);
    return wrapper<T>(kind, &TaggedSink<Content>::instance, &ShapeFor<Content>::value);
  } else if constexpr (kind == ShapeKind::secret) {
    using Content = std::remove_cvref_t<decltype(std::declval<T&>().reveal())>;
    return wrapper<T>(kind, &SecretSink<Content>::instance, &ShapeFor<Content>::value);
  } else if constexpr (kind == ShapeKind::array) {
    Shape shape = wrapper<T>(kind, &ArraySink<T>::instance, &ShapeFor<typename T::value_type>::value);
    shape.length = std::tuple_size_v<T>;
    return shape;
  } else if constexpr (kind == ShapeKind::tuple) {
    Shape shape = wrapper<T>(kind, &TupleSink<T>::instance, nullptr);
    shape.items = TupleSink<T>::items;
    return shape;
  } else if constexpr (kind == ShapeKind::map) {
    Shape shape = wrapper<T>(kind, &MapSink<T>::instance, &ShapeFor<typename T::mapped_type>::value);
    shape.key = &ShapeFor<typename T::key_type>::value;
    return shape;
  } else if constexpr (kind == ShapeKind::set) {
    return wrapper<T>(kind, &SetSink<T>::instance, &ShapeFor<typename T::value_type>::value);
  } else if constexpr (kind == ShapeKind::list) {
    return wrapper<T>(kind, &ListSink<T>::instance, &ShapeFor<typename T::value_type>::value);
  } else if constexpr (kind == ShapeKind::variant) {
    return Variant<T>::shape();
  } else if constexpr (kind == ShapeKind::structure) {
    if constexpr (CheckedAggregate<T>::ok) {
      return Structure<T, FieldTypes<T>>::shape();
    } else {
      return {};
    }
  } else {
    return scalar<T>(kind);
  }
}

template <class T>
constinit const Shape ShapeFor<T>::value = make_shape<T>();

}  // namespace detail

template <class T>
const Shape& shape_of() noexcept {
  return detail::ShapeFor<T>::value;
}

template <class T>
Value to_value(const T& object) {
  return detail::to_value(shape_of<T>(), &object);
}

}  // namespace superconfig
