// The vocabulary of a surface: what is offered to other languages, declared once, as data.
//
//   inline constexpr auto surface = superffi::surface("inventory", "inv", "Counts what is in store.",
//       enumeration<Unit>("Unit", "How an item is counted.", value("piece", Unit::piece, "By the piece.")),
//       record<Item>("Item", "An item in store.", field<&Item::name>("name", "What it is called.")),
//       error<Problems, ProblemsSpelling>("InventoryError", "What the store refuses."),
//       class_<Store>("Store", "A store.",
//           constructor(fn<construct<Store, std::string_view>>, "Opens an empty store.", "name"),
//           method("with_item", fn<&Store::with_item>, "A store with one more item.", "item", arg("count", 1)),
//           property("name", fn<&Store::name>, "Its name.")),
//       function("parse", fn<&parse>, "Reads a list of items.", "text"));
//
// Every declaration has a sentence, every argument a name, every type a spelling; else it does not compile.
// The binders (python.hpp, node.hpp, c.hpp) and the emitter (emit.hpp) visit this table.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "superffi/names.hpp"
#include "superffi/types.hpp"

namespace superffi {

namespace detail {
// Never defined, never constant: calling one while a surface is compiled stops the compiler at its name.
void superffi_the_sentence_must_begin_with_a_capital_and_end_with_a_full_stop();
void superffi_the_name_must_be_in_snake_case();
void superffi_the_name_must_be_in_PascalCase();

consteval const char* sentence(std::string_view text) {
  const bool good = text.size() > 2 && lower(text.front()) != text.front() &&
                    (text.back() == '.' || text.back() == ')') && text.find('\n') == std::string_view::npos;
  if (!good) superffi_the_sentence_must_begin_with_a_capital_and_end_with_a_full_stop();
  return text.data();
}
consteval const char* snake(std::string_view name) {
  if (!is_snake_case(name)) superffi_the_name_must_be_in_snake_case();
  return name.data();
}
consteval const char* pascal(std::string_view name) {
  if (!is_pascal_case(name)) superffi_the_name_must_be_in_PascalCase();
  return name.data();
}
}  // namespace detail

/// What a function is to its class.
enum class Role : std::uint8_t { constructor, method, static_method, function, iterable, getter, setter };

// Tags, written after the sentence among the argument names, in any order.

namespace detail {
inline constexpr unsigned every_language = 0b1111;
constexpr unsigned bit(Language language) { return 1U << static_cast<unsigned>(language); }

enum Flag : unsigned { flag_releases_gil = 1, flag_async = 2, flag_also_async = 4 };

template <unsigned Flags, unsigned Languages = every_language>
struct Tag {
  static constexpr unsigned flags = Flags;
  static constexpr unsigned languages = Languages;
};

struct Renamed {
  Language language;
  const char* name;
};
struct NoDefault {};
}  // namespace detail

/// Python lets other threads run while the function does. It must touch nothing of Python itself.
inline constexpr detail::Tag<detail::flag_releases_gil> releases_gil{};
/// JavaScript: the function gives a Promise; Node.js runs it off the main thread. Arguments are copied.
inline constexpr detail::Tag<detail::flag_async> async{};
/// JavaScript has both: `load`, and `loadAsync` that gives a Promise.
inline constexpr detail::Tag<detail::flag_also_async> also_async{};
/// Left out of these languages; or offered in these only.
template <Language... L>
inline constexpr detail::Tag<0, detail::every_language & ~(0U | ... | detail::bit(L))> not_in{};
template <Language... L>
inline constexpr detail::Tag<0, (0U | ... | detail::bit(L))> only_in{};
/// Another name in one language, as it stands there: in_language(Language::python, "__len__").
consteval detail::Renamed in_language(Language language, const char* name) { return {language, name}; }

/// An argument; `arg("count", 1)` has a default. In C, where there are none, the documentation names it.
template <class D = detail::NoDefault>
struct Arg {
  using default_type = D;
  static constexpr bool has_default = !std::is_same_v<D, detail::NoDefault>;
  const char* name;
  [[no_unique_address]] D value;
};
consteval Arg<> arg(const char* name) { return {detail::snake(name), {}}; }
template <class D>
consteval Arg<D> arg(const char* name, D value) {
  return {detail::snake(name), value};
}
/// The default of a list, map, text or record argument that is left out: an empty one.
struct Empty {};
inline constexpr Empty empty{};

using Names = std::array<const char*, 4>;

/// A function, method or constructor.
template <Role R, class F, class Sig, unsigned Flags, unsigned Languages, class... Args>
struct Callable {
  static constexpr Role role = R;
  using function = F;
  using signature = Sig;
  static constexpr unsigned flags = Flags;
  static constexpr bool in(Language language) { return (Languages & detail::bit(language)) != 0; }

  const char* name;
  const char* doc;
  std::tuple<Args...> args;
  Names renamed;
};

/// A value read, and perhaps written, like a member.
template <class Getter, class Setter>
struct Property {
  static constexpr bool in(Language language) { return Getter::in(language); }
  Getter getter;
  Setter setter;
};
struct ReadOnly {};

template <class E>
struct Enumerator {
  const char* name;
  E value;
  const char* doc;
};
template <class E, std::size_t N>
struct Enumeration {
  using type = E;
  const char* name;
  const char* doc;
  std::array<Enumerator<E>, N> values;
};

template <auto M>
struct Field;
template <class C, class T, T C::* M>
struct Field<M> {
  using owner = C;
  using type = T;
  static constexpr T C::* member = M;
  const char* name;
  const char* doc;
};
template <class T, class... Fields>
struct Record {
  using type = T;
  const char* name;
  const char* doc;
  std::tuple<Fields...> fields;
};

template <class E, class Spelling>
struct Error {
  using type = E;
  using spelling = Spelling;
  /// The record that describes one problem.
  using problem = std::remove_cvref_t<decltype(*std::begin(Spelling::problems(std::declval<const E&>())))>;
  const char* name;
  const char* doc;
  /// Python: the built-in exception that ours is one of, too.
  const char* python_base;
};

template <class T, class... Members>
struct Class {
  using type = T;
  const char* name;
  const char* doc;
  std::tuple<Members...> members;
};

template <class... Items>
struct Surface {
  const char* name;
  const char* prefix;
  const char* doc;
  std::tuple<Items...> items;
};

/// Some members of a class, so that a long one is declared in several places.
template <class... Members>
consteval std::tuple<Members...> group(Members... members) {
  return {members...};
}

namespace detail {

template <class T>
inline constexpr bool is_tag = false;
template <unsigned F, unsigned L>
inline constexpr bool is_tag<Tag<F, L>> = true;
template <class T>
inline constexpr bool is_name = std::is_convertible_v<T, const char*>;

template <class T>
consteval auto as_args(T value) {
  if constexpr (is_name<T>) {
    return std::tuple<Arg<>>(arg(value));
  } else if constexpr (is_a<T, Arg>) {
    return std::tuple<T>(value);
  } else {
    static_assert(is_tag<T> || std::is_same_v<T, Renamed>,
                  "superffi: after the sentence come argument names, arg(…) and tags");
    return std::tuple<>();
  }
}
template <class T>
consteval unsigned languages_of() {
  if constexpr (is_tag<T>) return T::languages;
  return every_language;
}
template <class T>
consteval unsigned flags_of() {
  if constexpr (is_tag<T>) return T::flags;
  return 0;
}

template <class Sig>
struct ForEachType;
template <class R, class Self, class... A>
struct ForEachType<Signature<R, Self, A...>> {
  // Naming the kind of each asks that it has one.
  static constexpr bool spelled = ((kind_of<A> != Kind::nothing && pass_of<A>() <= Pass::shared) && ... &&
                                   (kind_of<outcome_value<R>> <= Kind::tree));
};

template <class P, class D>
consteval bool default_fits() {
  using T = stored_as<P>;
  if constexpr (std::is_same_v<D, NoDefault>) {
    return true;
  } else if constexpr (std::is_same_v<D, Empty>) {
    return std::is_default_constructible_v<T>;
  } else {
    return std::is_constructible_v<T, D>;
  }
}
template <class Sig, class... Args>
inline constexpr bool defaults_fit = false;
template <class R, class Self, class... P, class... Args>
inline constexpr bool defaults_fit<Signature<R, Self, P...>, Args...> =
    (default_fits<P, typename Args::default_type>() && ...);

template <class... Args>
consteval bool defaults_are_last() {
  bool seen = false;
  bool good = true;
  ((good = good && (Args::has_default || !seen), seen = seen || Args::has_default), ...);
  return good;
}

template <Role R, unsigned Flags, unsigned Languages, class Sig, class F, class... Args>
consteval auto callable(const char* name, F, const char* doc, Names renamed, std::tuple<Args...> args) {
  static_assert(sizeof...(Args) == Sig::arity,
                "superffi: after the sentence there must be one name for each argument of the function");
  if constexpr (sizeof...(Args) == Sig::arity) {
    static_assert(defaults_fit<Sig, Args...>, "superffi: a default does not fit the type of its argument");
    static_assert(defaults_are_last<Args...>(), "superffi: after an argument with a default all have one");
  }
  static_assert(ForEachType<Sig>::spelled);
  return Callable<R, F, Sig, Flags, Languages, Args...>{snake(name), sentence(doc), args, renamed};
}

template <class... Rest>
consteval Names renames(Rest... rest) {
  Names names{};
  [[maybe_unused]] const auto take = [&names](auto value) {
    if constexpr (std::is_same_v<decltype(value), Renamed>)
      names[static_cast<std::size_t>(value.language)] = value.name;
  };
  (take(rest), ...);
  return names;
}

template <class F, bool Method>
struct SignatureFor {
  using type = typename F::signature;
  static_assert(std::is_void_v<typename type::self>, "superffi: this takes a free function or a lambda");
};
template <class F>
struct SignatureFor<F, true> {
  using type = typename F::as_method::type;
};

template <Role R, class F, class Doc, class... Rest>
consteval auto documented(const char* name, F f, Doc doc, Rest... rest) {
  static_assert(is_name<Doc>, "superffi: a declaration without documentation: after the function comes a sentence");
  constexpr unsigned flags = (0U | ... | flags_of<Rest>());
  constexpr unsigned languages = (every_language & ... & languages_of<Rest>());
  constexpr bool method = R == Role::method || R == Role::iterable || R == Role::getter || R == Role::setter;
  using Sig = typename SignatureFor<F, method>::type;
  return callable<R, flags, languages, Sig>(name, f, doc, renames(rest...), std::tuple_cat(as_args(rest)...));
}
template <Role R, class F>
consteval auto documented(const char* name, F) {
  static_assert(always_false<F>, "superffi: a declaration without documentation: after the function comes a sentence");
  return Callable<R, F, typename F::signature, 0U, every_language>{name, "", {}, {}};
}

template <class T>
consteval auto as_members(T member) {
  return std::tuple<T>(member);
}
template <class... T>
consteval auto as_members(std::tuple<T...> group) {
  return group;
}
template <class T, class... Members>
consteval Class<T, Members...> class_of(const char* name, const char* doc, std::tuple<Members...> members) {
  return {name, doc, members};
}

}  // namespace detail

template <auto F, class... Rest>
consteval auto method(const char* name, Fn<F> f, Rest... rest) {
  return detail::documented<Role::method>(name, f, rest...);
}
template <auto F, class... Rest>
consteval auto static_method(const char* name, Fn<F> f, Rest... rest) {
  return detail::documented<Role::static_method>(name, f, rest...);
}
/// The constructor of the class; what makes one in other ways is a static method that gives a T.
template <auto F, class... Rest>
consteval auto constructor(Fn<F> f, Rest... rest) {
  return detail::documented<Role::constructor>("new", f, rest...);
}
template <auto F, class... Rest>
consteval auto function(const char* name, Fn<F> f, Rest... rest) {
  return detail::documented<Role::function>(name, f, rest...);
}
/// What `for` walks: a function that gives a list. In C it is a function of this name.
template <auto F, class... Rest>
consteval auto iterable(const char* name, Fn<F> f, Rest... rest) {
  static_assert(kind_of<outcome_value<typename Fn<F>::as_method::type::result>> == Kind::list,
                "superffi: an iterable's function gives a list");
  return detail::documented<Role::iterable>(name, f, rest...);
}
template <auto G, class... Rest>
consteval auto property(const char* name, Fn<G> getter, Rest... rest) {
  auto get = detail::documented<Role::getter>(name, getter, rest...);
  return Property<decltype(get), ReadOnly>{get, {}};
}
template <auto G, auto S, class... Rest>
consteval auto property(const char* name, Fn<G> getter, Fn<S> setter, Rest... rest) {
  auto get = detail::documented<Role::getter>(name, getter, rest...);
  auto set = detail::documented<Role::setter>(name, setter, rest..., "value");
  return Property<decltype(get), decltype(set)>{get, set};
}

template <class E>
consteval Enumerator<E> value(const char* name, E value, const char* doc) {
  return {detail::snake(name), value, detail::sentence(doc)};
}
template <class E, class... Values>
consteval auto enumeration(const char* name, const char* doc, Values... values) {
  static_assert(std::is_enum_v<E>, "superffi: an enumeration is of an enum");
  return Enumeration<E, sizeof...(Values)>{detail::pascal(name), detail::sentence(doc), {values...}};
}

template <auto M>
consteval Field<M> field(const char* name, const char* doc) {
  static_assert(kind_of<typename Field<M>::type> != Kind::nothing);
  static_assert(kind_of<typename Field<M>::type> != Kind::callback && kind_of<typename Field<M>::type> != Kind::object,
                "superffi: a record is plain data: it has no callbacks and no objects");
  return {detail::snake(name), detail::sentence(doc)};
}
template <class T, class... Fields>
consteval auto record(const char* name, const char* doc, Fields... fields) {
  static_assert(std::is_aggregate_v<T> && std::is_default_constructible_v<T>,
                "superffi: a record is an aggregate that can be made empty; what has constructors is a class");
  return Record<T, Fields...>{detail::pascal(name), detail::sentence(doc), {fields...}};
}

/// E is the error type of results. Spelling says what it holds:
///   static R problems(const E&);              // a range of a declared record
///   static std::string message(const E&);     // all of it as text
///   static E from_callback(std::string_view); // optional: for callbacks that give a result and throw instead
template <class E, class Spelling>
consteval auto error(const char* name, const char* doc, const char* python_base = "Exception") {
  return Error<E, Spelling>{detail::pascal(name), detail::sentence(doc), python_base};
}

template <class T, class... Members>
consteval auto class_(const char* name, const char* doc, Members... members) {
  static_assert(std::is_class_v<T> && !std::is_aggregate_v<T>,
                "superffi: a class is not an aggregate; plain data is a record");
  return detail::class_of<T>(detail::pascal(name), detail::sentence(doc),
                             std::tuple_cat(detail::as_members(members)...));
}

// Looking into a surface at compile time.

namespace detail {

template <class Item, class T>
consteval bool declares_type() {
  if constexpr (requires { typename Item::type; }) return std::is_same_v<typename Item::type, T>;
  return false;
}
template <class T, class S>
inline constexpr std::size_t index_in = 0;
template <class T, class... Items>
inline constexpr std::size_t index_in<T, Surface<Items...>> = [] {
  std::size_t i = 0;
  (void)((declares_type<Items, T>() ? true : (++i, false)) || ...);
  return i;
}();
template <class S>
inline constexpr std::size_t size_of_surface = 0;
template <class... Items>
inline constexpr std::size_t size_of_surface<Surface<Items...>> = sizeof...(Items);

template <class T, class S>
inline constexpr bool is_declared = index_in<T, S> < size_of_surface<S>;

/// Every type that a type mentions has a spelling or is declared.
template <class T, class S>
struct Declared;

template <class S, class F>
struct DeclaredSignature;
template <class S, class R, class... A>
struct DeclaredSignature<S, std::function<R(A...)>> {
  static constexpr bool value = (Declared<outcome_value<R>, S>::value && ... && Declared<A, S>::value);
};
template <class S, class R, class Self, class... A>
struct DeclaredSignature<S, Signature<R, Self, A...>> {
  static constexpr bool value = (Declared<outcome_value<R>, S>::value && ... && Declared<A, S>::value);
  static constexpr bool error =
      !Outcome<std::remove_cvref_t<R>>::fails || is_declared<typename Outcome<std::remove_cvref_t<R>>::error, S>;
  static_assert(error, "superffi: the error type of a result is not declared with error<…>");
};

template <class T, class S>
struct Declared {
  static constexpr bool check() {
    using U = std::remove_cvref_t<T>;
    constexpr Kind kind = classify<U>();
    if constexpr (kind == Kind::record || kind == Kind::enumeration || kind == Kind::object) {
      static_assert(is_declared<object_of<U>, S>,
                    "superffi: a type without a spelling: neither built in (types.hpp lists those) nor declared in "
                    "this surface as class, record or enumeration");
      return true;
    } else if constexpr (kind == Kind::optional || kind == Kind::list || kind == Kind::map) {
      return Declared<item_of<U>, S>::value;
    } else if constexpr (kind == Kind::callback) {
      return DeclaredSignature<S, U>::value;
    } else {
      return true;
    }
  }
  static constexpr bool value = check();
};

template <class Item, class S>
struct DeclaredItem {
  static constexpr bool value = true;
};
template <Role R, class F, class Sig, unsigned Flags, unsigned L, class... Args, class S>
struct DeclaredItem<Callable<R, F, Sig, Flags, L, Args...>, S> : DeclaredSignature<S, Sig> {};
template <class G, class T, class S>
struct DeclaredItem<Property<G, T>, S> {
  static constexpr bool value = DeclaredItem<G, S>::value && DeclaredItem<T, S>::value;
};
template <class T, class... Members, class S>
struct DeclaredItem<Class<T, Members...>, S> {
  static constexpr bool value = (DeclaredItem<Members, S>::value && ...);
};
template <class T, class... Fields, class S>
struct DeclaredItem<Record<T, Fields...>, S> {
  static constexpr bool value = (Declared<typename Fields::type, S>::value && ...);
};
template <class E, class Spelling, class S>
struct DeclaredItem<Error<E, Spelling>, S> {
  static constexpr bool value = Declared<typename Error<E, Spelling>::problem, S>::value;
};

}  // namespace detail

/// `prefix` begins the C names.
template <class... Items>
consteval auto surface(const char* name, const char* prefix, const char* doc, Items... items) {
  static_assert((detail::DeclaredItem<Items, Surface<Items...>>::value && ...));
  return Surface<Items...>{detail::snake(name), detail::snake(prefix), detail::sentence(doc), {items...}};
}

/// The declaration of T (a class, record, enumeration or error) in a surface.
template <const auto& S, class T>
constexpr const auto& declaration_of() {
  return std::get<detail::index_in<T, std::remove_cvref_t<decltype(S)>>>(S.items);
}

/// Calls f with each declaration of a tuple, in order.
template <class Tuple, class F>
constexpr void for_each(const Tuple& items, F&& f) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (f(std::get<I>(items)), ...);
  }(std::make_index_sequence<std::tuple_size_v<Tuple>>());
}

}  // namespace superffi
