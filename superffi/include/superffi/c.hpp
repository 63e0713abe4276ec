// The C binder: what the emitted C exports are made of. WebAssembly is this binder too: its exports are the C
// functions, and the emitted JavaScript lays out their structures in the module's memory.
//
// The emitter writes the header and, beside it, one `extern "C"` function a declaration, whose body is
//   return superffi::c::call<shop::surface, item, member>(arguments…);
// because templates cannot name functions. What C sees of a type is Abi<S, T>::type; the emitted file asserts that the
// header's structures have the same layout.
//
// Compiles without C++ exceptions; where there are some, none leaves a function: they become a status.
// Ownership: what is passed in is only read, and only until the function returns. What is given back belongs to the
// caller, who frees it with the function of its type. A handle belongs to one thread at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "superffi/checksum.hpp"
#include "superffi/declare.hpp"

namespace superffi::c {

using Status = std::int32_t;
enum : Status {
  ok = 0,
  failed = 1,            ///< as the function documents; the error has the problems
  closed = 2,            ///< the handle is null, or its object was used up
  invalid_argument = 3,  ///< a null pointer, or no value of an enumeration
  exception = 4,         ///< an exception reached us
  out_of_memory = 5
};

/// What went wrong: of which declared error type (its place in the surface; none for our own), its problems as C sees
/// them.
struct Failure {
  Status status = failed;
  std::size_t error = ~std::size_t{0};
  std::string message;
  void* problems = nullptr;
  std::size_t problem_size = 0;
  std::size_t count = 0;
  void (*drop)(Failure&) = nullptr;
};

namespace detail {

using namespace superffi::detail;

/// One call from C: whether an argument does not do, and the first reason.
struct Call {
  const char* argument = nullptr;
  Status status = ok;
  std::string message;
  void refuse(Status why, const char* text) {
    if (status != ok) return;
    status = why;
    if (argument != nullptr) message = std::string("argument `") + argument + "`: ";
    message += text;
  }
};

/// Why the last callback on this thread failed; see fail().
inline std::string& callback_message() {
#ifdef __wasm__
  static std::string message;
#else
  thread_local std::string message;
#endif
  return message;
}

template <std::size_t Size, std::size_t Align>
struct alignas(Align) Raw {
  std::byte data[Size];
};

struct Slice {
  void* data;
  std::size_t size;
};
struct Date {
  std::int32_t year;
  std::uint8_t month;
  std::uint8_t day;
};
struct Time {
  std::int64_t seconds;
  std::int32_t nanoseconds;
};

enum class TreeKind : std::int32_t { null, boolean, integer, natural, number, text, list, map };
struct TreeNode {
  TreeKind kind;
  std::size_t size;
  union {
    bool boolean;
    std::int64_t integer;
    std::uint64_t natural;
    double number;
    char* text;
    TreeNode* items;
    struct TreeEntry* entries;
  };
};
struct TreeEntry {
  Slice key;
  TreeNode value;
};

inline void* allocate(std::size_t size) {
  void* const out = std::malloc(size == 0 ? 1 : size);
#ifdef __cpp_exceptions
  if (out == nullptr) throw std::bad_alloc();
#else
  if (out == nullptr) std::abort();
#endif
  return out;
}

/// Text and bytes are followed by a 0, so that C may take text without one for a C string.
inline Slice give_slice(const void* data, std::size_t size) {
  auto* const out = static_cast<char*>(allocate(size + 1));
  if (size > 0) std::memcpy(out, data, size);
  out[size] = '\0';
  return {out, size};
}

inline void drop_tree(TreeNode& node) {
  if (node.kind == TreeKind::text) {
    std::free(node.text);
  } else if (node.kind == TreeKind::list) {
    for (std::size_t i = 0; i < node.size; ++i) drop_tree(node.items[i]);
    std::free(node.items);
  } else if (node.kind == TreeKind::map) {
    for (std::size_t i = 0; i < node.size; ++i) {
      std::free(node.entries[i].key.data);
      drop_tree(node.entries[i].value);
    }
    std::free(node.entries);
  }
  node.kind = TreeKind::null;
}

/// Builds the C form of a tree.
class TreeSink {
 public:
  explicit TreeSink(TreeNode& root) : next_(&root) {}
  void null() { put(TreeKind::null); }
  void boolean(bool value) { put(TreeKind::boolean).boolean = value; }
  void integer(std::int64_t value) { put(TreeKind::integer).integer = value; }
  void natural(std::uint64_t value) { put(TreeKind::natural).natural = value; }
  void number(double value) { put(TreeKind::number).number = value; }
  void text(std::string_view value) {
    const Slice slice = give_slice(value.data(), value.size());
    TreeNode& node = put(TreeKind::text);
    node.text = static_cast<char*>(slice.data);
    node.size = slice.size;
  }
  void begin_list(std::size_t size) { begin(TreeKind::list, size, sizeof(TreeNode)); }
  void end_list() { open_.pop_back(); }
  void begin_map(std::size_t size) { begin(TreeKind::map, size, sizeof(TreeEntry)); }
  void key(std::string_view key) {
    const Slice slice = give_slice(key.data(), key.size());
    TreeNode& map = *open_.back().node;
    grow(map.entries, map.size);
    TreeEntry& entry = map.entries[map.size++];
    entry.key = slice;
    entry.value.kind = TreeKind::null;
    next_ = &entry.value;
  }
  void end_map() { open_.pop_back(); }

 private:
  struct Level {
    TreeNode* node;
    std::size_t capacity;
  };
  void begin(TreeKind kind, std::size_t capacity, std::size_t item) {
    void* const place = allocate(capacity * item);
    TreeNode& node = put(kind);
    if (kind == TreeKind::list) {
      node.items = static_cast<TreeNode*>(place);
    } else {
      node.entries = static_cast<TreeEntry*>(place);
    }
    open_.push_back({&node, capacity});
  }
  /// More came than was announced. Nothing points into these: what is within them is complete.
  template <class T>
  void grow(T*& items, std::size_t size) {
    Level& level = open_.back();
    if (size < level.capacity) return;
    level.capacity = 2 * level.capacity + 4;
    auto* const more = static_cast<T*>(allocate(level.capacity * sizeof(T)));
    if (size > 0) std::memcpy(static_cast<void*>(more), items, size * sizeof(T));
    std::free(items);
    items = more;
  }
  TreeNode& put(TreeKind kind) {
    if (!open_.empty() && open_.back().node->kind == TreeKind::list) {
      TreeNode& list = *open_.back().node;
      grow(list.items, list.size);
      next_ = &list.items[list.size++];
    }
    TreeNode& node = *next_;
    node.kind = kind;
    node.size = 0;
    return node;
  }
  std::vector<Level> open_;
  TreeNode* next_;
};

inline constexpr int deepest_tree = 1000;

template <class Builder>
bool build_tree(const TreeNode& node, Builder& builder, Call& call, int depth = 0) {
  if (depth > deepest_tree) return call.refuse(invalid_argument, "the value is nested too deeply"), false;
  switch (node.kind) {
    case TreeKind::null: builder.null(); return true;
    case TreeKind::boolean: builder.boolean(node.boolean); return true;
    case TreeKind::integer: builder.integer(node.integer); return true;
    case TreeKind::natural: builder.natural(node.natural); return true;
    case TreeKind::number: builder.number(node.number); return true;
    case TreeKind::text: builder.text({node.text, node.size}); return true;
    case TreeKind::list:
      builder.begin_list(node.size);
      for (std::size_t i = 0; i < node.size; ++i)
        if (!build_tree(node.items[i], builder, call, depth + 1)) return false;
      builder.end_list();
      return true;
    case TreeKind::map:
      builder.begin_map(node.size);
      for (std::size_t i = 0; i < node.size; ++i) {
        builder.key({static_cast<const char*>(node.entries[i].key.data), node.entries[i].key.size});
        if (!build_tree(node.entries[i].value, builder, call, depth + 1)) return false;
      }
      builder.end_map();
      return true;
  }
  call.refuse(invalid_argument, "no kind of value");
  return false;
}

template <class T>
struct AbiInteger {
  using type = T;
};
// The width of a size is that of the widest machine, so that every machine has one header.
template <class T>
  requires(std::is_same_v<T, std::size_t> || std::is_same_v<T, std::ptrdiff_t>)
struct AbiInteger<T> {
  using type = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
};

/// What C holds for an object: a pointer to our share of it, or a number of the class's own.
template <class T>
struct HandleOf {
  using type = std::shared_ptr<T>*;
  static type give(std::shared_ptr<T> object) { return new std::shared_ptr<T>(std::move(object)); }
  static std::shared_ptr<T> look(type handle) { return handle == nullptr ? nullptr : *handle; }
  static void drop(type handle) { delete handle; }
  /// Used up: the handle stays, empty.
  static void empty(type handle) { handle->reset(); }
};
template <numbered T>
struct HandleOf<T> : Handle<T> {
  using type = std::uint64_t;
  static void empty(type handle) { Handle<T>::drop(handle); }
};

template <const auto& S, class T>
struct Abi;

/// Offsets of the members of a structure, as C lays them out.
template <class... Types>
struct Layout {
  static constexpr std::size_t align = std::max({alignof(Types)...});
  static constexpr auto offsets = [] {
    std::array<std::size_t, sizeof...(Types) + 1> out{};
    std::size_t at = 0;
    std::size_t i = 0;
    ((at = (at + alignof(Types) - 1) / alignof(Types) * alignof(Types), out[i++] = at, at += sizeof(Types)), ...);
    out[i] = (at + align - 1) / align * align;
    return out;
  }();
  static constexpr std::size_t size = offsets[sizeof...(Types)];
};

template <const auto& S, class Fields>
struct RecordLayout;
template <const auto& S, class... Fields>
struct RecordLayout<S, std::tuple<Fields...>> : Layout<typename Abi<S, typename Fields::type>::type...> {};

template <class T, class Storage>
T& at(Storage& storage, std::size_t offset) {
  return *std::launder(reinterpret_cast<T*>(&storage.data[offset]));
}
template <class T, class Storage>
const T& at(const Storage& storage, std::size_t offset) {
  return *std::launder(reinterpret_cast<const T*>(&storage.data[offset]));
}

/// The C form of a type: `give` makes one that C owns, `take` reads one, `drop` frees one.
template <const auto& S, class T>
struct Abi {
  static constexpr Kind kind = kind_of<T>;

  static auto choose() {
    if constexpr (kind == Kind::boolean) {
      return std::type_identity<bool>();
    } else if constexpr (kind == Kind::integer) {
      return std::type_identity<typename AbiInteger<T>::type>();
    } else if constexpr (kind == Kind::number) {
      return std::type_identity<T>();
    } else if constexpr (kind == Kind::enumeration) {
      return std::type_identity<std::int32_t>();
    } else if constexpr (kind == Kind::date) {
      return std::type_identity<Date>();
    } else if constexpr (kind == Kind::instant || kind == Kind::duration) {
      return std::type_identity<Time>();
    } else if constexpr (kind == Kind::object) {
      return std::type_identity<typename HandleOf<object_of<T>>::type>();
    } else if constexpr (kind == Kind::tree) {
      return std::type_identity<TreeNode>();
    } else if constexpr (kind == Kind::optional) {
      if constexpr (kind_of<item_of<T>> == Kind::object) {
        return std::type_identity<typename Abi<S, item_of<T>>::type>();
      } else {
        using L = Layout<bool, typename Abi<S, item_of<T>>::type>;
        return std::type_identity<Raw<L::size, L::align>>();
      }
    } else if constexpr (kind == Kind::record) {
      using L = RecordLayout<S, std::remove_cvref_t<decltype(declaration_of<S, T>().fields)>>;
      return std::type_identity<Raw<L::size, L::align>>();
    } else {
      return std::type_identity<Slice>();  // text, bytes, list, map
    }
  }
  using type = typename decltype(choose())::type;

  /// Whether it owns memory.
  static constexpr bool owns() {
    if constexpr (kind == Kind::text || kind == Kind::bytes || kind == Kind::list || kind == Kind::map ||
                  kind == Kind::object || kind == Kind::tree)
      return true;
    if constexpr (kind == Kind::optional) return Abi<S, item_of<T>>::owns();
    if constexpr (kind == Kind::record) {
      bool any = false;
      for_each(declaration_of<S, T>().fields,
               [&any]<class F>(const F&) { any = any || Abi<S, typename F::type>::owns(); });
      return any;
    }
    return false;
  }

  using Item = std::conditional_t<std::is_void_v<item_of<T>>, bool, item_of<T>>;

  template <class V>
  static void give(type& out, V&& value) {
    if constexpr (kind == Kind::boolean || kind == Kind::number) {
      out = value;
    } else if constexpr (kind == Kind::integer || kind == Kind::enumeration) {
      out = static_cast<type>(value);
    } else if constexpr (kind == Kind::text || kind == Kind::bytes) {
      out = give_slice(value.data(), value.size());
    } else if constexpr (kind == Kind::date) {
      out = {static_cast<int>(value.year()), static_cast<std::uint8_t>(static_cast<unsigned>(value.month())),
             static_cast<std::uint8_t>(static_cast<unsigned>(value.day()))};
    } else if constexpr (kind == Kind::instant) {
      Abi<S, typename T::duration>::give(out, value.time_since_epoch());
    } else if constexpr (kind == Kind::duration) {
      const auto seconds = std::chrono::floor<std::chrono::seconds>(value);
      const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(value - seconds);
      out = {static_cast<std::int64_t>(seconds.count()), static_cast<std::int32_t>(rest.count())};
    } else if constexpr (kind == Kind::optional && kind_of<Item> == Kind::object) {
      out = {};
      if (value) Abi<S, Item>::give(out, *std::forward<V>(value));
    } else if constexpr (kind == Kind::optional) {
      using Inner = typename Abi<S, Item>::type;
      std::memset(&out, 0, sizeof out);
      if (!value) return;
      new (&out.data[0]) bool(true);
      Abi<S, Item>::give(*new (&out.data[Layout<bool, Inner>::offsets[1]]) Inner(), *std::forward<V>(value));
    } else if constexpr (kind == Kind::list) {
      using Inner = typename Abi<S, Item>::type;
      auto* const items = static_cast<Inner*>(allocate(value.size() * sizeof(Inner)));
      std::size_t i = 0;
      for (auto&& item : value) Abi<S, Item>::give(*new (&items[i++]) Inner(), static_cast<const Item&>(item));
      out = {items, i};
    } else if constexpr (kind == Kind::map) {
      using Inner = typename Abi<S, Item>::type;
      using L = Layout<Slice, Inner>;
      auto* const entries = static_cast<std::byte*>(allocate(value.size() * L::size));
      std::byte* entry = entries;
      for (const auto& [key, item] : value) {
        *new (entry) Slice() = give_slice(key.data(), key.size());
        Abi<S, Item>::give(*new (entry + L::offsets[1]) Inner(), item);
        entry += L::size;
      }
      out = {entries, value.size()};
    } else if constexpr (kind == Kind::record) {
      std::memset(&out, 0, sizeof out);
      each_field([&]<class Field>(const Field&, std::size_t offset) {
        using F = typename Field::type;
        using Inner = typename Abi<S, F>::type;
        Abi<S, F>::give(*new (&out.data[offset]) Inner(), value.*Field::member);
      });
    } else if constexpr (kind == Kind::object && is_a<T, std::shared_ptr>) {
      static_assert(!std::is_const_v<typename T::element_type>,
                    "superffi: C handles know no const: give std::shared_ptr<T>");
      out = value ? HandleOf<object_of<T>>::give(std::forward<V>(value)) : type{};
    } else if constexpr (kind == Kind::object) {
      out = HandleOf<T>::give(std::make_shared<T>(std::forward<V>(value)));
    } else if constexpr (kind == Kind::tree) {
      TreeSink sink(out);
      Tree<T>::write(value, sink);
    }
  }

  static T take(const type& in, Call& call) {
    if constexpr (kind == Kind::boolean || kind == Kind::number) {
      return in;
    } else if constexpr (kind == Kind::integer) {
      if (!std::in_range<T>(in)) return call.refuse(invalid_argument, "the number is too large"), T{};
      return static_cast<T>(in);
    } else if constexpr (kind == Kind::enumeration) {
      for (const auto& value : declaration_of<S, T>().values)
        if (static_cast<std::int32_t>(value.value) == in) return value.value;
      call.refuse(invalid_argument, "not a value of the enumeration");
      return T{};
    } else if constexpr (kind == Kind::text) {
      if (!readable(in, call)) return T();
      return T(static_cast<const char*>(in.data), in.size);
    } else if constexpr (kind == Kind::bytes) {
      if (!readable(in, call)) return T();
      using Byte = std::remove_cv_t<typename T::value_type>;
      const auto* const data = static_cast<const Byte*>(in.data);
      return T(data, data + in.size);
    } else if constexpr (kind == Kind::date) {
      return std::chrono::year(in.year) / std::chrono::month(in.month) / std::chrono::day(in.day);
    } else if constexpr (kind == Kind::instant) {
      return T(Abi<S, typename T::duration>::take(in, call));
    } else if constexpr (kind == Kind::duration) {
      const double limit = std::chrono::duration<double>(T::max()).count();
      if (static_cast<double>(in.seconds) >= limit || static_cast<double>(in.seconds) <= -limit)
        return call.refuse(invalid_argument, "the time is too long"), T{};
      return std::chrono::duration_cast<T>(std::chrono::seconds(in.seconds)) +
             std::chrono::duration_cast<T>(std::chrono::nanoseconds(in.nanoseconds));
    } else if constexpr (kind == Kind::optional && kind_of<Item> == Kind::object) {
      if (in == type{}) return std::nullopt;
      return Abi<S, Item>::take(in, call);
    } else if constexpr (kind == Kind::optional) {
      using Inner = typename Abi<S, Item>::type;
      if (!at<bool>(in, 0)) return std::nullopt;
      return Abi<S, Item>::take(at<Inner>(in, Layout<bool, Inner>::offsets[1]), call);
    } else if constexpr (kind == Kind::list) {
      using Inner = typename Abi<S, Item>::type;
      T out;
      if (!readable(in, call)) return out;
      const auto* const items = static_cast<const Inner*>(in.data);
      out.reserve(in.size);
      for (std::size_t i = 0; i < in.size; ++i) out.push_back(Abi<S, Item>::take(items[i], call));
      return out;
    } else if constexpr (kind == Kind::map) {
      using Inner = typename Abi<S, Item>::type;
      using L = Layout<Slice, Inner>;
      T out;
      if (!readable(in, call)) return out;
      const auto* entry = static_cast<const std::byte*>(in.data);
      for (std::size_t i = 0; i < in.size; ++i, entry += L::size) {
        const Slice& key = *reinterpret_cast<const Slice*>(entry);
        if (!readable(key, call)) return out;
        out.insert(out.end(), typename T::value_type(
                                  std::string(static_cast<const char*>(key.data), key.size),
                                  Abi<S, Item>::take(*reinterpret_cast<const Inner*>(entry + L::offsets[1]), call)));
      }
      return out;
    } else if constexpr (kind == Kind::record) {
      T out{};
      each_field([&]<class Field>(const Field&, std::size_t offset) {
        using F = typename Field::type;
        out.*Field::member = Abi<S, F>::take(at<typename Abi<S, F>::type>(in, offset), call);
      });
      return out;
    } else if constexpr (kind == Kind::object && is_a<T, std::shared_ptr>) {
      T out = HandleOf<object_of<T>>::look(in);
      if (!out) call.refuse(closed, "the object is null or used up");
      return out;
    } else if constexpr (kind == Kind::object) {
      static_assert(std::is_default_constructible_v<T>,
                    "superffi: an object within another value, or copied, is taken as std::shared_ptr<T>");
      const std::shared_ptr<T> object = HandleOf<T>::look(in);
      if (!object) return call.refuse(closed, "the object is null or used up"), T();
      return *object;
    } else if constexpr (kind == Kind::tree) {
      typename Tree<T>::Builder builder;
      if (!build_tree(in, builder, call)) return T();
      return builder.take();
    }
  }

  static void drop(type& value) {
    if constexpr (kind == Kind::text || kind == Kind::bytes) {
      std::free(value.data);
      value = {};
    } else if constexpr (kind == Kind::optional && kind_of<Item> == Kind::object) {
      Abi<S, Item>::drop(value);
    } else if constexpr (kind == Kind::optional) {
      using Inner = typename Abi<S, Item>::type;
      if (at<bool>(value, 0)) Abi<S, Item>::drop(at<Inner>(value, Layout<bool, Inner>::offsets[1]));
      std::memset(&value, 0, sizeof value);
    } else if constexpr (kind == Kind::list) {
      using Inner = typename Abi<S, Item>::type;
      for (std::size_t i = 0; i < value.size; ++i) Abi<S, Item>::drop(static_cast<Inner*>(value.data)[i]);
      std::free(value.data);
      value = {};
    } else if constexpr (kind == Kind::map) {
      using Inner = typename Abi<S, Item>::type;
      using L = Layout<Slice, Inner>;
      auto* entry = static_cast<std::byte*>(value.data);
      for (std::size_t i = 0; i < value.size; ++i, entry += L::size) {
        std::free(reinterpret_cast<Slice*>(entry)->data);
        Abi<S, Item>::drop(*reinterpret_cast<Inner*>(entry + L::offsets[1]));
      }
      std::free(value.data);
      value = {};
    } else if constexpr (kind == Kind::record) {
      each_field([&]<class Field>(const Field&, std::size_t offset) {
        using F = typename Field::type;
        Abi<S, F>::drop(at<typename Abi<S, F>::type>(value, offset));
      });
    } else if constexpr (kind == Kind::object) {
      HandleOf<object_of<T>>::drop(value);
      value = {};
    } else if constexpr (kind == Kind::tree) {
      drop_tree(value);
    }
  }

  template <class F>
  static void each_field(F&& f) {
    using L = RecordLayout<S, std::remove_cvref_t<decltype(declaration_of<S, T>().fields)>>;
    std::size_t i = 0;
    for_each(declaration_of<S, T>().fields, [&](const auto& field) { f(field, L::offsets[i++]); });
  }

  static bool readable(const Slice& in, Call& call) {
    if (in.data == nullptr && in.size > 0) return call.refuse(invalid_argument, "a null pointer with a size"), false;
    return true;
  }
};

// Arguments: how one C++ argument comes as one to three of C.

/// By value, as pointer and size, as a pointer to the structure, or as the three parts of a callback.
enum class Shape : std::uint8_t { value, slice, pointer, callback };
template <class P>
consteval Shape shape_of() {
  switch (kind_of<P>) {
    case Kind::text:
    case Kind::bytes:
    case Kind::list:
    case Kind::map: return Shape::slice;
    case Kind::boolean:
    case Kind::integer:
    case Kind::number:
    case Kind::enumeration:
    case Kind::object: return Shape::value;
    case Kind::callback: return Shape::callback;
    case Kind::optional:
      if constexpr (kind_of<P> == Kind::optional)
        return kind_of<item_of<P>> == Kind::object ? Shape::value : Shape::pointer;
      return Shape::pointer;
    default: return Shape::pointer;
  }
}

template <const auto& S, class P, Shape = shape_of<P>()>
struct Flat {
  using types = std::tuple<typename Abi<S, std::remove_cvref_t<P>>::type>;
};
template <const auto& S, class P>
struct Flat<S, P, Shape::slice> {
  using types = std::tuple<const void*, std::size_t>;
};
template <const auto& S, class P>
struct Flat<S, P, Shape::pointer> {
  using types = std::tuple<const void*>;
};
template <const auto& S, class P>
struct Flat<S, P, Shape::callback> {
  using types = std::tuple<void*, void*, void (*)(void*)>;
};

template <class Tuple>
struct CallbackPointer;
template <class... A>
struct CallbackPointer<std::tuple<A...>> {
  using type = Status (*)(A...);
};

/// A C function in a std::function; releases its context when the last copy dies.
struct Context {
  void* call;
  void* context;
  void (*release)(void*);
  Context(void* function, void* with, void (*end)(void*)) : call(function), context(with), release(end) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() {
    if (release != nullptr) release(context);
  }
};

/// An argument on its way to a callback, as C takes it; freed after the call.
template <const auto& S, class P, Shape = shape_of<P>()>
struct Sent {
  using T = std::remove_cvref_t<P>;
  typename Abi<S, T>::type value{};
  template <class V>
  explicit Sent(V&& in) {
    Abi<S, T>::give(value, std::forward<V>(in));
  }
  auto parts() { return std::tuple(value); }  // objects: the callee owns the handle
};
template <const auto& S, class P>
struct Sent<S, P, Shape::slice> {
  using T = std::remove_cvref_t<P>;
  static constexpr bool viewed = kind_of<T> == Kind::text || kind_of<T> == Kind::bytes;
  Slice value{};
  explicit Sent(const T& in) {
    if constexpr (viewed) {
      value = {const_cast<void*>(static_cast<const void*>(in.data())), in.size()};
    } else {
      Abi<S, T>::give(value, in);
    }
  }
  Sent(const Sent&) = delete;
  ~Sent() {
    if constexpr (!viewed) Abi<S, T>::drop(value);
  }
  auto parts() { return std::tuple<const void*, std::size_t>(value.data, value.size); }
};
template <const auto& S, class P>
struct Sent<S, P, Shape::pointer> {
  using T = std::remove_cvref_t<P>;
  using Full = std::conditional_t<kind_of<T> == Kind::optional, item_of<T>, T>;
  using Type = typename Abi<S, std::conditional_t<std::is_void_v<Full>, bool, Full>>::type;
  Type value{};
  bool present = true;
  explicit Sent(const T& in) {
    if constexpr (kind_of<T> == Kind::optional) {
      present = in.has_value();
      if (present) Abi<S, Full>::give(value, *in);
    } else {
      Abi<S, T>::give(value, in);
    }
  }
  Sent(const Sent&) = delete;
  ~Sent() {
    if (present) Abi<S, Full>::drop(value);
  }
  auto parts() { return std::tuple<const void*>(present ? &value : nullptr); }
};

template <const auto& S, class F>
struct MakeFunction;
template <const auto& S, class R, class... A>
struct MakeFunction<S, std::function<R(A...)>> {
  using Value = outcome_value<R>;
  static constexpr bool fails = Outcome<std::remove_cvref_t<R>>::fails;
  static_assert(std::is_void_v<Value> || !std::is_same_v<Value, std::string_view>,
                "superffi: a callback gives std::string: nobody would own the view");
  static_assert(fails || std::is_void_v<Value> || std::is_default_constructible_v<Value>,
                "superffi: a callback that fails gives an empty result, so its result can be made empty; or let it "
                "give a result that may fail");

  static R failure(Status status) {
    std::string message = std::exchange(callback_message(), {});
    if constexpr (fails) {
      using E = typename Outcome<std::remove_cvref_t<R>>::error;
      if (message.empty()) message = "status " + std::to_string(status) + " of the callback";
      return std::remove_cvref_t<decltype(declaration_of<S, E>())>::spelling::from_callback(message);
    } else if constexpr (!std::is_void_v<Value>) {
      return Value();
    }
  }

  static std::function<R(A...)> make(void* call, void* context, void (*release)(void*)) {
    return [shared = std::make_shared<Context>(call, context, release)](A... args) -> R {
      std::tuple<Sent<S, A>...> sent{std::forward<A>(args)...};
      auto parts = std::apply([](auto&... one) { return std::tuple_cat(one.parts()...); }, sent);
      if constexpr (std::is_void_v<Value>) {
        using Pointer = typename CallbackPointer<decltype(std::tuple_cat(std::tuple<void*>(), parts))>::type;
        const auto function = reinterpret_cast<Pointer>(shared->call);
        const Status status = std::apply([&](auto... part) { return function(shared->context, part...); }, parts);
        if (status != ok) return failure(status);
        return R();
      } else {
        using Out = typename Abi<S, Value>::type;
        using Pointer =
            typename CallbackPointer<decltype(std::tuple_cat(std::tuple<void*>(), parts, std::tuple<void*>()))>::type;
        const auto function = reinterpret_cast<Pointer>(shared->call);
        Out out{};
        const Status status = std::apply(
            [&](auto... part) { return function(shared->context, part..., static_cast<void*>(&out)); }, parts);
        if (status != ok) return failure(status);
        Call inner;
        Value value = Abi<S, Value>::take(out, inner);
        Abi<S, Value>::drop(out);
        if (inner.status != ok) {
          callback_message() = "an invalid result: " + inner.message;
          return failure(inner.status);
        }
        return value;
      }
    };
  }
};

/// Holds an argument while the function runs.
template <const auto& S, class P>
class Held {
  using T = std::remove_cvref_t<P>;

 public:
  template <class Tuple, std::size_t At>
  Held(const Tuple& args, std::integral_constant<std::size_t, At>, Call& call) : value_(read<At>(args, call)) {}
  void ready(Call&) {}
  P get() {
    if constexpr (std::is_lvalue_reference_v<P>) {
      return value_;
    } else {
      return static_cast<P>(std::move(value_));
    }
  }

 private:
  template <std::size_t At, class Tuple>
  static stored_as<P> read(const Tuple& args, Call& call) {
    constexpr Shape shape = shape_of<P>();
    if constexpr (shape == Shape::value) {
      return Abi<S, T>::take(cast<typename Abi<S, T>::type>(std::get<At>(args)), call);
    } else if constexpr (shape == Shape::slice) {
      const Slice slice{const_cast<void*>(static_cast<const void*>(std::get<At>(args))), std::get<At + 1>(args)};
      if constexpr (kind_of<T> == Kind::bytes && is_span<T>) {
        if (!Abi<S, T>::readable(slice, call)) return {};
        return T(static_cast<typename T::pointer>(slice.data), slice.size);
      } else {
        return Abi<S, stored_as<P>>::take(slice, call);
      }
    } else if constexpr (shape == Shape::callback) {
      if (std::get<At>(args) == nullptr) call.refuse(invalid_argument, "a null function");
      return MakeFunction<S, T>::make(reinterpret_cast<void*>(std::get<At>(args)), std::get<At + 1>(args),
                                      std::get<At + 2>(args));
    } else if constexpr (kind_of<T> == Kind::optional) {
      using Inner = item_of<T>;
      const auto* const in = reinterpret_cast<const typename Abi<S, Inner>::type*>(std::get<At>(args));
      if (in == nullptr) return std::nullopt;
      return Abi<S, Inner>::take(*in, call);
    } else {
      const auto* const in = reinterpret_cast<const typename Abi<S, T>::type*>(std::get<At>(args));
      if (in == nullptr) return call.refuse(invalid_argument, "a null pointer"), T{};
      return Abi<S, T>::take(*in, call);
    }
  }
  template <class To, class From>
  static To cast(From from) {
    if constexpr (std::is_pointer_v<To>) {
      return reinterpret_cast<To>(from);
    } else {
      return static_cast<To>(from);
    }
  }
  stored_as<P> value_;
};

template <const auto& S, class P>
  requires(kind_of<P> == Kind::object && !is_a<std::remove_cvref_t<P>, std::shared_ptr>)
class Held<S, P> {
  using T = std::remove_cvref_t<P>;

 public:
  template <class Tuple, std::size_t At>
  Held(const Tuple& args, std::integral_constant<std::size_t, At>, Call& call)
      : handle_(handle_in(std::get<At>(args))), object_(HandleOf<T>::look(handle_)) {
    if (!object_) call.refuse(closed, "the object is null or used up");
  }
  void ready(Call& call) {
    if constexpr (std::is_rvalue_reference_v<P>) {
      if (call.status != ok) return;
      // Ours, and that behind the handle.
      if (object_.use_count() > 2)
        return call.refuse(invalid_argument, "the object is held by others and cannot be used up");
      HandleOf<T>::empty(handle_);
    }
  }
  P get() { return static_cast<P>(*object_); }

 private:
  template <class C>
  static typename HandleOf<T>::type handle_in(C handle) {
    if constexpr (std::is_pointer_v<C>) {
      return reinterpret_cast<typename HandleOf<T>::type>(handle);
    } else {
      return handle;
    }
  }
  typename HandleOf<T>::type handle_;
  std::shared_ptr<T> object_;  // a callback may free the handle
};

inline Status fail(Failure** error, Status status, std::string message) {
  if (error != nullptr) {
    *error = new Failure;
    (*error)->status = status;
    (*error)->message = std::move(message);
  }
  return status;
}

template <const auto& S, class E>
Status fail_with(Failure** error, const E& problems) {
  using Spelling = typename std::remove_cvref_t<decltype(declaration_of<S, E>())>::spelling;
  using Problem = typename std::remove_cvref_t<decltype(declaration_of<S, E>())>::problem;
  using Type = typename Abi<S, Problem>::type;
  if (error == nullptr) return failed;
  auto failure = std::make_unique<Failure>();
  failure->error = index_in<E, std::remove_cvref_t<decltype(S)>>;
  failure->message = Spelling::message(problems);
  auto&& list = Spelling::problems(problems);
  failure->count = static_cast<std::size_t>(std::distance(std::begin(list), std::end(list)));
  failure->problem_size = sizeof(Type);
  auto* const out = static_cast<Type*>(allocate(failure->count * sizeof(Type)));
  failure->problems = out;
  std::size_t i = 0;
  for (const auto& problem : list) Abi<S, Problem>::give(*new (&out[i++]) Type(), problem);
  failure->drop = [](Failure& self) {
    auto* const items = static_cast<Type*>(self.problems);
    for (std::size_t n = 0; n < self.count; ++n) Abi<S, Problem>::drop(items[n]);
    std::free(self.problems);
  };
  *error = failure.release();
  return failed;
}

template <const auto& S, class Item, class Sig>
struct Run;
template <const auto& S, class Item, class R, class Self, class... P>
struct Run<S, Item, Signature<R, Self, P...>> {
  static constexpr bool receives = !std::is_void_v<Self>;
  using Value = outcome_value<R>;
  using F = typename Item::function;

  template <class... C>
  static Status run(const Item& item, C... c) {
    const auto args = std::tuple<C...>(c...);
    constexpr std::size_t last = sizeof...(C) - 1;
    auto** const error = reinterpret_cast<Failure**>(std::get<last>(args));
    if (error != nullptr) *error = nullptr;
#ifdef __cpp_exceptions
    try {
      return with(item, args, error, std::index_sequence_for<P...>());
    } catch (const std::bad_alloc&) {
      return out_of_memory;
    } catch (const std::exception& caught) {
      return fail(error, exception, caught.what());
    } catch (...) {
      return fail(error, exception, "an unknown exception");
    }
#else
    return with(item, args, error, std::index_sequence_for<P...>());
#endif
  }

  /// Where the C arguments of the I-th argument begin.
  template <std::size_t I>
  static constexpr std::size_t begin = [] {
    constexpr std::array<std::size_t, sizeof...(P) + 1> widths{std::tuple_size_v<typename Flat<S, P>::types>..., 0};
    std::size_t at = receives ? 1 : 0;
    for (std::size_t i = 0; i < I; ++i) at += widths[i];
    return at;
  }();

  template <class Tuple, std::size_t... I>
  static Status with(const Item& item, const Tuple& args, Failure** error, std::index_sequence<I...>) {
    static_assert(begin<sizeof...(P)> + (std::is_void_v<Value> ? 1 : 2) == std::tuple_size_v<Tuple>,
                  "superffi: the emitted file is not of this surface: run the emitter again");
    (void)item;
    Call call;
    using Receiver = std::conditional_t<receives, Self, int>;
    std::optional<Held<S, Receiver>> self;
    if constexpr (receives) self.emplace(args, std::integral_constant<std::size_t, 0>(), call);
    std::tuple<std::optional<Held<S, P>>...> held;
    ((call.argument = std::get<I>(item.args).name,
      std::get<I>(held).emplace(args, std::integral_constant<std::size_t, begin<I>>(), call)),
     ...);
    call.argument = nullptr;
    if (call.status == ok) {
      (std::get<I>(held)->ready(call), ...);
      if constexpr (receives) self->ready(call);
    }
    if (call.status != ok) return fail(error, call.status, std::move(call.message));
    const auto invoke = [&]() -> decltype(auto) {
      if constexpr (receives) {
        return F::call(self->get(), std::get<I>(held)->get()...);
      } else {
        return F::call(std::get<I>(held)->get()...);
      }
    };
    if constexpr (std::is_void_v<R>) {
      invoke();
    } else {
      decltype(auto) result = invoke();
      if constexpr (Outcome<std::remove_cvref_t<R>>::fails) {
        if (!result.has_value()) return fail_with<S>(error, result.error());
        if constexpr (!std::is_void_v<Value>) write(args, error, *std::forward<decltype(result)>(result));
      } else {
        write(args, error, std::forward<decltype(result)>(result));
      }
    }
    return ok;
  }

  template <class Tuple, class V>
  static void write(const Tuple& args, Failure**, V&& value) {
    using Type = typename Abi<S, Value>::type;
    auto* const out = reinterpret_cast<Type*>(std::get<begin<sizeof...(P)>>(args));
    Type made{};
    Abi<S, Value>::give(made, std::forward<V>(value));
    if (out == nullptr) return Abi<S, Value>::drop(made);
    *out = made;
  }
};

template <const auto& S, std::size_t I>
constexpr const auto& item() {
  return std::get<I>(S.items);
}
template <const auto& S, std::size_t I, std::size_t J>
constexpr const auto& member() {
  return std::get<J>(item<S, I>().members);
}
template <const auto& S, class Item, class... C>
Status run(const Item& declared, C... c) {
  return Run<S, Item, typename Item::signature>::run(declared, c...);
}

/// The type that a function gives, by its place in the surface.
template <class Item>
using given_by = outcome_value<typename Item::signature::result>;

}  // namespace detail

// What the emitted file calls; I is the place in the surface, J that in the class.

template <const auto& S, std::size_t I, class... C>
Status call_function(C... c) {
  return detail::run<S>(detail::item<S, I>(), c...);
}
template <const auto& S, std::size_t I, std::size_t J, class... C>
Status call_member(C... c) {
  return detail::run<S>(detail::member<S, I, J>(), c...);
}
template <const auto& S, std::size_t I, std::size_t J, class... C>
Status get_property(C... c) {
  return detail::run<S>(detail::member<S, I, J>().getter, c...);
}
template <const auto& S, std::size_t I, std::size_t J, class... C>
Status set_property(C... c) {
  return detail::run<S>(detail::member<S, I, J>().setter, c...);
}

template <const auto& S, std::size_t I, class C>
void drop_handle(C handle) {
  using T = typename std::remove_cvref_t<decltype(detail::item<S, I>())>::type;
  if constexpr (std::is_pointer_v<C>) {
    detail::HandleOf<T>::drop(reinterpret_cast<std::shared_ptr<T>*>(handle));
  } else {
    detail::HandleOf<T>::drop(handle);
  }
}

/// Frees what a function gave; the emitter names one function that gives the type.
template <const auto& S, class T>
void drop_value(void* value) {
  if (value != nullptr) detail::Abi<S, T>::drop(*static_cast<typename detail::Abi<S, T>::type*>(value));
}
template <const auto& S, std::size_t I>
using record_type = typename std::remove_cvref_t<decltype(detail::item<S, I>())>::type;
template <const auto& S, std::size_t I>
using function_result = detail::given_by<std::remove_cvref_t<decltype(detail::item<S, I>())>>;
template <const auto& S, std::size_t I, std::size_t J>
using member_result = detail::given_by<std::remove_cvref_t<decltype(detail::member<S, I, J>())>>;
template <const auto& S, std::size_t I, std::size_t J>
using property_type = detail::given_by<std::remove_cvref_t<decltype(detail::member<S, I, J>().getter)>>;

/// Layout of a record, for the emitted assertions.
template <const auto& S, std::size_t I>
using record_layout = detail::RecordLayout<S, std::remove_cvref_t<decltype(detail::item<S, I>().fields)>>;

inline void drop_failure(void* error) {
  auto* const failure = static_cast<Failure*>(error);
  if (failure != nullptr && failure->drop != nullptr) failure->drop(*failure);
  delete failure;
}
inline const void* failure_problem(const void* error, std::size_t type, std::size_t i) {
  const auto* const failure = static_cast<const Failure*>(error);
  if (failure == nullptr || failure->error != type || i >= failure->count) return nullptr;
  return static_cast<const std::byte*>(failure->problems) + i * failure->problem_size;
}
inline std::size_t failure_count(const void* error, std::size_t type) {
  const auto* const failure = static_cast<const Failure*>(error);
  return failure != nullptr && failure->error == type ? failure->count : 0;
}
/// Says why the callback that returns next fails.
inline void say_callback_failed(const char* message, std::size_t size) {
  detail::callback_message().assign(message, size);
}

}  // namespace superffi::c
