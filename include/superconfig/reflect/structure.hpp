// Shapes of plain structs.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include "superconfig/reflect/aggregate.hpp"
#include "superconfig/reflect/annotate.hpp"
#include "superconfig/reflect/containers.hpp"
#include "superconfig/reflect/kinds.hpp"
#include "superconfig/reflect/names.hpp"
#include "superconfig/shape.hpp"

namespace superconfig::detail {

template <class T>
consteval bool may_be_nothing() noexcept {
  constexpr ShapeKind kind = kind_of<T>();
  if constexpr (kind == ShapeKind::tagged) {
    return may_be_nothing<decltype(T::value)>();
  } else if constexpr (kind == ShapeKind::secret) {
    return may_be_nothing<std::remove_cvref_t<decltype(std::declval<T&>().reveal())>>();
  } else {
    return kind == ShapeKind::optional || kind == ShapeKind::pointer;
  }
}

template <class T, class Members>
struct Structure;
template <class T, class... M>
struct Structure<T, Types<M...>> {
  static constexpr std::size_t count = sizeof...(M);
  static constexpr auto& notes = annotation<T>;

  static_assert((!std::is_const_v<M> && ...), "superconfig: a field that is const or a reference cannot be written");

  // Each name of field i against those of the fields before it.
  static constexpr void check_names(const std::array<Field, count>& made) {
    auto name_of = [&made](std::size_t i, std::size_t n) {
      return n == 0 ? made[i].name : made[i].aliases.data()[n - 1];
    };
    for (std::size_t i = 0; i < count; ++i) {
      if (made[i].skip || made[i].flatten) continue;
      for (std::size_t j = 0; j < i; ++j) {
        if (made[j].skip || made[j].flatten) continue;
        for (std::size_t n = 0; n <= made[i].aliases.size(); ++n)
          for (std::size_t m = 0; m <= made[j].aliases.size(); ++m)
            if (name_of(i, n) == name_of(j, m)) annotation_is_wrong("two fields of one name");
      }
    }
  }

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
    // `required()` on the whole type does not mean optionals.
    constexpr std::array<bool, count> optional{may_be_nothing<M>()...};
    for (std::size_t i = 0; i < count; ++i) {
      if (!optional[i]) continue;
      made[i].required = false;
      for (const FieldNotes& n : notes.fields)
        if (n.index == i) made[i].required = n.required;
    }
    if constexpr (notes.fields.size() > 0) check_names(made);
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

}  // namespace superconfig::detail
