// Names of types, fields and enumerators, without macros.
//
// The compilers print a template's arguments in __PRETTY_FUNCTION__. Printed are pointers to the fields of an object
// that is declared and never defined (one instantiation a type), and all enumerators at once. Read at compile time
// from the end of each name, where g++ and clang agree.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include "superconfig/reflect/fields.hpp"

namespace superconfig::detail {

template <class T>
constexpr std::string_view pretty_type() noexcept {
  std::string_view text = __PRETTY_FUNCTION__;
#ifdef __clang__
  text.remove_prefix(text.find("T = ") + 4);
  text.remove_suffix(1);
#else
  text.remove_prefix(text.find("T = ") + 4);
  text = text.substr(0, text.rfind(';'));
#endif
  return text;
}

/// The type as the compiler spells it: `app::Server`.
template <class T>
inline constexpr std::string_view type_name = pretty_type<T>();

/// Without namespaces and template arguments: `Server`.
constexpr std::string_view short_name(std::string_view name) noexcept {
  std::size_t depth = 0, begin = 0, end = name.size();
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '<' || name[i] == '(' || name[i] == '{') {
      if (depth++ == 0 && name[i] == '<') end = i;
    } else if (name[i] == '>' || name[i] == ')' || name[i] == '}') {
      --depth;
    } else if (depth == 0 && name[i] == ':') {
      begin = i + 1;
      end = name.size();
    }
  }
  return name.substr(begin, end - begin);
}

constexpr bool is_identifier(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The identifier or number a text ends with.
constexpr std::string_view last_word(std::string_view text) noexcept {
  std::size_t end = text.size();
  while (end > 0 && text[end - 1] == ')') --end;
  std::size_t begin = end;
  while (begin > 0 && is_identifier(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

/// Splits what stands between the brackets of a printed pack and gives the last word of each of the N items.
template <std::size_t N>
constexpr std::array<std::string_view, N> words_of_pack(std::string_view text, std::string_view opening) noexcept {
  std::array<std::string_view, N> words{};
  std::size_t i = text.rfind(opening) + opening.size(), begin = i, depth = 0, count = 0;
  for (; i < text.size() && count < N; ++i) {
    char c = text[i];
    if (c == '\'' && i + 2 < text.size() && text[i + 2] == '\'') {
      i += 2;  // a character as a template argument
    } else if (c == '(' || c == '<' || c == '{') {
      ++depth;
    } else if (depth > 0 && (c == ')' || c == '>' || c == '}')) {
      --depth;
    } else if (depth == 0 && (c == ',' || c == '}' || c == '>')) {
      words[count++] = last_word(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  return words;
}

#ifdef __clang__
inline constexpr std::string_view pack_opening = "Pack = <";
#else
inline constexpr std::string_view pack_opening = "Pack = {";
#endif

// ---- fields ----

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif

template <class T>
struct Outside {
  T object;
};
// Declared only: nobody needs its value, just the names of its parts.
template <class T>
extern const Outside<T> outside;

template <class T, std::size_t N>
constexpr std::array<const void*, N> field_pointers(const T& object) noexcept {
  return Fields<N>::with(object, [](const auto&... field) {
    return std::array<const void*, N>{static_cast<const void*>(std::addressof(field))...};
  });
}

template <const void*... Pack>
constexpr auto pointer_names() noexcept {
  return words_of_pack<sizeof...(Pack)>(__PRETTY_FUNCTION__, pack_opening);
}

template <class T, std::size_t N>
consteval std::array<std::string_view, N> field_names() noexcept {
  if constexpr (N == 0) {
    return {};
  } else {
    constexpr auto pointers = field_pointers<T, N>(outside<T>.object);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return pointer_names<pointers[I]...>();
    }(std::make_index_sequence<N>());
  }
}

/// The position of the field a member pointer points to, or N.
template <class T, std::size_t N, class M>
constexpr std::size_t field_index(M T::* member) noexcept {
  constexpr auto pointers = field_pointers<T, N>(outside<T>.object);
  const void* wanted = std::addressof(outside<T>.object.*member);
  for (std::size_t i = 0; i < N; ++i)
    if (pointers[i] == wanted) return i;
  return N;
}

#ifdef __clang__
#pragma clang diagnostic pop
#endif

// ---- enumerators ----

template <class E, E... Pack>
constexpr auto enumerator_words() noexcept {
  return words_of_pack<sizeof...(Pack)>(__PRETTY_FUNCTION__, pack_opening);
}

template <class E, long long V>
concept castable = requires { typename std::integral_constant<E, static_cast<E>(V)>; };

// clang refuses values that an enum without a fixed underlying type cannot hold (all bits below its highest).
template <class E>
consteval std::pair<int, int> enumerator_range() noexcept {
  if constexpr (sizeof(std::underlying_type_t<E>) == 1 && !std::is_signed_v<std::underlying_type_t<E>>) {
    return {0, std::is_same_v<std::underlying_type_t<E>, bool> ? 1 : 255};
  } else if constexpr (castable<E, -128> && castable<E, 127>) {
    return {std::is_signed_v<std::underlying_type_t<E>> ? -128 : 0, 127};
  } else {
    int high = 0;
    [&]<int... Bit>(std::integer_sequence<int, Bit...>) {
      ((castable<E, (1 << Bit) - 1> ? high = (1 << Bit) - 1 : 0), ...);
    }(std::integer_sequence<int, 1, 2, 3, 4, 5, 6, 7>());
    int low = 0;
    [&]<int... Bit>(std::integer_sequence<int, Bit...>) {
      ((castable<E, -(1 << Bit)> ? low = -(1 << Bit) : 0), ...);
    }(std::integer_sequence<int, 0, 1, 2, 3, 4, 5, 6, 7>());
    return {low, high};
  }
}

template <class E>
struct Enumerators {
  static constexpr auto range = enumerator_range<E>();
  static constexpr std::size_t span = static_cast<std::size_t>(range.second - range.first) + 1;

  // Not static_cast: g++ warns of values beyond the highest enumerator.
  static consteval E value(std::size_t i) noexcept {
    return __builtin_bit_cast(E, static_cast<std::underlying_type_t<E>>(range.first + static_cast<int>(i)));
  }
  static consteval std::array<std::string_view, span> scan() noexcept {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return enumerator_words<E, value(I)...>();
    }(std::make_index_sequence<span>());
  }
  static consteval bool is_name(std::string_view word) noexcept {
    return !word.empty() && !(word[0] >= '0' && word[0] <= '9');
  }
  static consteval std::size_t count_names() noexcept {
    std::size_t n = 0;
    for (auto word : scan()) n += is_name(word) ? 1U : 0U;
    return n;
  }
  static constexpr std::size_t count = count_names();

  struct Table {
    std::array<std::string_view, count> names{};
    std::array<E, count> values{};
  };
  static consteval Table make() noexcept {
    Table made{};
    auto words = scan();
    std::size_t n = 0;
    for (std::size_t i = 0; i < span; ++i) {
      if (!is_name(words[i])) continue;
      made.names[n] = words[i];
      made.values[n++] = value(i);
    }
    return made;
  }
  static constexpr Table table = make();
};

}  // namespace superconfig::detail
