// Annotations: what a type says about itself that its fields cannot.
//
//   struct Server {
//     std::string host = "localhost";
//     std::uint16_t port = 8080;
//     std::chrono::milliseconds timeout{500};
//
//     static constexpr auto superconfig() {
//       using namespace superconfig;
//       return annotate(field(&Server::host).required(),
//                       field(&Server::port).rename("listen-port").alias("port").range(1, 65535),
//                       field(&Server::timeout).unit("ms"),
//                       deny_unknown());
//     }
//   };
//
// For types you cannot change, enums and variants, specialize Annotations:
//
//   template <>
//   struct superconfig::Annotations<Level> {
//     static constexpr auto value = annotate(enumerator(Level::very_low, "very-low"));
//   };
//   template <>
//   struct superconfig::Annotations<std::variant<Memory, Disk>> {
//     static constexpr auto value = annotate(internal("type"), alternative<Disk>("disk"));
//   };
//
// All of it is evaluated at compile time: texts are literals, checks are captureless lambdas.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <utility>

#include "superconfig/reflect/aggregate.hpp"
#include "superconfig/reflect/kinds.hpp"
#include "superconfig/reflect/names.hpp"
#include "superconfig/shape.hpp"
#include "superconfig/types.hpp"

namespace superconfig {

/// Specialize with `static constexpr auto value = annotate(…)` for a type that has no `superconfig()` of its own.
template <class T>
struct Annotations {};

namespace detail {

// Reached only while compiling, where calling a function that is not constexpr is the error message.
void annotation_is_wrong(const char* why);

inline constexpr std::size_t max_aliases = 8;
inline constexpr std::size_t max_checks = 4;

struct Names {
  std::array<std::string_view, max_aliases> names{};
  std::size_t count = 0;
  constexpr void add(std::string_view name) {
    if (count == max_aliases) annotation_is_wrong("at most 8 aliases");
    names[count++] = name;
  }
  [[nodiscard]] constexpr std::span<const std::string_view> list() const { return {names.data(), count}; }
};

/// A default that is written as a literal.
struct Literal {
  enum class Type : std::uint8_t { null, boolean, integer, natural, floating, text };
  Type type = Type::null;
  std::int64_t integer = 0;
  std::uint64_t natural = 0;
  double floating = 0;
  std::string_view text;

  constexpr Literal() = default;
  constexpr Literal(std::nullptr_t) {}                                  // NOLINT
  constexpr Literal(bool b) : type(Type::boolean), integer(b) {}        // NOLINT
  constexpr Literal(double d) : type(Type::floating), floating(d) {}    // NOLINT
  constexpr Literal(std::string_view t) : type(Type::text), text(t) {}  // NOLINT
  constexpr Literal(const char* t) : type(Type::text), text(t) {}       // NOLINT
  template <std::integral I>
    requires(!std::same_as<I, bool>)
  constexpr Literal(I i)  // NOLINT
      : type(std::is_signed_v<I> ? Type::integer : Type::natural),
        integer(static_cast<std::int64_t>(i)),
        natural(static_cast<std::uint64_t>(i)) {}
};
/// As a Default of a Field; `literal` points to a Literal.
Value literal_value(const void* literal);

struct FieldNotes {
  std::size_t index = 0;
  std::string_view name;
  bool renamed = false, required = false, flatten = false, skip = false, has_default = false, has_rules = false;
  Names aliases;
  Literal literal;
  Value (*make_default)(const void*) = nullptr;
  Rules rules;  // without the checks
  std::array<Check, max_checks> checks{};
  std::size_t check_count = 0;
};

struct AlternativeNotes {
  std::int64_t enumerator = 0;
  std::string_view type;  // of a variant's alternative, as the compiler spells it
  std::string_view name;
  Names aliases;
};

struct TypeNotes {
  std::string_view name;
  bool deny_unknown = false, required = false;
  bool has_form = false;
  VariantForm form = VariantForm::untagged;
  std::string_view tag;
};

template <std::size_t FieldCount, std::size_t AlternativeCount>
struct Annotation : TypeNotes {
  std::array<FieldNotes, FieldCount> fields{};
  std::array<AlternativeNotes, AlternativeCount> alternatives{};
};

// What the scalars inside a field's type are: the kind that range, pattern, unit and form apply to.
template <class M>
consteval ShapeKind leaf_kind() noexcept {
  constexpr ShapeKind kind = kind_of<M>();
  if constexpr (kind == ShapeKind::optional || kind == ShapeKind::list || kind == ShapeKind::set ||
                kind == ShapeKind::array) {
    return leaf_kind<typename M::value_type>();
  } else if constexpr (kind == ShapeKind::pointer) {
    return leaf_kind<std::remove_const_t<typename M::element_type>>();
  } else if constexpr (kind == ShapeKind::tagged) {
    return leaf_kind<decltype(M::value)>();
  } else if constexpr (kind == ShapeKind::secret) {
    return leaf_kind<std::remove_cvref_t<decltype(std::declval<M&>().reveal())>>();
  } else if constexpr (kind == ShapeKind::map) {
    return leaf_kind<typename M::mapped_type>();
  } else {
    return kind;
  }
}
// Flattened fields lie in the dict itself, so there can be no list on the way.
template <class M>
consteval bool can_flatten() noexcept {
  constexpr ShapeKind kind = kind_of<M>();
  if constexpr (kind == ShapeKind::optional) {
    return can_flatten<typename M::value_type>();
  } else if constexpr (kind == ShapeKind::pointer) {
    return can_flatten<std::remove_const_t<typename M::element_type>>();
  } else if constexpr (kind == ShapeKind::tagged) {
    return can_flatten<decltype(M::value)>();
  } else if constexpr (kind == ShapeKind::secret) {
    return can_flatten<std::remove_cvref_t<decltype(std::declval<M&>().reveal())>>();
  } else {
    return kind == ShapeKind::structure || kind == ShapeKind::map || kind == ShapeKind::variant ||
           kind == ShapeKind::any || kind == ShapeKind::custom;
  }
}
template <class M>
consteval bool leaf_is(std::initializer_list<ShapeKind> kinds) noexcept {
  for (ShapeKind kind : kinds)
    if (leaf_kind<M>() == kind) return true;
  return false;
}

struct DenyUnknown {};
struct RequiredAll {};
struct TypeName {
  std::string_view name;
};
struct Form {
  VariantForm form;
  std::string_view tag;
};

template <std::size_t F, std::size_t A>
struct AnnotationBuilder {
  Annotation<F, A> made{};
  std::size_t fields = 0, alternatives = 0;

  constexpr void add(const FieldNotes& notes) {
    for (std::size_t i = 0; i < fields; ++i)
      if (made.fields[i].index == notes.index) annotation_is_wrong("one field(…) a field, with all its annotations");
    made.fields[fields++] = notes;
  }
  constexpr void add(const AlternativeNotes& notes) { made.alternatives[alternatives++] = notes; }
  constexpr void add(DenyUnknown) { made.deny_unknown = true; }
  constexpr void add(RequiredAll) { made.required = true; }
  constexpr void add(TypeName name) { made.name = name.name; }
  constexpr void add(Form form) {
    made.has_form = true;
    made.form = form.form;
    made.tag = form.tag;
  }
};

template <class T>
consteval auto annotation_of() {
  if constexpr (requires { Annotations<T>::value; }) {
    return Annotations<T>::value;
  } else if constexpr (requires { T::superconfig(); }) {
    return T::superconfig();
  } else {
    return Annotation<0, 0>{};
  }
}
// An object, so that shapes can point into it.
template <class T>
inline constexpr auto annotation = annotation_of<T>();

}  // namespace detail

/// What `field(&T::member)` gives: each call adds one annotation and returns the whole.
template <class M>
class FieldAnnotation : public detail::FieldNotes {
 public:
  constexpr explicit FieldAnnotation(std::size_t position) { index = position; }

  /// The outside name, in place of the member's.
  [[nodiscard]] constexpr FieldAnnotation rename(std::string_view outside_name) const {
    auto a = *this;
    a.FieldNotes::name = outside_name;
    a.renamed = true;
    return a;
  }
  /// One more outside name (up to 8); writing uses the first.
  [[nodiscard]] constexpr FieldAnnotation alias(std::string_view other_name) const {
    auto a = *this;
    a.aliases.add(other_name);
    return a;
  }
  /// A missing field is an error.
  [[nodiscard]] constexpr FieldAnnotation required() const {
    auto a = *this;
    a.FieldNotes::required = true;
    return a;
  }
  /// What a missing field (not: a null) is read from, as a file would write it: `default_value("30s")`.
  [[nodiscard]] constexpr FieldAnnotation default_value(detail::Literal literal_value) const {
    auto a = *this;
    a.literal = literal_value;
    a.has_default = true;
    a.make_default = nullptr;
    return a;
  }
  /// The same, computed when needed by a captureless lambda that returns something a Value can be made of.
  template <class F>
    requires std::is_empty_v<F>
  [[nodiscard]] constexpr FieldAnnotation default_from(F) const {
    static_assert(std::is_default_constructible_v<F>, "superconfig: give a captureless lambda");
    auto a = *this;
    a.has_default = true;
    a.make_default = [](const void*) -> Value { return Value(F{}()); };
    return a;
  }
  /// The field's own fields lie beside this one's; a flattened map takes the keys that nobody else does.
  [[nodiscard]] constexpr FieldAnnotation flatten() const {
    static_assert(detail::can_flatten<M>(),
                  "superconfig: only structs, maps, variants and Value can be flattened, and "
                  "optionals of these");
    auto a = *this;
    a.FieldNotes::flatten = true;
    return a;
  }
  /// Neither read nor written.
  [[nodiscard]] constexpr FieldAnnotation skip() const {
    auto a = *this;
    a.FieldNotes::skip = true;
    return a;
  }
  /// Both ends are allowed. Integers, floats, byte sizes, and durations (`range(1s, 1h)`, a bare number is seconds).
  [[nodiscard]] constexpr FieldAnnotation range(Bound minimum, Bound maximum) const {
    static_assert(can_range, "superconfig: a range is for numbers, sizes and durations");
    auto a = *this;
    a.rules.minimum = minimum;
    a.rules.maximum = maximum;
    a.has_rules = true;
    return a;
  }
  [[nodiscard]] constexpr FieldAnnotation at_least(Bound minimum) const {
    static_assert(can_range, "superconfig: a range is for numbers, sizes and durations");
    auto a = *this;
    a.rules.minimum = minimum;
    a.has_rules = true;
    return a;
  }
  [[nodiscard]] constexpr FieldAnnotation at_most(Bound maximum) const {
    static_assert(can_range, "superconfig: a range is for numbers, sizes and durations");
    auto a = *this;
    a.rules.maximum = maximum;
    a.has_rules = true;
    return a;
  }
  /// A glob that the whole string must match: `*`, `?`, `[a-z]`, `[!a]`, `{one,two}`, backslash for the character.
  [[nodiscard]] constexpr FieldAnnotation pattern(std::string_view glob) const {
    static_assert(detail::leaf_is<M>({ShapeKind::string, ShapeKind::path, ShapeKind::relative_path, ShapeKind::custom,
                                      ShapeKind::variant}),
                  "superconfig: a pattern is for strings and paths");
    auto a = *this;
    a.rules.pattern = glob;
    a.rules.has_pattern = true;
    a.has_rules = true;
    return a;
  }
  /// What a bare number counts: ns, us, ms, s, min, h, d of a duration; B, kB, MB, MiB, … of a ByteSize.
  [[nodiscard]] constexpr FieldAnnotation unit(std::string_view unit_name) const {
    static_assert(
        detail::leaf_is<M>({ShapeKind::duration, ShapeKind::byte_size, ShapeKind::variant, ShapeKind::custom}),
        "superconfig: a unit is for durations and sizes");
    if (detail::leaf_kind<M>() != ShapeKind::byte_size && detail::time_unit(unit_name) == 0)
      detail::annotation_is_wrong("unit of a duration: one of ns us ms s min h d w");
    if (detail::leaf_kind<M>() == ShapeKind::byte_size && detail::size_unit(unit_name) == 0)
      detail::annotation_is_wrong("unit of a size: one of B kB KiB MB MiB GB GiB …");
    auto a = *this;
    a.rules.unit = unit_name;
    a.has_rules = true;
    return a;
  }
  /// A rule of your own: a captureless lambda over the field's finished value, and what it wants ("an even number").
  template <class F>
    requires std::is_invocable_r_v<bool, F, const M&>
  [[nodiscard]] constexpr FieldAnnotation check(F, std::string_view expected) const {
    static_assert(std::is_empty_v<F> && std::is_default_constructible_v<F>,
                  "superconfig: check takes a captureless lambda");
    if (check_count == detail::max_checks) detail::annotation_is_wrong("at most 4 checks");
    auto a = *this;
    a.checks[a.check_count++] = {
        [](const void*, const void* object) -> bool { return F{}(*static_cast<const M*>(object)); }, nullptr, expected};
    a.has_rules = true;
    return a;
  }
  /// A variant (also one inside containers) whose alternative is named by a field beside its own.
  [[nodiscard]] constexpr FieldAnnotation internal(std::string_view tag) const {
    return with_form(VariantForm::internal, tag);
  }
  /// A variant whose alternative is named by one key around it.
  [[nodiscard]] constexpr FieldAnnotation external() const { return with_form(VariantForm::external, {}); }
  /// A variant that takes the first alternative that fits.
  [[nodiscard]] constexpr FieldAnnotation untagged() const { return with_form(VariantForm::untagged, {}); }

 private:
  static constexpr bool can_range = detail::leaf_is<M>({ShapeKind::integer, ShapeKind::floating, ShapeKind::byte_size,
                                                        ShapeKind::duration, ShapeKind::variant, ShapeKind::custom});

  [[nodiscard]] constexpr FieldAnnotation with_form(VariantForm form, std::string_view tag) const {
    static_assert(detail::leaf_is<M>({ShapeKind::variant}), "superconfig: only variants have a form");
    auto a = *this;
    a.rules.has_form = true;
    a.rules.form = form;
    a.rules.tag = tag;
    a.has_rules = true;
    return a;
  }
};

/// Annotates one field: `field(&Server::port).range(1, 65535)`.
template <class T, class M>
consteval FieldAnnotation<M> field(M T::* member) {
  constexpr std::size_t count = detail::field_count<T>;
  std::size_t index = detail::field_index<T, count>(member);
  if (index == count) detail::annotation_is_wrong("field: no field of this struct");
  return FieldAnnotation<M>(index);
}

/// What `enumerator` and `alternative` give.
class AlternativeAnnotation : public detail::AlternativeNotes {
 public:
  /// One more outside name (up to 8).
  [[nodiscard]] constexpr AlternativeAnnotation alias(std::string_view other_name) const {
    auto a = *this;
    a.aliases.add(other_name);
    return a;
  }
};

/// Names an enumerator, or one that is not found because it lies outside -128 to 127 (0 to 255 of unsigned bytes).
template <class E>
  requires std::is_enum_v<E>
constexpr AlternativeAnnotation enumerator(E value, std::string_view name) {
  AlternativeAnnotation a;
  a.enumerator = static_cast<std::int64_t>(value);
  a.name = name;
  return a;
}

/// Names an alternative of a variant by its type. Without it structs go by their own name.
template <class T>
constexpr AlternativeAnnotation alternative(std::string_view name) {
  AlternativeAnnotation a;
  a.type = detail::type_name<T>;
  a.name = name;
  return a;
}

/// A key that is no field is an error (also asked for by a call: ExtractOptions::deny_unknown).
constexpr detail::DenyUnknown deny_unknown() { return {}; }
/// Every field must be there, but optionals, those with a default and skipped ones.
constexpr detail::RequiredAll required() { return {}; }
/// The type's name as an alternative of a variant.
constexpr detail::TypeName called(std::string_view name) { return {name}; }
/// The form of a variant, for Annotations<std::variant<…>>.
constexpr detail::Form internal(std::string_view tag) { return {VariantForm::internal, tag}; }
constexpr detail::Form external() { return {VariantForm::external, {}}; }
constexpr detail::Form untagged() { return {VariantForm::untagged, {}}; }

/// All annotations of a type, in any order.
template <class... Parts>
consteval auto annotate(const Parts&... parts) {
  constexpr std::size_t fields = (std::size_t{std::is_base_of_v<detail::FieldNotes, Parts>} + ... + 0);
  constexpr std::size_t alternatives = (std::size_t{std::is_base_of_v<detail::AlternativeNotes, Parts>} + ... + 0);
  detail::AnnotationBuilder<fields, alternatives> builder;
  (builder.add(parts), ...);
  return builder.made;
}

}  // namespace superconfig
