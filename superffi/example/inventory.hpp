// The example's own class: a store's inventory. Plain C++ that knows nothing of other languages.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#ifndef __wasm__
#include <mutex>
#endif
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace shop {

enum class Unit : std::uint8_t { piece, kilogram, none };

struct Item {
  std::string name;
  std::int64_t count = 0;
  Unit unit = Unit::piece;
  std::optional<double> price;
  std::vector<std::string> tags;
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> added;
};

enum class ProblemCode : std::uint8_t { missing, duplicate, invalid, callback };

struct Problem {
  ProblemCode code = ProblemCode::invalid;
  std::vector<std::string> path;
  std::string expected;
  std::string found;
  std::string hint;
};

/// Every problem of one operation.
struct Problems {
  std::vector<Problem> list;
  [[nodiscard]] std::string to_string() const;
};

/// A value or what went wrong.
template <class T>
class Result {
 public:
  using value_type = T;
  using error_type = Problems;
  Result(T value) : content_(std::move(value)) {}                        // NOLINT(google-explicit-constructor)
  Result(Problems problems) : content_(std::move(problems)) {}           // NOLINT(google-explicit-constructor)
  Result(Problem problem) : content_(Problems{{std::move(problem)}}) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] bool has_value() const { return content_.index() == 0; }
  [[nodiscard]] const T& operator*() const& { return *std::get_if<0>(&content_); }
  [[nodiscard]] T&& operator*() && { return std::move(*std::get_if<0>(&content_)); }
  [[nodiscard]] const Problems& error() const { return *std::get_if<1>(&content_); }

 private:
  std::variant<T, Problems> content_;
};
template <>
class Result<void> {
 public:
  using value_type = void;
  using error_type = Problems;
  Result() = default;
  Result(Problem problem) : problems_(Problems{{std::move(problem)}}) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] bool has_value() const { return !problems_; }
  [[nodiscard]] const Problems& error() const { return *problems_; }

 private:
  std::optional<Problems> problems_;
};

/// A value of any shape, as a dynamic language has it: a tree.
struct Note;
using Notes = std::vector<Note>;
using Dict = std::vector<std::pair<std::string, Note>>;
struct Note {
  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Notes, Dict> content;
};

class Inventory {
 public:
  explicit Inventory(std::string_view name);
  Inventory(const Inventory& other);
  Inventory(Inventory&& other) noexcept;
  Inventory& operator=(const Inventory&) = default;
  Inventory& operator=(Inventory&&) = default;
  ~Inventory();

  /// "bolts 12 piece; flour 3 kilogram"
  static Result<Inventory> parse(std::string_view text, std::string_view name);
  static Result<Inventory> from_bytes(std::span<const std::byte> bytes);

  [[nodiscard]] const std::string& name() const { return name_; }
  void set_name(std::string name) { name_ = std::move(name); }
  [[nodiscard]] std::size_t size() const { return items_.size(); }

  [[nodiscard]] Result<Inventory> with_item(const Item& item) const&;
  [[nodiscard]] Inventory renamed(std::string_view name) &&;
  void add(std::string_view name, std::int64_t count, Unit unit);
  Result<void> remove(std::string_view name);
  void absorb(Inventory&& other);
  void add_all(const Inventory& other);
  void tag(std::string_view name, std::span<const std::string_view> tags);

  [[nodiscard]] std::optional<Item> find(std::string_view name) const;
  [[nodiscard]] Result<Item> get(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> count(std::string_view name) const;
  [[nodiscard]] std::uint64_t total() const;
  [[nodiscard]] const std::vector<Item>& items() const { return items_; }
  [[nodiscard]] std::map<std::string, std::int64_t> counts() const;
  void set_counts(const std::vector<std::pair<std::string, std::int64_t>>& counts);
  [[nodiscard]] std::vector<std::byte> to_bytes() const;

  [[nodiscard]] Inventory filter(const std::function<bool(const Item&)>& keep) const;
  [[nodiscard]] std::string describe(const std::function<std::string(std::string_view, std::int64_t)>& line) const;
  [[nodiscard]] Result<std::int64_t> sum(const std::function<Result<std::int64_t>(const Item&)>& weight) const;
  /// The listener is called by `changed` and by `add`, until the inventory is gone.
  void subscribe(std::function<void(std::string_view)> listener) { listeners_.push_back(std::move(listener)); }
  void changed(std::string_view what) const;

  [[nodiscard]] std::chrono::year_month_day opened() const { return opened_; }
  void set_opened(std::chrono::year_month_day day) { opened_ = day; }
  [[nodiscard]] static std::chrono::milliseconds twice(std::chrono::milliseconds time) { return 2 * time; }

  [[nodiscard]] static std::int64_t living() { return living_.load(); }

 private:
  Item* look(std::string_view name);
  static std::atomic<std::int64_t> living_;
  std::string name_;
  std::vector<Item> items_;
  std::vector<std::function<void(std::string_view)>> listeners_;
  std::chrono::year_month_day opened_{std::chrono::year(2020) / 2 / 29};
};

/// Two inventories that others hold too: an object made of shared ones.
class Shelf {
 public:
  explicit Shelf(std::shared_ptr<Inventory> content) : content_(std::move(content)) {}
  [[nodiscard]] std::shared_ptr<Inventory> content() const { return content_; }
  [[nodiscard]] bool holds(const std::shared_ptr<const Inventory>& other) const { return content_ == other; }

 private:
  std::shared_ptr<Inventory> content_;
};

/// Shelves by number, for languages that would rather hold a number than a pointer.
class Shelves {
 public:
  static std::uint64_t give(std::shared_ptr<Shelf> shelf);
  static std::shared_ptr<Shelf> look(std::uint64_t number);
  static void drop(std::uint64_t number);

 private:
  static Shelves& all();
#ifndef __wasm__
  std::mutex mutex_;
#endif
  std::uint64_t last_ = 1'000'000'000'000;
  std::map<std::uint64_t, std::shared_ptr<Shelf>> shelves_;
};

/// An inventory for each item.
std::vector<std::shared_ptr<Inventory>> split(const Inventory& inventory);

/// Counts from another thread (from this one where there are none), and says how far it is.
std::int64_t count_slowly(const Inventory& inventory, const std::function<bool(std::int64_t)>& progress);
Result<Unit> unit_named(std::string_view name);
std::int64_t echo_int64(std::int64_t value);
std::uint64_t echo_uint64(std::uint64_t value);

}  // namespace shop
