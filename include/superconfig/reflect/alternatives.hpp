// Shapes of enums and variants: one of several, by name.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "superconfig/reflect/aggregate.hpp"
#include "superconfig/reflect/annotate.hpp"
#include "superconfig/reflect/containers.hpp"
#include "superconfig/reflect/kinds.hpp"
#include "superconfig/reflect/names.hpp"
#include "superconfig/shape.hpp"

namespace superconfig::detail {

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
    for (const auto& a : notes.alternatives) n += position(a.enumerator) == Table::count ? 1U : 0U;
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
    if constexpr (has_content<T>()) {
      return &ShapeFor<T>::value;
    } else {
      return nullptr;
    }
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

}  // namespace superconfig::detail
