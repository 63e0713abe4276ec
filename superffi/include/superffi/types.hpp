// What a C++ type is called in every language: its kind, and the types within.
//
// spelling_of<T> answers at compile time; a type without a spelling does not compile. The binders convert by kind,
// the emitter writes by kind: a type that is known here is known everywhere.
//
//   nothing      void                                       integer    integers of 8 to 64 bits, not characters
//   boolean      bool                                       number     float, double
//   text         std::string, std::string_view              bytes      std::vector<std::byte or std::uint8_t>, spans of
//   them date         std::chrono::year_month_day                instant    std::chrono::sys_time<…> duration
//   std::chrono::duration<…>                   optional   std::optional<T> list         std::vector<T>, std::span<const
//   T>         map        std::map and unordered_map<std::string, T>, enumeration  an enum, declared
//   std::vector<std::pair<std::string, T>> record       an aggregate, declared: a plain value      object     any other
//   class, declared: an identity callback     std::function<…>                           tree       a dynamic value, by
//   superffi::Tree<T>
//
// Arguments come by value, `const&`, `&` (objects only) or `&&` (objects: the argument is used up). An object comes
// and goes as T, std::shared_ptr<T>, or std::shared_ptr<const T>.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace superffi {

enum class Kind : std::uint8_t {
  nothing,
  boolean,
  integer,
  number,
  text,
  bytes,
  date,
  instant,
  duration,
  optional,
  list,
  map,
  enumeration,
  record,
  object,
  callback,
  tree
};

/// Specialized for a type whose values are trees of null, bool, numbers, text, bytes, dates, lists and maps:
///   template <class Sink> static void write(const T&, Sink&);   // sink.null(), .boolean(b), .integer(i64),
///       // .natural(u64), .number(d), .text(sv), .bytes(span), .begin_list(n), .end_list(), .begin_map(n), .key(sv),
///       .end_map()
///   struct Builder { …the same members…; T take(); };           // the other way; leave out where T only goes out
template <class T>
struct Tree;

/// Specialized for a class that C and WebAssembly know by a number of 64 bits instead of a pointer, because you keep
/// track of what is alive. A number that is not alive is refused; 0 is none.
///   static std::uint64_t give(std::shared_ptr<T>);
///   static std::shared_ptr<T> look(std::uint64_t);  // null: not alive
///   static void drop(std::uint64_t);                // nothing where it is not alive
template <class T>
struct Handle;

using Bytes = std::vector<std::byte>;

namespace detail {

template <class T>
inline constexpr bool always_false = false;

template <class T>
concept bare = std::is_same_v<T, std::remove_cvref_t<T>>;

template <class T, template <class...> class Template>
inline constexpr bool is_a = false;
template <class... Args, template <class...> class Template>
inline constexpr bool is_a<Template<Args...>, Template> = true;

template <class T>
inline constexpr bool is_span = false;
template <class T>
inline constexpr bool is_span<std::span<T>> = true;

template <class T>
inline constexpr bool is_byte =
    std::is_same_v<std::remove_cv_t<T>, std::byte> || std::is_same_v<std::remove_cv_t<T>, std::uint8_t>;

template <class T>
concept result_like = requires(const T& t) {
  typename T::value_type;
  typename T::error_type;
  t.has_value();
  t.error();
};

template <class T>
concept tree_like = requires { sizeof(Tree<T>); };
template <class T>
concept numbered = requires { sizeof(Handle<T>); };

/// `std::vector<std::pair<std::string, T>>` is a map that keeps its order.
template <class T>
inline constexpr bool is_pair_list = false;
template <class V, class A>
inline constexpr bool is_pair_list<std::vector<std::pair<std::string, V>, A>> = true;

template <class T>
inline constexpr bool is_string_map = false;
template <class V, class... Rest>
inline constexpr bool is_string_map<std::map<std::string, V, Rest...>> = true;
template <class V, class... Rest>
inline constexpr bool is_string_map<std::unordered_map<std::string, V, Rest...>> = true;

template <class T>
inline constexpr bool is_sys_time = false;
template <class D>
inline constexpr bool is_sys_time<std::chrono::time_point<std::chrono::system_clock, D>> = true;

template <class T>
inline constexpr bool is_duration = false;
template <class R, class P>
inline constexpr bool is_duration<std::chrono::duration<R, P>> = true;

template <class T>
inline constexpr bool is_character =
    std::is_same_v<T, char> || std::is_same_v<T, wchar_t> || std::is_same_v<T, char8_t> ||
    std::is_same_v<T, char16_t> || std::is_same_v<T, char32_t>;

template <class T>
inline constexpr bool is_function = false;
template <class R, class... A>
inline constexpr bool is_function<std::function<R(A...)>> = true;

template <class T>
consteval Kind classify() {
  if constexpr (std::is_void_v<T>) {
    return Kind::nothing;
  } else if constexpr (std::is_same_v<T, bool>) {
    return Kind::boolean;
  } else if constexpr (std::is_integral_v<T> && !is_character<T>) {
    return Kind::integer;
  } else if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>) {
    return Kind::number;
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    return Kind::text;
  } else if constexpr (tree_like<T>) {
    return Kind::tree;
  } else if constexpr (is_a<T, std::vector> && !is_pair_list<T>) {
    return is_byte<typename T::value_type> ? Kind::bytes : Kind::list;
  } else if constexpr (is_span<T>) {
    static_assert(std::is_const_v<typename T::element_type>,
                  "superffi: a type without a spelling: a span of what may be changed; take std::span<const T>");
    return is_byte<typename T::element_type> ? Kind::bytes : Kind::list;
  } else if constexpr (is_pair_list<T> || is_string_map<T>) {
    return Kind::map;
  } else if constexpr (std::is_same_v<T, std::chrono::year_month_day>) {
    return Kind::date;
  } else if constexpr (is_sys_time<T>) {
    return Kind::instant;
  } else if constexpr (is_duration<T>) {
    return Kind::duration;
  } else if constexpr (is_a<T, std::optional>) {
    return Kind::optional;
  } else if constexpr (is_function<T>) {
    return Kind::callback;
  } else if constexpr (std::is_enum_v<T>) {
    return Kind::enumeration;
  } else if constexpr (is_a<T, std::shared_ptr>) {
    return Kind::object;
  } else if constexpr (std::is_class_v<T> && std::is_aggregate_v<T>) {
    return Kind::record;
  } else if constexpr (std::is_class_v<T>) {
    return Kind::object;
  } else {
    static_assert(always_false<T>,
                  "superffi: a type without a spelling in the other languages (types.hpp lists those that have one)");
    return Kind::nothing;
  }
}

template <class T>
struct ObjectOf {
  using type = T;
};
template <class T>
struct ObjectOf<std::shared_ptr<T>> {
  using type = std::remove_const_t<T>;
};

template <class T>
struct ItemOf {
  using type = void;
};
template <class T>
  requires(is_string_map<T>)
struct ItemOf<T> {
  using type = typename T::mapped_type;
};
template <class T>
  requires(is_pair_list<T>)
struct ItemOf<T> {
  using type = typename T::value_type::second_type;
};
template <class T>
  requires(!is_pair_list<T> && (is_a<T, std::vector> || is_a<T, std::optional>))
struct ItemOf<T> {
  using type = typename T::value_type;
};
template <class T>
struct ItemOf<std::span<T>> {
  using type = std::remove_const_t<T>;
};

}  // namespace detail

/// The kind of a type without reference and const.
template <class T>
inline constexpr Kind kind_of = detail::classify<std::remove_cvref_t<T>>();

/// The class behind an object: T for T and for std::shared_ptr<T>.
template <class T>
using object_of = typename detail::ObjectOf<std::remove_cvref_t<T>>::type;

/// What is in a list, map or optional.
template <class T>
using item_of = typename detail::ItemOf<std::remove_cvref_t<T>>::type;

/// A function that may fail gives something with has_value(), error() and operator* (std::expected, tl::expected, one
/// of your own). What it gives when it does not fail, and its error; T and void for all others.
template <class T>
struct Outcome {
  using value = T;
  using error = void;
  static constexpr bool fails = false;
};
template <detail::result_like T>
struct Outcome<T> {
  using value = typename T::value_type;
  using error = typename T::error_type;
  static constexpr bool fails = true;
};
template <class T>
using outcome_value = typename Outcome<std::remove_cvref_t<T>>::value;

/// How an argument hands over an object.
enum class Pass : std::uint8_t {
  value,     ///< no object, or a copy of one
  borrowed,  ///< `const T&`, `T&`
  consumed,  ///< `T&&`: moved from, used up
  shared     ///< std::shared_ptr<T>
};

namespace detail {

template <class P>
consteval Pass pass_of() {
  using T = std::remove_cvref_t<P>;
  if constexpr (classify<T>() != Kind::object) {
    static_assert(!std::is_lvalue_reference_v<P> || std::is_const_v<std::remove_reference_t<P>>,
                  "superffi: a type without a spelling: only objects may be changed through a reference");
    return Pass::value;
  } else if constexpr (is_a<T, std::shared_ptr>) {
    return Pass::shared;
  } else if constexpr (std::is_lvalue_reference_v<P>) {
    return Pass::borrowed;
  } else if constexpr (std::is_rvalue_reference_v<P>) {
    return Pass::consumed;
  } else {
    static_assert(
        std::is_copy_constructible_v<T>,
        "superffi: an object that cannot be copied is taken as T&& (used up), const T& or std::shared_ptr<T>");
    return Pass::value;
  }
}

/// What holds an argument of type P while the function runs: a span needs its items somewhere.
template <class P>
struct StoredAs {
  using type = std::remove_cvref_t<P>;
};
template <class P>
  requires(is_span<std::remove_cvref_t<P>> && classify<std::remove_cvref_t<P>>() == Kind::list)
struct StoredAs<P> {
  using type = std::vector<item_of<P>>;
};
template <class P>
using stored_as = typename StoredAs<P>::type;

}  // namespace detail

/// A signature taken apart. `Self` is the receiver with its const and reference; void for a function without one.
template <class R, class Self, class... Args>
struct Signature {
  using result = R;
  using self = Self;
  static constexpr std::size_t arity = sizeof...(Args);
  /// Calls F<Args...>: for code that needs the arguments as a pack.
  template <template <class...> class F>
  using apply = F<Args...>;
};

namespace detail {

template <class F>
struct SignatureOf;
template <class R, class... A>
struct SignatureOf<R (*)(A...)> {
  using type = Signature<R, void, A...>;
};
template <class R, class... A>
struct SignatureOf<R (*)(A...) noexcept> : SignatureOf<R (*)(A...)> {};

// A member without & or && is called on an lvalue, as `get()` mostly is.
#define SUPERFFI_MEMBER(qualifiers, self_type)             \
  template <class R, class C, class... A>                  \
  struct SignatureOf<R (C::*)(A...) qualifiers> {          \
    using type = Signature<R, self_type, A...>;            \
  };                                                       \
  template <class R, class C, class... A>                  \
  struct SignatureOf<R (C::*)(A...) qualifiers noexcept> { \
    using type = Signature<R, self_type, A...>;            \
  };
SUPERFFI_MEMBER(, C&)
SUPERFFI_MEMBER(const, const C&)
SUPERFFI_MEMBER(&, C&)
SUPERFFI_MEMBER(const&, const C&)
SUPERFFI_MEMBER(&&, C&&)
SUPERFFI_MEMBER(const&&, const C&)
#undef SUPERFFI_MEMBER

/// A captureless lambda or a function object: its operator() without the object.
template <class S>
struct WithoutSelf;
template <class R, class Self, class... A>
struct WithoutSelf<Signature<R, Self, A...>> {
  using type = Signature<R, void, A...>;
};
template <class F>
  requires std::is_class_v<F>
struct SignatureOf<F> {
  using type = typename WithoutSelf<typename SignatureOf<decltype(&F::operator())>::type>::type;
};

/// A method written as a free function: its first argument is the receiver.
template <class S>
struct FirstAsSelf {
  static_assert(always_false<S>, "superffi: a method that is a free function or a lambda takes its object first");
};
template <class R, class First, class... A>
struct FirstAsSelf<Signature<R, void, First, A...>> {
  using type = Signature<R, First, A...>;
};

template <class S>
struct AsMethod : FirstAsSelf<S> {};
template <class R, class Self, class... A>
  requires(!std::is_void_v<Self>)
struct AsMethod<Signature<R, Self, A...>> {
  using type = Signature<R, Self, A...>;
};

}  // namespace detail

/// A function as a compile-time constant: a pointer to a function or member, or a captureless lambda.
template <auto F>
struct Fn {
  using signature = typename detail::SignatureOf<std::remove_const_t<decltype(F)>>::type;
  using as_method = detail::AsMethod<signature>;

  template <class... A>
  static decltype(auto) call(A&&... args) {
    return std::invoke(F, std::forward<A>(args)...);
  }
};
template <auto F>
inline constexpr Fn<F> fn{};

namespace detail {
template <class S>
struct Overload {
  template <class C>
  consteval auto operator()(S C::* member) const {
    return member;
  }
  template <class F = S>
  consteval auto operator()(F* function) const {
    return function;
  }
};
}  // namespace detail

/// Chooses one of several overloads: fn<overload<void(int) const>(&T::f)>.
template <class S>
inline constexpr detail::Overload<S> overload{};

/// A constructor as a function: fn<construct<T, std::string_view, int>>.
template <class T, class... Args>
inline constexpr auto construct = [](Args... args) -> T { return T(std::forward<Args>(args)...); };

}  // namespace superffi
