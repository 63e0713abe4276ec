// Which C++ types are what to a configuration. Containers, paths and chrono types are known by what they can do: the
// headers of the standard that declare them need not be included here, and those of other libraries work too.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "superconfig/shape.hpp"
#include "superconfig/types.hpp"

namespace superconfig {

template <class T>
struct Convert;

namespace detail {

template <class T, template <class...> class Of>
inline constexpr bool is_a = false;
template <template <class...> class Of, class... A>
inline constexpr bool is_a<Of<A...>, Of> = true;

template <class T>
inline constexpr bool is_std_array = false;
template <class T, std::size_t N>
inline constexpr bool is_std_array<std::array<T, N>> = true;

template <class T>
concept converted = requires { sizeof(Convert<T>); };

template <class T>
concept other_character =
    std::same_as<T, char> || std::same_as<T, wchar_t> || std::same_as<T, char8_t> || std::same_as<T, char16_t>;
template <class T>
concept plain_integer = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char32_t> && !other_character<T>;

template <class T>
concept path_like = requires(const T& path) {
  T::preferred_separator;
  path.native();
  path.extension();
  path.u8string();
};
template <class T>
concept duration_like = requires(const T& d) {
  typename T::rep;
  T::period::num;
  d.count();
  T::zero();
};
template <class T>
concept time_point_like = requires(const T& t) {
  typename T::clock;
  typename T::duration::period;
  t.time_since_epoch();
};
template <class T>
concept date_like = requires(const T& d) {
  d.year();
  d.month();
  d.day();
  d.ok();
  T{d.year(), d.month(), d.day()};
};
template <class T>
concept map_like = requires(T& c, typename T::key_type key) {
  typename T::mapped_type;
  c.try_emplace(std::move(key)).first->second;
  c.erase(c.begin());
  c.clear();
};
template <class T>
concept set_like = requires(T& c, typename T::key_type key) {
  requires std::same_as<typename T::key_type, typename T::value_type>;
  c.insert(std::move(key));
  c.clear();
};
template <class T>
concept list_like = requires(T& c, typename T::value_type item) {
  c.push_back(std::move(item));
  c.clear();
  c.begin();
};

template <class T>
concept system_clock = requires(const typename T::time_point& t) {
  T::now();
  T::to_time_t(t);
};
template <class T>
concept local_clock = std::is_empty_v<T> && !requires { T::now(); };

template <class T>
inline constexpr bool unknown_clock = false;
template <time_point_like T>
inline constexpr bool unknown_clock<T> = !system_clock<typename T::clock> && !local_clock<typename T::clock>;

template <class T>
inline constexpr bool is_string_view = false;
template <class C, class Traits>
inline constexpr bool is_string_view<std::basic_string_view<C, Traits>> = true;

template <class T>
inline constexpr bool is_multi = requires(T& c) {
  typename T::mapped_type;
  c.equal_range(c.begin()->first);
} && !map_like<T>;

template <class T>
inline constexpr bool is_pointer = is_a<T, std::unique_ptr> || is_a<T, std::shared_ptr>;

/// What a T is. Everything that is nothing else is a structure, or not supported.
template <class T>
consteval ShapeKind kind_of() noexcept {
  if constexpr (converted<T>)
    return ShapeKind::custom;
  else if constexpr (std::same_as<T, bool>)
    return ShapeKind::boolean;
  else if constexpr (std::same_as<T, char32_t>)
    return ShapeKind::character;
  else if constexpr (plain_integer<T>)
    return ShapeKind::integer;
  else if constexpr (std::floating_point<T>)
    return ShapeKind::floating;
  else if constexpr (std::is_enum_v<T>)
    return ShapeKind::enumeration;
  else if constexpr (std::same_as<T, std::string>)
    return ShapeKind::string;
  else if constexpr (std::same_as<T, Value>)
    return ShapeKind::any;
  else if constexpr (std::same_as<T, Datetime>)
    return ShapeKind::datetime;
  else if constexpr (std::same_as<T, ByteSize>)
    return ShapeKind::byte_size;
  else if constexpr (std::same_as<T, RelativePath>)
    return ShapeKind::relative_path;
  else if constexpr (is_a<T, Tagged>)
    return ShapeKind::tagged;
  else if constexpr (is_a<T, Secret>)
    return ShapeKind::secret;
  else if constexpr (is_a<T, std::optional>)
    return ShapeKind::optional;
  else if constexpr (is_pointer<T>)
    return ShapeKind::pointer;
  else if constexpr (is_a<T, std::variant>)
    return ShapeKind::variant;
  else if constexpr (is_std_array<T>)
    return ShapeKind::array;
  else if constexpr (is_a<T, std::tuple> || is_a<T, std::pair>)
    return ShapeKind::tuple;
  else if constexpr (path_like<T>)
    return ShapeKind::path;
  else if constexpr (duration_like<T>)
    return ShapeKind::duration;
  else if constexpr (time_point_like<T>)
    return ShapeKind::time_point;
  else if constexpr (date_like<T>)
    return ShapeKind::datetime;
  else if constexpr (map_like<T>)
    return ShapeKind::map;
  else if constexpr (set_like<T>)
    return ShapeKind::set;
  else if constexpr (list_like<T>)
    return ShapeKind::list;
  else
    return ShapeKind::structure;
}

template <class T>
inline constexpr bool supported =
    std::is_object_v<T> && !std::is_pointer_v<T> && !std::is_array_v<T> && !std::is_const_v<T> && !other_character<T> &&
    !is_string_view<T> && !unknown_clock<T> && !is_multi<T> && !std::is_union_v<T>;

}  // namespace detail

}  // namespace superconfig
