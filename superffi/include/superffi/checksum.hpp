// A number that changes when a surface changes its shape: names, types, arguments, defaults, tags; not its sentences.
// The binders carry that of the table they were compiled from, the emitted files that of the table they were written
// from; a package compares the two when it loads.
#pragma once

#include <cstdint>
#include <string_view>

#include "superffi/declare.hpp"

namespace superffi {

namespace detail {

/// FNV-1a.
class Hash {
 public:
  constexpr void add(std::uint64_t value) {
    for (int i = 0; i < 8; ++i) byte(static_cast<unsigned char>(value >> (8 * i)));
  }
  constexpr void add(std::string_view text) {
    for (const char c : text) byte(static_cast<unsigned char>(c));
    byte(0);
  }
  [[nodiscard]] constexpr std::uint64_t get() const { return hash_; }

 private:
  constexpr void byte(unsigned char c) { hash_ = (hash_ ^ c) * 0x100000001b3; }
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

template <const auto& S, class T>
constexpr void hash_type(Hash& hash);

template <const auto& S, class F>
struct HashCallback;
template <const auto& S, class R, class... A>
struct HashCallback<S, std::function<R(A...)>> {
  static constexpr void add(Hash& hash) {
    hash.add(Outcome<std::remove_cvref_t<R>>::fails);
    hash_type<S, outcome_value<R>>(hash);
    hash.add(sizeof...(A));
    (hash_type<S, A>(hash), ...);
  }
};

template <const auto& S, class P>
constexpr void hash_type(Hash& hash) {
  using T = std::remove_cvref_t<P>;
  constexpr Kind kind = kind_of<T>;
  hash.add(static_cast<std::uint64_t>(kind));
  if constexpr (kind == Kind::integer) {
    // std::size_t is told by its name's width on the widest machine: the surface of wasm32 is that of x86-64.
    constexpr bool size = std::is_same_v<T, std::size_t> || std::is_same_v<T, std::ptrdiff_t>;
    hash.add(size ? 8 : sizeof(T));
    hash.add(std::is_signed_v<T>);
  } else if constexpr (kind == Kind::enumeration || kind == Kind::record || kind == Kind::object) {
    hash.add(declaration_of<S, object_of<T>>().name);
    hash.add(static_cast<std::uint64_t>(pass_of<P>()));
    if constexpr (kind == Kind::object) hash.add(numbered<object_of<T>>);
  } else if constexpr (kind == Kind::optional || kind == Kind::list || kind == Kind::map) {
    hash_type<S, item_of<T>>(hash);
  } else if constexpr (kind == Kind::callback) {
    HashCallback<S, T>::add(hash);
  }
}

template <class D>
constexpr void hash_default(Hash& hash, const Arg<D>& arg) {
  hash.add(std::is_same_v<D, NoDefault> ? 1 : std::is_same_v<D, Empty> ? 2 : std::is_same_v<D, std::nullopt_t> ? 3 : 4);
  if constexpr (is_name<D>) {
    hash.add(arg.value);
  } else if constexpr (std::is_floating_point_v<D>) {
    hash.add(__builtin_bit_cast(std::uint64_t, static_cast<double>(arg.value)));
  } else if constexpr (std::is_integral_v<D> || std::is_enum_v<D>) {
    hash.add(static_cast<std::uint64_t>(arg.value));
  }
}

template <const auto& S, class Sig>
struct HashSignature;
template <const auto& S, class R, class Self, class... P>
struct HashSignature<S, Signature<R, Self, P...>> {
  static constexpr void add(Hash& hash) {
    hash.add(std::is_rvalue_reference_v<Self>);
    hash.add(Outcome<std::remove_cvref_t<R>>::fails);
    hash_type<S, outcome_value<R>>(hash);
    (hash_type<S, P>(hash), ...);
  }
};

template <const auto& S, Role R, class F, class Sig, unsigned Flags, unsigned Languages, class... Args>
constexpr void hash_item(Hash& hash, const Callable<R, F, Sig, Flags, Languages, Args...>& item) {
  hash.add(static_cast<std::uint64_t>(R));
  hash.add(item.name);
  hash.add(Flags);
  hash.add(Languages);
  for (const char* name : item.renamed) hash.add(name == nullptr ? "" : name);
  HashSignature<S, Sig>::add(hash);
  for_each(item.args, [&hash](const auto& arg) {
    hash.add(arg.name);
    hash_default(hash, arg);
  });
}
template <const auto& S, class G, class T>
constexpr void hash_item(Hash& hash, const Property<G, T>& item) {
  hash_item<S>(hash, item.getter);
  if constexpr (!std::is_same_v<T, ReadOnly>) hash_item<S>(hash, item.setter);
}
template <const auto& S, class E, std::size_t N>
constexpr void hash_item(Hash& hash, const Enumeration<E, N>& item) {
  hash.add(item.name);
  for (const auto& value : item.values) {
    hash.add(value.name);
    hash.add(static_cast<std::uint64_t>(value.value));
  }
}
template <const auto& S, class T, class... Fields>
constexpr void hash_item(Hash& hash, const Record<T, Fields...>& item) {
  hash.add(item.name);
  for_each(item.fields, [&hash]<class Field>(const Field& field) {
    hash.add(field.name);
    hash_type<S, typename Field::type>(hash);
  });
}
template <const auto& S, class E, class Spelling>
constexpr void hash_item(Hash& hash, const Error<E, Spelling>& item) {
  hash.add(item.name);
  hash.add(item.python_base);
  hash.add(declaration_of<S, typename Error<E, Spelling>::problem>().name);
}
template <const auto& S, class T, class... Members>
constexpr void hash_item(Hash& hash, const Class<T, Members...>& item) {
  hash.add(item.name);
  for_each(item.members, [&hash](const auto& member) { hash_item<S>(hash, member); });
}

}  // namespace detail

template <const auto& S>
constexpr std::uint64_t checksum() {
  detail::Hash hash;
  hash.add(S.name);
  hash.add(S.prefix);
  for_each(S.items, [&hash](const auto& item) { detail::hash_item<S>(hash, item); });
  return hash.get();
}

}  // namespace superffi
