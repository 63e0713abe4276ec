// Shapes and sinks of types that hold others: optionals, pointers, lists, sets, maps, tuples, variants.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "superconfig/reflect/kinds.hpp"
#include "superconfig/reflect/scalars.hpp"
#include "superconfig/shape.hpp"
#include "superconfig/types.hpp"

namespace superconfig::detail {

/// The Shape of T. Shapes refer to one another by the address of `value`, which may be taken before it is defined:
/// that is how types may contain themselves.
template <class T>
struct ShapeFor {
  static const Shape value;
};

template <class T>
struct OptionalSink {
  static constexpr Sink make() {
    Sink sink;
    sink.clear = [](const Shape&, void* o) { as<T>(o).reset(); };
    sink.fill = [](const Shape&, void* o, Fill fill) {
      auto& optional = as<T>(o);
      if (!optional) optional.emplace();
      return fill(&*optional);
    };
    sink.content = [](const Shape&, const void* o) -> const void* { return as<T>(o) ? &*as<T>(o) : nullptr; };
    return sink;
  }
  static constexpr Sink instance = make();
};

// What a shared pointer points to may be shared: it is replaced, not written to.
template <class T>
struct PointerSink {
  using Content = std::remove_const_t<typename T::element_type>;
  static constexpr Sink make() {
    Sink sink;
    sink.clear = [](const Shape&, void* o) { as<T>(o).reset(); };
    sink.fill = [](const Shape&, void* o, Fill fill) {
      if constexpr (is_a<T, std::unique_ptr> && !std::is_const_v<typename T::element_type>) {
        if (!as<T>(o)) as<T>(o) = std::make_unique<Content>();
        return fill(as<T>(o).get());
      } else if constexpr (is_a<T, std::unique_ptr>) {
        auto content = std::make_unique<Content>();
        bool ok = fill(content.get());
        as<T>(o) = std::move(content);
        return ok;
      } else {
        auto content = std::make_shared<Content>();
        bool ok = fill(content.get());
        as<T>(o) = std::move(content);
        return ok;
      }
    };
    sink.content = [](const Shape&, const void* o) -> const void* { return as<T>(o).get(); };
    return sink;
  }
  static constexpr Sink instance = make();
};

template <class T>
struct TaggedSink {
  static constexpr Sink make() {
    Sink sink;
    sink.fill = [](const Shape&, void* o, Fill fill) { return fill(&as<Tagged<T>>(o).value); };
    sink.set_origin = [](const Shape&, void* o, Origin origin) { as<Tagged<T>>(o).origin = std::move(origin); };
    sink.content = [](const Shape&, const void* o) -> const void* { return &as<Tagged<T>>(o).value; };
    return sink;
  }
  static constexpr Sink instance = make();
};

template <class T>
struct SecretSink {
  static constexpr Sink make() {
    Sink sink;
    sink.fill = [](const Shape&, void* o, Fill fill) { return fill(&as<Secret<T>>(o).reveal()); };
    sink.content = [](const Shape&, const void* o) -> const void* { return &as<Secret<T>>(o).reveal(); };
    return sink;
  }
  static constexpr Sink instance = make();
};

template <class C>
void visit_items(const Shape&, const void* o, Visit visit) {
  for (const auto& item : as<C>(o)) visit(nullptr, &item);
}

template <class C>
struct ListSink {
  static constexpr Sink make() {
    Sink sink;
    sink.clear = [](const Shape&, void* o) { as<C>(o).clear(); };
    if constexpr (std::is_same_v<typename C::value_type, bool>) {  // vector<bool> has no bools to point to
      sink.fill = [](const Shape&, void* o, Fill fill) {
        bool item = false;
        bool ok = fill(&item);
        as<C>(o).push_back(item);
        return ok;
      };
      sink.each = [](const Shape&, const void* o, Visit visit) {
        for (bool item : as<C>(o)) visit(nullptr, &item);
      };
    } else {
      sink.fill = [](const Shape&, void* o, Fill fill) {
        as<C>(o).emplace_back();
        return fill(&as<C>(o).back());
      };
      sink.each = visit_items<C>;
    }
    return sink;
  }
  static constexpr Sink instance = make();
};

template <class C>
struct SetSink {
  static constexpr Sink make() {
    Sink sink;
    sink.clear = [](const Shape&, void* o) { as<C>(o).clear(); };
    sink.fill = [](const Shape&, void* o, Fill fill) {
      typename C::value_type item{};
      if (!fill(&item)) return false;
      as<C>(o).insert(std::move(item));
      return true;
    };
    sink.each = visit_items<C>;
    return sink;
  }
  static constexpr Sink instance = make();
};

template <class C>
struct MapSink {
  static constexpr Sink make() {
    Sink sink;
    sink.clear = [](const Shape&, void* o) { as<C>(o).clear(); };
    sink.insert = [](const Shape&, void* o, Fill fill_key, Fill fill_item) {
      typename C::key_type key{};
      if (!fill_key(&key)) return false;
      auto [place, is_new] = as<C>(o).try_emplace(std::move(key));
      return is_new && fill_item(&place->second);
    };
    sink.each = [](const Shape&, const void* o, Visit visit) {
      for (const auto& [key, item] : as<C>(o)) visit(&key, &item);
    };
    return sink;
  }
  static constexpr Sink instance = make();
};

template <class A>
struct ArraySink {
  static constexpr Sink make() {
    Sink sink;
    sink.fill_item = [](const Shape&, void* o, std::size_t i, Fill fill) { return fill(&as<A>(o)[i]); };
    sink.each = visit_items<A>;
    return sink;
  }
  static constexpr Sink instance = make();
};

template <class T>
struct TupleSink;
template <template <class...> class T, class... E>
struct TupleSink<T<E...>> {
  using Tuple = T<E...>;
  static constexpr std::array<const Shape*, sizeof...(E)> items{&ShapeFor<E>::value...};
  static constexpr Sink make() {
    Sink sink;
    sink.fill_item = [](const Shape&, void* o, std::size_t i, Fill fill) {
      return std::apply(
          [&](auto&... e) {
            std::size_t n = 0;
            bool ok = true;
            ((n++ == i ? void(ok = fill(&e)) : void()), ...);
            return ok;
          },
          as<Tuple>(o));
    };
    sink.each = [](const Shape&, const void* o, Visit visit) {
      std::apply([&](const auto&... e) { (visit(nullptr, &e), ...); }, as<Tuple>(o));
    };
    return sink;
  }
  static constexpr Sink instance = make();
};

}  // namespace superconfig::detail
