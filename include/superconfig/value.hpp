// Value: the immutable, shared tree that configurations are made of.
//
// A Value is 16 bytes: scalars and strings of up to 14 bytes lie inside, everything else is a reference counted
// node. Nodes are immutable once they are shared: copying a Value copies a pointer, any thread may read any tree,
// and the functions that change a Value copy what others hold (one entry a level, not the whole dict).
//
// Dicts keep the order in which their keys were first declared; comparison ignores it.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "superconfig/error.hpp"
#include "superconfig/name.hpp"
#include "superconfig/origin.hpp"
#include "superconfig/path.hpp"

namespace superconfig {

enum class Kind : std::uint8_t { null, boolean, integer, floating, string, datetime, array, dict };

/// "null", "bool", "integer", "float", "string", "datetime", "array", "dict".
std::string_view name_of(Kind kind) noexcept;

/// One of TOML's four kinds of date and time (TOML 1.0, RFC 3339). Fields that a kind lacks are zero.
struct Datetime {
  enum class Form : std::uint8_t { offset_datetime, local_datetime, local_date, local_time };
  std::uint16_t year = 0;
  std::uint8_t month = 0, day = 0, hour = 0, minute = 0, second = 0;
  Form form = Form::local_date;
  std::uint32_t nanosecond = 0;
  std::int16_t offset_minutes = 0;  ///< east of UTC; only for offset_datetime

  [[nodiscard]] bool has_date() const noexcept { return form != Form::local_time; }
  [[nodiscard]] bool has_time() const noexcept { return form != Form::local_date; }
  /// As TOML writes it: `1979-05-27T07:32:00.5Z`.
  [[nodiscard]] std::string to_string() const;
  /// The whole text as one of the four kinds, or nothing. Accepts `T`, `t` or a space between date and time.
  static std::optional<Datetime> parse(std::string_view text) noexcept;
  friend bool operator==(const Datetime&, const Datetime&) = default;
};

class Value;
struct Entry;
struct Item;
class DictView;

namespace detail {

enum class NodeKind : std::uint8_t { string, text, array, flat_dict, delta_dict, edit };

/// What all nodes begin with. `refs` is decremented with release and an acquire by the one who deletes, so that
/// every use of a node happens before its deletion; increments are relaxed since the caller already holds one.
struct Node {
  std::atomic<std::uint32_t> refs{1};
  NodeKind kind;
  std::uint8_t flags = 0;
  std::uint16_t height = 0;  ///< levels of arrays and dicts below this one, at most 65535

  /// The node, or one below it, may hold array edits or markers (helper keys or pending ones).
  static constexpr std::uint8_t may_hold_edits = 1;
  /// The node, or one below it, holds pending edits for certain: only profiles other than default have these.
  static constexpr std::uint8_t holds_pending = 2;
  /// The text node may be split at commas by a list target.
  static constexpr std::uint8_t comma_list = 4;

  explicit Node(NodeKind k) noexcept : kind(k) {}
};

void destroy(Node* node) noexcept;

inline void retain(Node* node) noexcept { node->refs.fetch_add(1, std::memory_order_relaxed); }
inline void release(Node* node) noexcept {
  if (node->refs.load(std::memory_order_acquire) == 1 || node->refs.fetch_sub(1, std::memory_order_acq_rel) == 1)
    destroy(node);
}

}  // namespace detail

/// Two entries of one dict that have the same name, by position.
struct DuplicateName {
  std::size_t first = 0, second = 0;
};

class Value {
 public:
  // ---- making ----
  Value() noexcept : Value(Tag::null) {}
  Value(std::nullptr_t) noexcept : Value(Tag::null) {}                       // NOLINT(google-explicit-constructor)
  Value(bool b) noexcept : Value(Tag::boolean) { store<std::uint64_t>(b); }  // NOLINT
  template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
             !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>)
  Value(T i) noexcept : Value(Tag::i64) {  // NOLINT(google-explicit-constructor)
    if constexpr (std::unsigned_integral<T>) {
      if (static_cast<std::uint64_t>(i) > static_cast<std::uint64_t>(INT64_MAX)) tag_ = Tag::u64;
    }
    store(static_cast<std::uint64_t>(i));
  }
  Value(double d) noexcept : Value(Tag::f64) { store(d); }           // NOLINT(google-explicit-constructor)
  Value(float d) noexcept : Value(static_cast<double>(d)) {}         // NOLINT(google-explicit-constructor)
  Value(std::string_view text);                                      // NOLINT(google-explicit-constructor)
  Value(const char* text) : Value(std::string_view(text)) {}         // NOLINT(google-explicit-constructor)
  Value(const std::string& text) : Value(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
  Value(const Datetime& datetime) noexcept;                          // NOLINT(google-explicit-constructor)
  template <class T>
    requires(std::is_pointer_v<T> && !std::convertible_to<T, const char*>)
  Value(T) = delete;

  /// An array of the items, which are moved out of the span.
  static Value array(std::span<Item> items);
  static Value array(std::initializer_list<Value> items = {});
  /// A dict of the entries, which are moved out of the span, in their order. If a name comes twice the first
  /// keeps its place, the last its value, and `duplicate` (if given) is set to the first such pair.
  static Value dict(std::span<Entry> entries, DuplicateName* duplicate = nullptr);
  static Value dict(std::initializer_list<std::pair<std::string_view, Value>> entries = {});
  /// Text whose type is decided by who asks: the characters, and what an untyped read sees. With `comma_list` a
  /// list target may split it at commas.
  static Value text(std::string_view characters, Value guess, bool comma_list);

  Value(const Value& other) noexcept {
    std::memcpy(static_cast<void*>(this), &other, sizeof *this);
    if (counted()) detail::retain(node());
  }
  Value(Value&& other) noexcept {
    std::memcpy(static_cast<void*>(this), &other, sizeof *this);
    other.tag_ = Tag::null;
  }
  Value& operator=(const Value& other) noexcept { return *this = Value(other); }
  Value& operator=(Value&& other) noexcept {
    if (this != &other) {
      Value old(Adopt{}, *this);
      std::memcpy(static_cast<void*>(this), &other, sizeof *this);
      other.tag_ = Tag::null;
    }
    return *this;
  }
  ~Value() {
    if (counted()) detail::release(node());
  }

  // ---- asking ----
  /// The kind; of text: its guess's kind.
  [[nodiscard]] Kind kind() const noexcept {
    return tag_ == Tag::text ? text_guess().kind() : kind_of_tag[static_cast<std::size_t>(tag_)];
  }
  [[nodiscard]] bool is_null() const noexcept { return kind() == Kind::null; }
  [[nodiscard]] bool is_dict() const noexcept { return kind() == Kind::dict; }
  [[nodiscard]] bool is_array() const noexcept { return kind() == Kind::array; }
  [[nodiscard]] bool is_string() const noexcept { return kind() == Kind::string; }

  // Each gives nothing if the kind is another; text answers as its guess.
  [[nodiscard]] std::optional<bool> as_bool() const noexcept;
  [[nodiscard]] std::optional<std::int64_t> as_i64() const noexcept;   ///< also nothing if it does not fit
  [[nodiscard]] std::optional<std::uint64_t> as_u64() const noexcept;  ///< also nothing if it does not fit
  [[nodiscard]] std::optional<double> as_f64() const noexcept;         ///< floats only
  /// The view lives as long as this Value object.
  [[nodiscard]] std::optional<std::string_view> as_string() const noexcept;
  [[nodiscard]] std::optional<Datetime> as_datetime() const noexcept;

  /// Text from the environment or the command line: its characters are in `characters()`.
  [[nodiscard]] bool is_text() const noexcept { return tag_ == Tag::text; }
  [[nodiscard]] std::string_view characters() const noexcept;
  [[nodiscard]] const Value& text_guess() const noexcept;
  [[nodiscard]] bool is_comma_list() const noexcept;

  /// Entries of a dict or items of an array; 0 of everything else.
  [[nodiscard]] std::size_t size() const noexcept;
  /// The entry of a dict by its name; nullptr if there is none or this is no dict.
  [[nodiscard]] const Entry* find(std::string_view name) const noexcept;
  /// The item of an array; nullptr if there is none or this is no array.
  [[nodiscard]] const Item* at(std::size_t index) const noexcept;
  /// A dict's entries in order; empty for everything else. Valid while this Value lives and is not changed.
  [[nodiscard]] DictView entries() const noexcept;
  /// An array's items; empty for everything else.
  [[nodiscard]] std::span<const Item> items() const noexcept;

  // ---- changing (what others hold is copied first) ----
  /// Puts the entry; a name that is there keeps its place. A value that is no dict becomes one.
  void set(std::string_view name, Value value, Mark mark = {});
  void set(const Name& name, Value value, Mark mark = {});
  /// Takes the entry out; false if it is not there.
  bool erase(std::string_view name);
  /// Appends to an array. A value that is no array becomes one.
  void push_back(Value value, Mark mark = {});

  /// Deep equality. Dicts as unordered, text by its guess, an integer never equals a float, NaN equals NaN,
  /// 0.0 equals -0.0. Marks do not count.
  friend bool operator==(const Value& a, const Value& b);

  /// As compact JSON-like text for messages and tests: NaN, infinities and datetimes are written as words; what is
  /// deeper than 1000 levels as `…`.
  [[nodiscard]] std::string to_string() const;

  enum class Tag : std::uint8_t {
    null,
    boolean,
    i64,
    u64,
    f64,
    short_string,
    datetime,
    string,
    text,
    array,
    dict,
    edit
  };
  /// For the library's own code: how it is held.
  [[nodiscard]] Tag tag() const noexcept { return tag_; }
  [[nodiscard]] bool counted() const noexcept { return tag_ >= Tag::string; }
  [[nodiscard]] detail::Node* node() const noexcept { return load<detail::Node*>(); }
  [[nodiscard]] std::uint64_t bits() const noexcept { return load<std::uint64_t>(); }
  static Value adopt(Tag tag, detail::Node* node) noexcept {
    Value v(tag);
    v.store(node);
    return v;
  }

 private:
  struct Adopt {};
  Value(Adopt, const Value& other) noexcept { std::memcpy(static_cast<void*>(this), &other, sizeof *this); }
  explicit Value(Tag tag) noexcept : tag_(tag) {}
  template <class T>
  [[nodiscard]] T load() const noexcept {
    T t;
    std::memcpy(&t, raw_, sizeof t);
    return t;
  }
  template <class T>
  void store(T t) noexcept {
    std::memcpy(raw_, &t, sizeof t);
  }
  static constexpr Kind kind_of_tag[] = {Kind::null,     Kind::boolean, Kind::integer,  Kind::integer,
                                         Kind::floating, Kind::string,  Kind::datetime, Kind::string,
                                         Kind::string,   Kind::array,   Kind::dict,     Kind::array};

  alignas(8) unsigned char raw_[14] = {};
  std::uint8_t size_ = 0;  // of a short string
  Tag tag_;
};
static_assert(sizeof(Value) == 16);

/// What a dict holds: a name, a value and where the value was written.
struct Entry {
  Name name;
  Value value;
  Mark mark;
};
static_assert(sizeof(Entry) == 32 || sizeof(void*) != 8);

/// What an array holds.
struct Item {
  Value value;
  Mark mark;
};
static_assert(sizeof(Item) == 24);

/// A dict's entries in order: a forward range of `const Entry&`.
class DictView {
 public:
  class iterator {
   public:
    using value_type = Entry;
    using reference = const Entry&;
    using pointer = const Entry*;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::forward_iterator_tag;

    iterator() noexcept = default;
    reference operator*() const noexcept { return *current_; }
    pointer operator->() const noexcept { return current_; }
    iterator& operator++() noexcept {
      ++position_;
      if (change_ == flat) {
        ++current_;
      } else {
        settle();
      }
      return *this;
    }
    iterator operator++(int) noexcept {
      auto old = *this;
      ++*this;
      return old;
    }
    friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.position_ == b.position_; }

   private:
    friend class DictView;
    static constexpr std::uint32_t flat = UINT32_MAX;  // as the next change: there are none
    void settle() noexcept;
    const detail::Node* node_ = nullptr;
    const Entry* current_ = nullptr;
    std::uint32_t position_ = 0, change_ = 0;  // change_: the next changed entry of a delta
  };

  [[nodiscard]] iterator begin() const noexcept;
  [[nodiscard]] iterator end() const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

 private:
  friend class Value;
  const detail::Node* node_ = nullptr;
  std::uint32_t size_ = 0;
};

/// What a walk found: the value in the tree and its mark, or nothing.
struct Found {
  const Value* value = nullptr;
  Mark mark;
  explicit operator bool() const noexcept { return value != nullptr; }
};

/// Walks from `root` along the segments: by name in dicts, by index in arrays. Allocates nothing.
Found find_path(const Value& root, const Path& path) noexcept;
Found find_path(const Value& root, const Key& key) noexcept;
/// As text. `*bad_path` is set if the text is no path (then nothing is found); see Path::parse for the error.
Found find_path(const Value& root, std::string_view path, bool* bad_path) noexcept;

/// The shortest text that reads back as the same double, always with `.` or `e`; `nan`, `inf`, `-inf`.
std::string float_text(double d);

}  // namespace superconfig
