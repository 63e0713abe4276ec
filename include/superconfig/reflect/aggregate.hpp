// How many fields a plain struct has, and of which types. What cannot work stops at a static_assert; the type's name
// is in the compiler's trace as CheckedAggregate<T>.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include "superconfig/reflect/fields.hpp"

namespace superconfig::detail {

template <class... T>
struct Types {};

// Binary search: T{{}, {}, …} takes up to one brace a field.
template <class T, std::size_t Low, std::size_t High>
consteval std::size_t count_fields() noexcept {
  if constexpr (Low == High) {
    return Low;
  } else {
    constexpr std::size_t middle = (Low + High + 1) / 2;
    if constexpr (Fields<middle>::template fits<T>) {
      return count_fields<T, middle, High>();
    } else {
      return count_fields<T, Low, middle - 1>();
    }
  }
}

template <class T>
struct BaseOf {  // becomes any base of T, and nothing else
  BaseOf(const BaseOf&) = delete;
  template <class Base>
    requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T>)
  operator Base() const;  // NOLINT(google-explicit-constructor)
};

template <class T>
concept has_base = requires(const BaseOf<T>& base) { T{base}; };

struct AnyLvalue {
  template <class T>
  operator T&() const;  // NOLINT(google-explicit-constructor)
};

template <class T>
consteval std::size_t checked_count() noexcept {
  if constexpr (!std::is_class_v<T> || !std::is_aggregate_v<T>) {
    static_assert(!sizeof(T),
                  "superconfig: this type cannot be read from a configuration: it is no plain aggregate (no "
                  "constructors, no private members, no virtual functions). Make it one, or specialize "
                  "superconfig::Convert for it");
    return max_fields + 1;
  } else if constexpr (!Fields<0>::fits<T>) {
    static_assert(!sizeof(T), "superconfig: T{} does not compile, so a field that is missing would have no value");
    return max_fields + 1;
  } else if constexpr (has_base<T>) {
    static_assert(!sizeof(T),
                  "superconfig: structs with base classes cannot be reflected; make the base a field and "
                  "flatten it");
    return max_fields + 1;
  } else {
    constexpr std::size_t count = count_fields<T, 0, max_fields + 1>();
    static_assert(count <= max_fields,
                  "superconfig: structs of more than 64 fields cannot be reflected; group them "
                  "in structs and flatten these");
    if constexpr (count <= max_fields) {
      static_assert(!Fields<count>::template fits_then<T, AnyLvalue>,
                    "superconfig: a field of this struct is a reference, or cannot be made from {}");
      if constexpr (Fields<count>::template fits_then<T, AnyLvalue>) return max_fields + 1;
    }
    return count;
  }
}

template <class T>
struct CheckedAggregate {
  static constexpr std::size_t count = checked_count<T>();
  static constexpr bool ok = count <= max_fields;
};

template <class T>
inline constexpr std::size_t field_count = CheckedAggregate<T>::count;

// Not a lambda: g++ 12 silently drops the statement that names a type made of a lambda's result.
struct TypesOf {
  template <class... Field>
  constexpr Types<Field...> operator()(Field&...) const noexcept {
    return {};
  }
};

template <class T>
using FieldTypes = decltype(Fields<field_count<T>>::with(std::declval<T&>(), TypesOf{}));

}  // namespace superconfig::detail
