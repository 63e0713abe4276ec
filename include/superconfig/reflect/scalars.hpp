// Shapes and sinks of types that hold one value.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

#include "superconfig/reflect/kinds.hpp"
#include "superconfig/reflect/names.hpp"
#include "superconfig/shape.hpp"
#include "superconfig/types.hpp"

namespace superconfig::detail {

// Defined in the library.
Value character_value(char32_t character);                     // a string of one code point
Value duration_value(const Shape& shape, std::int64_t count);  // text
Value duration_value(const Shape& shape, double count);        // text
Value time_value(const Shape& shape, std::int64_t count);      // a datetime; text if it is out of its range

template <class T>
T& as(void* object) noexcept {
  return *static_cast<T*>(object);
}
template <class T>
const T& as(const void* object) noexcept {
  return *static_cast<const T*>(object);
}

template <class T>
struct DurationOf {
  using type = T;
};
template <time_point_like T>
struct DurationOf<T> {
  using type = typename T::duration;
};

template <class T>
constexpr Shape wrapper(ShapeKind kind, const Sink* sink, const Shape* element) {
  Shape shape;
  shape.kind = kind;
  shape.name = type_name<T>;
  shape.sink = sink;
  shape.element = element;
  return shape;
}

template <class T>
Value get_scalar(const Shape&, const void* object) {
  return Value(as<T>(object));
}

template <class T>
struct Scalars {
  static constexpr Sink make() {
    Sink sink;
    if constexpr (std::same_as<T, bool>) {
      sink.set_bool = [](const Shape&, void* o, bool b) { as<bool>(o) = b; };
      sink.get = get_scalar<T>;
    } else if constexpr (std::same_as<T, char32_t>) {
      sink.set_character = [](const Shape&, void* o, char32_t c) { as<char32_t>(o) = c; };
      sink.get = [](const Shape&, const void* o) { return character_value(as<char32_t>(o)); };
    } else if constexpr (plain_integer<T>) {
      sink.set_integer = [](const Shape&, void* o, std::uint64_t bits, bool) { as<T>(o) = static_cast<T>(bits); };
      sink.get = get_scalar<T>;
    } else if constexpr (std::floating_point<T>) {
      sink.set_floating = [](const Shape&, void* o, double d) { as<T>(o) = static_cast<T>(d); };
      sink.get = [](const Shape&, const void* o) { return Value(static_cast<double>(as<T>(o))); };
    } else if constexpr (std::same_as<T, std::string>) {
      sink.set_text = [](const Shape&, void* o, std::string_view text) { as<T>(o).assign(text); };
      sink.get = get_scalar<T>;
    } else if constexpr (std::same_as<T, ByteSize>) {
      sink.set_integer = [](const Shape&, void* o, std::uint64_t bits, bool) { as<T>(o).bytes = bits; };
      sink.get = [](const Shape&, const void* o) { return Value(as<T>(o).bytes); };
    } else if constexpr (std::same_as<T, RelativePath>) {
      sink.set_relative_path = [](const Shape&, void* o, std::string_view text, const Source& source) {
        as<T>(o) = RelativePath(std::string(text),
                                std::string(source.kind() == SourceKind::file ? source.name() : std::string_view()));
      };
      sink.get = [](const Shape&, const void* o) { return Value(as<T>(o).relative()); };
    } else if constexpr (std::same_as<T, Datetime>) {
      sink.set_datetime = [](const Shape&, void* o, const Datetime& d) { as<T>(o) = d; };
      sink.get = get_scalar<T>;
    } else if constexpr (std::same_as<T, Value>) {
      sink.set_value = [](const Shape&, void* o, const Value& v) { as<T>(o) = v; };
      sink.get = get_scalar<T>;
    } else if constexpr (path_like<T>) {
      sink.set_text = [](const Shape&, void* o, std::string_view text) {
        as<T>(o) = T(std::u8string_view(reinterpret_cast<const char8_t*>(text.data()), text.size()));
      };
      sink.get = [](const Shape&, const void* o) {
        auto text = as<T>(o).u8string();
        return Value(std::string_view(reinterpret_cast<const char*>(text.data()), text.size()));
      };
    } else if constexpr (duration_like<T>) {
      if constexpr (std::floating_point<typename T::rep>) {
        sink.set_floating = [](const Shape&, void* o, double d) { as<T>(o) = T(static_cast<typename T::rep>(d)); };
        sink.get = [](const Shape& shape, const void* o) {
          return duration_value(shape, static_cast<double>(as<T>(o).count()));
        };
      } else {
        sink.set_integer = [](const Shape&, void* o, std::uint64_t bits, bool) {
          as<T>(o) = T(static_cast<typename T::rep>(bits));
        };
        sink.get = [](const Shape& shape, const void* o) {
          return duration_value(shape, static_cast<std::int64_t>(as<T>(o).count()));
        };
      }
    } else if constexpr (time_point_like<T>) {
      sink.set_integer = [](const Shape&, void* o, std::uint64_t bits, bool) {
        using D = typename T::duration;
        as<T>(o) = T(D(static_cast<typename D::rep>(static_cast<std::int64_t>(bits))));
      };
      sink.get = [](const Shape& shape, const void* o) {
        return time_value(shape, static_cast<std::int64_t>(as<T>(o).time_since_epoch().count()));
      };
    } else if constexpr (date_like<T>) {
      sink.set_datetime = [](const Shape&, void* o, const Datetime& d) {
        as<T>(o) = T{decltype(as<T>(o).year())(static_cast<int>(d.year)),
                     decltype(as<T>(o).month())(static_cast<unsigned>(d.month)),
                     decltype(as<T>(o).day())(static_cast<unsigned>(d.day))};
      };
      sink.get = [](const Shape&, const void* o) {
        Datetime d;
        d.year = static_cast<std::uint16_t>(static_cast<int>(as<T>(o).year()));
        d.month = static_cast<std::uint8_t>(static_cast<unsigned>(as<T>(o).month()));
        d.day = static_cast<std::uint8_t>(static_cast<unsigned>(as<T>(o).day()));
        return Value(d);
      };
    }
    return sink;
  }
  static constexpr Sink instance = make();
};

template <class I>
constexpr void set_limits(Shape& shape) {
  shape.minimum = static_cast<std::int64_t>(std::numeric_limits<I>::min());
  shape.maximum = static_cast<std::uint64_t>(std::numeric_limits<I>::max());
}

template <class T>
constexpr Shape scalar(ShapeKind kind) {
  Shape shape = wrapper<T>(kind, &Scalars<T>::instance, nullptr);
  if constexpr (plain_integer<T>) {
    set_limits<T>(shape);
  } else if constexpr (std::same_as<T, ByteSize>) {
    set_limits<std::uint64_t>(shape);
  } else if constexpr (std::floating_point<T>) {
    shape.bits = sizeof(T) == 4 ? 32 : 64;
  } else if constexpr (std::same_as<T, Datetime>) {
    shape.forms = 0b1111;
  } else if constexpr (duration_like<T> || time_point_like<T>) {
    using D = DurationOf<T>::type;
    shape.period_num = D::period::num;
    shape.period_den = D::period::den;
    if constexpr (std::floating_point<typename D::rep>) {
      shape.is_floating = true;
    } else {
      set_limits<typename D::rep>(shape);
    }
    if constexpr (time_point_like<T>) shape.is_local = local_clock<typename T::clock>;
  } else if constexpr (date_like<T>) {
    shape.forms = 1 << static_cast<int>(Datetime::Form::local_date);
  }
  return shape;
}

}  // namespace superconfig::detail
