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
// A type of your own: specialize Convert (below). Containers of the standard's kind are known by what they can do,
// not by name, so those of other libraries work too.
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
#include "superconfig/reflect/annotate.hpp"
#include "superconfig/reflect/containers.hpp"
#include "superconfig/reflect/kinds.hpp"
#include "superconfig/reflect/names.hpp"
#include "superconfig/reflect/scalars.hpp"
#include "superconfig/shape.hpp"
#include "superconfig/types.hpp"

namespace superconfig {

/// How a type of your own is converted. Specialize it with
///   static R from(A);                       // A: std::string_view, const Value&, or any type this library can read
///   static W to(const T&);                  // optional; W: anything a Value can be made of, or this library can write
///   static constexpr std::string_view expected = "a colour such as #ff8000";   // optional, for messages
/// R is T, std::optional<T> (nothing: invalid_value), or Result<T> (its errors are placed at the value). T must be
/// default constructible and movable; from and to must not be overloaded.
template <class T>
struct Convert;

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

// ---- structs ----

template <class T, class Members>
struct Structure;
template <class T, class... M>
struct Structure<T, Types<M...>> {
  static constexpr std::size_t count = sizeof...(M);
  static constexpr auto& notes = annotation<T>;

  static_assert((!std::is_const_v<M> && ...),
                "superconfig: a field that is const or a reference cannot be written");

  static constexpr auto rules = [] {
    std::array<Rules, notes.fields.size()> made{};
    for (std::size_t i = 0; i < made.size(); ++i) {
      made[i] = notes.fields[i].rules;
      made[i].checks = {notes.fields[i].checks.data(), notes.fields[i].check_count};
    }
    return made;
  }();

  static constexpr auto fields = [] {
    constexpr auto names = field_names<T, count>();
    constexpr std::array<const Shape*, count> shapes{&ShapeFor<M>::value...};
    std::array<Field, count> made{};
    for (std::size_t i = 0; i < count; ++i) {
      made[i].name = made[i].member = names[i];
      made[i].shape = shapes[i];
      made[i].required = notes.required;
    }
    for (std::size_t i = 0; i < notes.fields.size(); ++i) {
      const FieldNotes& n = notes.fields[i];
      Field& field = made[n.index];
      if (n.renamed) field.name = n.name;
      if (n.aliases.count > 0) field.aliases = n.aliases.list();
      if (n.has_rules) field.rules = &rules[i];
      if (n.has_default) {
        field.default_value = n.make_default ? n.make_default : literal_value;
        field.default_context = &n.literal;
      }
      field.required = n.required || (notes.required && !n.has_default);
      field.flatten = n.flatten;
      field.skip = n.skip;
    }
    // What `required()` on the whole type does not ask of: optionals.
    constexpr std::array<bool, count> may_be_missing{(is_a<M, std::optional> || is_pointer<M>)...};
    for (std::size_t i = 0; i < count; ++i) {
      if (!may_be_missing[i]) continue;
      bool own = false;
      for (const FieldNotes& n : notes.fields) own = own || (n.index == i && n.required);
      made[i].required = own;
    }
    return made;
  }();

  static constexpr Sink make_sink() {
    Sink sink;
    sink.fill_fields = [](const Shape&, void* o, FillFields fill) {
      return Fields<count>::with(as<T>(o), [&](auto&... field) {
        void* const pointers[] = {static_cast<void*>(std::addressof(field))..., nullptr};
        return fill(pointers);
      });
    };
    return sink;
  }
  static constexpr Sink instance = make_sink();

  static constexpr Shape shape() {
    Shape made = wrapper<T>(ShapeKind::structure, &instance, nullptr);
    made.name = notes.name.empty() ? short_name(type_name<T>) : notes.name;
    made.fields = fields;
    made.deny_unknown = notes.deny_unknown;
    for (const Field& field : fields) made.flattens = made.flattens || field.flatten;
    return made;
  }
};

// ---- enums ----

template <class E>
struct Enumeration {
  using Table = Enumerators<E>;
  static constexpr auto& notes = annotation<E>;

  static constexpr std::size_t position(std::int64_t value) {
    for (std::size_t i = 0; i < Table::count; ++i)
      if (static_cast<std::int64_t>(Table::table.values[i]) == value) return i;
    return Table::count;
  }
  static constexpr std::size_t extra = [] {
    std::size_t n = 0;
    for (const auto& a : notes.alternatives) n += position(a.enumerator) == Table::count ? 1 : 0;
    return n;
  }();
  static constexpr std::size_t count = Table::count + extra;
  static_assert(count > 0,
                "superconfig: this enum has no enumerator from -128 to 127; name them: "
                "Annotations<E>::value = annotate(enumerator(E::x, \"x\"), …)");

  static constexpr auto values = [] {
    std::array<E, count> made{};
    for (std::size_t i = 0; i < Table::count; ++i) made[i] = Table::table.values[i];
    std::size_t n = Table::count;
    for (const auto& a : notes.alternatives)
      if (position(a.enumerator) == Table::count) made[n++] = static_cast<E>(a.enumerator);
    return made;
  }();
  static constexpr auto alternatives = [] {
    std::array<Alternative, count> made{};
    for (std::size_t i = 0; i < Table::count; ++i) made[i].name = Table::table.names[i];
    std::size_t n = Table::count;
    for (const auto& a : notes.alternatives) {
      std::size_t i = position(a.enumerator);
      if (i == Table::count) i = n++;
      made[i].name = a.name;
      if (a.aliases.count > 0) made[i].aliases = a.aliases.list();
    }
    return made;
  }();

  static constexpr Sink make_sink() {
    Sink sink;
    sink.select = [](const Shape&, void* o, std::size_t i) { as<E>(o) = values[i]; };
    sink.which = [](const Shape&, const void* o) {
      std::size_t i = 0;
      while (i < count && values[i] != as<E>(o)) ++i;
      return i;
    };
    return sink;
  }
  static constexpr Sink instance = make_sink();

  static constexpr Shape shape() {
    Shape made = wrapper<E>(ShapeKind::enumeration, &instance, nullptr);
    made.name = short_name(type_name<E>);
    made.alternatives = alternatives;
    return made;
  }
};

// ---- variants ----

template <class T>
consteval bool has_content() {
  if constexpr (std::is_same_v<T, std::monostate>) {
    return false;
  } else if constexpr (kind_of<T>() == ShapeKind::structure) {
    return field_count<T> > 0;
  } else {
    return true;
  }
}

template <class T>
consteval std::string_view alternative_name() {
  if constexpr (std::is_same_v<T, std::monostate>) {
    return "none";
  } else if constexpr (kind_of<T>() == ShapeKind::structure) {
    return annotation<T>.name.empty() ? short_name(type_name<T>) : annotation<T>.name;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return "string";
  } else {
    return short_name(type_name<T>);
  }
}

template <class V>
struct Variant;
template <class... A>
struct Variant<std::variant<A...>> {
  using V = std::variant<A...>;
  static constexpr std::size_t count = sizeof...(A);
  static constexpr auto& notes = annotation<V>;

  template <class T>
  static constexpr const Shape* content_shape() {
    if constexpr (has_content<T>()) return &ShapeFor<T>::value;
    return nullptr;
  }
  static constexpr auto alternatives = [] {
    std::array<Alternative, count> made{Alternative{alternative_name<A>(), content_shape<A>(), {}}...};
    constexpr std::array<std::string_view, count> types{type_name<A>...};
    for (std::size_t i = 0; i < count; ++i) {
      for (const auto& n : notes.alternatives) {
        if (n.type != types[i]) continue;
        made[i].name = n.name;
        if (n.aliases.count > 0) made[i].aliases = n.aliases.list();
      }
    }
    return made;
  }();

  template <std::size_t I>
  static bool fill(V& variant, Fill fill) {
    variant.template emplace<I>();
    return fill(std::get_if<I>(&variant));
  }
  static constexpr Sink make_sink() {
    Sink sink;
    sink.fill_alternative = [](const Shape&, void* o, std::size_t i, Fill fill_content) {
      return [&]<std::size_t... I>(std::index_sequence<I...>) {
        constexpr bool (*table[])(V&, Fill) = {&fill<I>...};
        return table[i](as<V>(o), fill_content);
      }(std::make_index_sequence<count>());
    };
    sink.which = [](const Shape&, const void* o) { return as<V>(o).index(); };
    sink.content = [](const Shape&, const void* o) -> const void* {
      return [&]<std::size_t... I>(std::index_sequence<I...>) {
        const void* content = nullptr;
        ((as<V>(o).index() == I ? void(content = std::get_if<I>(&as<V>(o))) : void()), ...);
        return content;
      }(std::make_index_sequence<count>());
    };
    return sink;
  }
  static constexpr Sink instance = make_sink();

  static constexpr Shape shape() {
    Shape made = wrapper<V>(ShapeKind::variant, &instance, nullptr);
    made.alternatives = alternatives;
    made.form = notes.has_form ? notes.form : VariantForm::untagged;
    made.tag = notes.tag;
    return made;
  }
};

// ---- types that convert themselves ----

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

// ---- all types ----

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
    if constexpr (CheckedAggregate<T>::ok) return Structure<T, FieldTypes<T>>::shape();
    return {};
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
