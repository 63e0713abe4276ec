// Shape: the run-time description of a type, and the one way into and out of it.
//
// The extractor is one function over shapes; it knows no C++ type. `shape_of<T>()` (reflect/shape_of.hpp) makes the
// Shape of a C++ type at compile time; DynamicShape (reflect/dynamic_shape.hpp) makes one from data, whose result is
// a Value. A Shape says what the type is; its Sink says how an object of it is written and read.
//
// Shapes are immutable, refer to each other by address (so types may be recursive) and do not own what they point
// to: the shapes of C++ types live as long as the program, those of a DynamicShape as long as it. Any thread may use
// any shape.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "superconfig/value.hpp"

namespace superconfig {

/// A reference to something callable: two words, allocates nothing. It must not outlive what it was made from.
template <class Signature>
class FunctionRef;

template <class R, class... A>
class FunctionRef<R(A...)> {
 public:
  template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef> && std::is_invocable_r_v<R, F&, A...>)
  FunctionRef(F&& f) noexcept  // NOLINT(google-explicit-constructor): as a parameter it takes any callable
      : object_(const_cast<void*>(static_cast<const void*>(std::addressof(f)))), call_([](void* object, A... a) -> R {
          return (*static_cast<std::add_pointer_t<std::remove_reference_t<F>>>(object))(std::forward<A>(a)...);
        }) {}
  R operator()(A... a) const { return call_(object_, std::forward<A>(a)...); }

 private:
  void* object_;
  R (*call_)(void*, A...);
};

enum class ShapeKind : std::uint8_t {
  boolean,
  integer,   ///< `minimum` to `maximum`
  floating,  ///< `bits` 32 or 64
  string,
  character,      ///< one code point
  path,           ///< a file system path, as written
  relative_path,  ///< a path, joined to the directory of the file that wrote it
  byte_size,      ///< `10MB`, `10MiB`, a number of bytes; `minimum` to `maximum`
  duration,       ///< `30s`, `1h30m`; in units of `period_num`/`period_den` seconds
  time_point,     ///< a point in time, counted from 1970-01-01 in units of `period_num`/`period_den` seconds
  datetime,       ///< one of the kinds in `forms`
  enumeration,    ///< one of `alternatives`, by name
  any,            ///< whatever is there, as a Value
  custom,         ///< converts itself
  optional,       ///< an `element` or nothing (null)
  pointer,        ///< an `element` that the object owns; nothing for null
  tagged,         ///< an `element` with its origin
  secret,         ///< an `element` that is masked wherever it is shown
  list,           ///< any number of `element`
  set,            ///< any number of `element`, each once
  array,          ///< exactly `length` of `element`
  tuple,          ///< exactly the `items`
  map,            ///< any number of `element` by `key`
  structure,      ///< the `fields` by name
  variant         ///< one of `alternatives`
};

/// How the alternative of a variant is told.
enum class VariantForm : std::uint8_t {
  external,  ///< by one key: `{disk = {…}}`; an alternative without content by its bare name
  internal,  ///< by a tag field beside the content's own: `{type = "disk", …}`
  untagged   ///< the first alternative that fits
};

struct Shape;
struct Rules;

/// A rule of the user's own for a field. `run` gets the finished object of the field.
struct Check {
  bool (*run)(const void* context, const void* object) = nullptr;
  const void* context = nullptr;
  std::string_view expected;  ///< "an even number"
};

/// One end of a range. Numbers of a duration count seconds.
struct Bound {
  enum class Type : std::uint8_t { none, integer, natural, floating };
  Type type = Type::none;
  std::int64_t integer = 0;   ///< negative ones, and all that fit
  std::uint64_t natural = 0;  ///< beyond the int64 range
  double floating = 0;

  constexpr Bound() = default;
  template <std::integral T>
  constexpr Bound(T i)  // NOLINT(google-explicit-constructor): range(1, 65535)
      : type(Type::integer), integer(static_cast<std::int64_t>(i)), floating(static_cast<double>(i)) {
    if constexpr (std::unsigned_integral<T>) {
      if (static_cast<std::uint64_t>(i) > static_cast<std::uint64_t>(INT64_MAX)) {
        type = Type::natural;
        natural = static_cast<std::uint64_t>(i);
      }
    }
  }
  constexpr Bound(double d) : type(Type::floating), floating(d) {}  // NOLINT(google-explicit-constructor)
  /// A chrono duration.
  template <class D>
    requires requires(D d) {
      d.count();
      D::period::num;
    }
  constexpr Bound(D d)  // NOLINT(google-explicit-constructor): range(1s, 1h)
      : Bound(static_cast<double>(d.count()) * static_cast<double>(D::period::num) /
              static_cast<double>(D::period::den)) {}
};

/// What a field's annotations ask of its value. Range, pattern, unit and form reach through optionals, pointers,
/// lists, sets and map values to the scalars and variants inside; checks see the field's object as a whole.
struct Rules {
  Bound minimum, maximum;    ///< both inclusive
  std::string_view pattern;  ///< a glob over the whole string: `*`, `?`, `[a-z]`, `[!a]`, `{one,two}`
  bool has_pattern = false;
  std::string_view unit;  ///< of a bare number: ns, us, ms, s, min, h, d for durations; kB, MiB, … for sizes
  bool has_form = false;  ///< the variant's form is `form`, with `tag`, whatever its shape says
  VariantForm form = VariantForm::untagged;
  std::string_view tag;
  std::span<const Check> checks;
};

/// A field of a structure.
struct Field {
  std::string_view name;    ///< the outside name: what files call it
  std::string_view member;  ///< what the program calls it
  const Shape* shape = nullptr;
  std::span<const std::string_view> aliases;  ///< other outside names
  const Rules* rules = nullptr;               ///< nullptr: none
  /// What a missing field is read from, in place of a Value in the configuration; nullptr: it keeps what it has.
  Value (*default_value)(const void* context) = nullptr;
  const void* default_context = nullptr;
  bool required = false;  ///< it is an error if it is missing
  bool flatten = false;   ///< its fields (a map: the keys nobody else takes) lie in the structure's own dict
  bool skip = false;      ///< neither read nor written
};

/// An alternative of a variant, or an enumerator.
struct Alternative {
  std::string_view name;                      ///< the outside name
  const Shape* content = nullptr;             ///< nullptr: it has none
  std::span<const std::string_view> aliases;  ///< other outside names
};

using Fill = FunctionRef<bool(void* object)>;
using FillFields = FunctionRef<bool(void* const* fields)>;
using Visit = FunctionRef<void(const void* key, const void* item)>;  // key: nullptr where there is none

/// How objects of a shape are written and read. Which members are there depends on the kind; the others are null.
/// `object` always points to a living object of the shape's type. A fill callback returns false when what it filled
/// is not to be kept; the sink then drops it and returns false too.
struct Sink {
  // ---- writing ----
  void (*set_bool)(const Shape&, void* object, bool) = nullptr;  // boolean
  // integer, byte_size, the count of duration and time_point; the bits of an int64 if it is negative
  void (*set_integer)(const Shape&, void* object, std::uint64_t bits, bool negative) = nullptr;
  void (*set_floating)(const Shape&, void* object, double) = nullptr;        // floating, duration
  void (*set_text)(const Shape&, void* object, std::string_view) = nullptr;  // string, path
  void (*set_character)(const Shape&, void* object, char32_t) = nullptr;     // character
  void (*set_relative_path)(const Shape&, void* object, std::string_view, const Source&) = nullptr;
  void (*set_datetime)(const Shape&, void* object, const Datetime&) = nullptr;           // datetime
  void (*set_value)(const Shape&, void* object, const Value&) = nullptr;                 // any
  void (*select)(const Shape&, void* object, std::size_t alternative) = nullptr;         // enumeration
  Result<void> (*convert)(const Shape&, void* object, const Value&) = nullptr;           // custom: one of the
  Result<void> (*convert_text)(const Shape&, void* object, std::string_view) = nullptr;  // three; the last from
  Result<void> (*convert_element)(const Shape&, void* object, Fill) = nullptr;           // an `element`
  void (*set_origin)(const Shape&, void* object, Origin) = nullptr;                      // tagged
  void (*clear)(const Shape&, void* object) = nullptr;       // optional, pointer, list, set, map
  bool (*fill)(const Shape&, void* object, Fill) = nullptr;  // optional, pointer, tagged, secret; list, set: one more
  bool (*fill_item)(const Shape&, void* object, std::size_t index, Fill) = nullptr;  // array, tuple: in order
  bool (*insert)(const Shape&, void* object, Fill key, Fill item) = nullptr;         // map; false: key twice
  bool (*fill_fields)(const Shape&, void* object, FillFields) = nullptr;             // structure
  bool (*fill_alternative)(const Shape&, void* object, std::size_t alternative, Fill) = nullptr;  // variant

  // ---- reading ----
  /// The whole object as a Value, where the sink can say it by itself: all scalars, any, custom.
  Value (*get)(const Shape&, const void* object) = nullptr;
  const void* (*content)(const Shape&, const void* object) = nullptr;  // optional, pointer: nullptr for nothing;
                                                                       // tagged, secret, variant
  std::size_t (*which)(const Shape&, const void* object) = nullptr;    // enumeration, variant
  void (*each)(const Shape&, const void* object, Visit) = nullptr;     // list, set, array, tuple, map
};

struct Shape {
  ShapeKind kind = ShapeKind::any;
  std::uint8_t bits = 0;      ///< floating: 32 or 64
  bool is_floating = false;   ///< duration: stored as a floating number
  bool is_local = false;      ///< time_point: without an offset
  std::uint8_t forms = 0;     ///< datetime: bit i allows Datetime::Form i
  bool deny_unknown = false;  ///< structure: a key that is no field is an error
  bool flattens = false;      ///< structure: a field is flattened
  bool starts_empty = false;  ///< structure: a new object has no values of its own (those described by data)
  VariantForm form = VariantForm::untagged;  ///< variant
  std::string_view name;                     ///< what the type is called
  std::int64_t minimum = INT64_MIN;          ///< integer, byte_size, and the count of duration, time_point
  std::uint64_t maximum = UINT64_MAX;
  std::int64_t period_num = 1, period_den = 1;  ///< duration, time_point: seconds a unit
  std::size_t length = 0;                       ///< array
  const Shape* key = nullptr;                   ///< map
  const Shape* element = nullptr;               ///< optional, pointer, tagged, secret, list, set, array, map;
                                                ///< custom: what it is converted from, if it is of a type itself
  std::span<const Shape* const> items;          ///< tuple
  std::span<const Field> fields;                ///< structure; names in declaration order
  std::span<const Alternative> alternatives;    ///< enumeration, variant
  std::string_view tag;                         ///< variant, internal
  std::string_view expected;                    ///< custom: "a colour such as #ff8000"
  const Sink* sink = nullptr;
  const void* context = nullptr;  ///< the sink's own
};

/// The shape inside optionals, pointers, tags and secrets.
const Shape& unwrap(const Shape& shape) noexcept;

/// A key that a structure knows, as files call it.
struct KnownField {
  std::string_view name;
  std::span<const std::string_view> aliases;
  const Shape* shape = nullptr;  ///< nullptr for the tag of a variant
};

/// The keys that an object of this shape may have, those of flattened fields lifted to where they are written; of a
/// variant those of all its alternatives. Empty for shapes that are no dicts and for maps. `shape` is unwrapped.
std::vector<KnownField> known_fields(const Shape& shape);

/// True if any other key may be there too without being unknown: a map, any value, a structure with a flattened map.
bool keys_open(const Shape& shape);

/// Whether what lies at the path of outside names and array indexes below an object of this shape is a Secret<T>, or
/// inside one. For those who show a tree and know its type.
bool is_secret(const Shape& shape, std::span<const std::string> path);

namespace detail {
/// What a conversion that gives nothing reports: invalid_value; expected and found are filled in by the extractor.
Errors not_converted();
}  // namespace detail

}  // namespace superconfig
