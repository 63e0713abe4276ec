// Types of your own.
//
//   template <>
//   struct superconfig::Convert<Colour> {
//     static std::optional<Colour> from(std::string_view text) { return parse_colour(text); }
//     static std::string to(const Colour& colour) { return colour.text(); }
//     static constexpr std::string_view expected = "a colour such as #ff8000";
//   };
#pragma once

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "superconfig/error.hpp"
#include "superconfig/reflect/containers.hpp"
#include "superconfig/reflect/kinds.hpp"
#include "superconfig/shape.hpp"
#include "superconfig/value.hpp"

namespace superconfig {

/// How a type of your own is converted. Specialize it with
///   static R from(A);                       // A: std::string_view, const Value&, or any type this library can read
///   static W to(const T&);                  // optional; W: anything a Value can be made of, or this library can write
///   static constexpr std::string_view expected = "a colour such as #ff8000";   // optional, for messages
/// R is T, std::optional<T> (nothing: invalid_value), or Result<T> (its errors are placed at the value). T must be
/// default constructible and movable; from and to must not be overloaded.
template <class T>
struct Convert;

template <class T>
Value to_value(const T& object);

namespace detail {

template <class R, class A>
A argument_of(R (*)(A));

template <class T>
struct Custom {
  using Argument = decltype(argument_of(&Convert<T>::from));
  using From = std::remove_cvref_t<Argument>;
  static constexpr bool from_text = std::is_same_v<From, std::string_view>;
  static constexpr bool from_value = std::is_same_v<From, Value>;
  static constexpr bool from_other = !from_text && !from_value;

  static consteval std::string_view expected() {
    if constexpr (requires { Convert<T>::expected; }) {
      return Convert<T>::expected;
    } else {
      return {};
    }
  }
  template <class R>
  static Result<void> take(T& target, R&& result) {
    if constexpr (is_a<std::remove_cvref_t<R>, Result>) {
      if (!result) return result.error();
      target = *std::move(result);
    } else if constexpr (is_a<std::remove_cvref_t<R>, std::optional>) {
      if (!result) return not_converted();
      target = *std::move(result);
    } else {
      target = std::forward<R>(result);
    }
    return {};
  }
  static constexpr Sink make_sink() {
    Sink sink;
    if constexpr (from_text) {
      sink.convert_text = [](const Shape&, void* o, std::string_view text) {
        return take(as<T>(o), Convert<T>::from(text));
      };
    } else if constexpr (from_value) {
      sink.convert = [](const Shape&, void* o, const Value& v) { return take(as<T>(o), Convert<T>::from(v)); };
    } else {
      sink.convert_element = [](const Shape&, void* o, Fill fill) -> Result<void> {
        From other{};
        if (!fill(&other)) return {};
        return take(as<T>(o), Convert<T>::from(std::move(other)));
      };
    }
    if constexpr (requires(const T& object) { Convert<T>::to(object); }) {
      sink.get = [](const Shape&, const void* o) {
        if constexpr (requires { Value(Convert<T>::to(as<T>(o))); }) {
          return Value(Convert<T>::to(as<T>(o)));
        } else {
          return superconfig::to_value(Convert<T>::to(as<T>(o)));
        }
      };
    }
    return sink;
  }
  static constexpr Sink instance = make_sink();

  static constexpr Shape shape() {
    Shape made = wrapper<T>(ShapeKind::custom, &instance, nullptr);
    made.expected = expected();
    if constexpr (from_other) made.element = &ShapeFor<From>::value;
    return made;
  }
};

}  // namespace detail

}  // namespace superconfig
