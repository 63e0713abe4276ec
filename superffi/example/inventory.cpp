#include "inventory.hpp"

#include <charconv>
#include <cstring>
#include <utility>
#ifndef __wasm__
#include <thread>
#endif

namespace shop {

std::atomic<std::int64_t> Inventory::living_{0};

std::string Problems::to_string() const {
  std::string out;
  for (const Problem& problem : list) {
    if (!out.empty()) out += '\n';
    for (const std::string& step : problem.path) out += step + ": ";
    out += "expected " + problem.expected + ", found " + problem.found;
    if (!problem.hint.empty()) out += " (" + problem.hint + ")";
  }
  return out;
}

Inventory::Inventory(std::string_view name) : name_(name) { ++living_; }
Inventory::Inventory(const Inventory& other)
    : name_(other.name_), items_(other.items_), listeners_(other.listeners_), opened_(other.opened_) {
  ++living_;
}
Inventory::Inventory(Inventory&& other) noexcept
    : name_(std::move(other.name_)),
      items_(std::move(other.items_)),
      listeners_(std::move(other.listeners_)),
      opened_(other.opened_) {
  ++living_;
}
Inventory::~Inventory() { --living_; }

Result<Inventory> Inventory::parse(std::string_view text, std::string_view name) {
  Inventory out(name);
  Problems problems;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    std::string_view entry = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::vector<std::string_view> words;
    while (!entry.empty()) {
      const std::size_t space = std::min(entry.find(' '), entry.size());
      if (space > 0) words.push_back(entry.substr(0, space));
      entry.remove_prefix(std::min(space + 1, entry.size()));
    }
    if (words.empty()) continue;
    const std::string item(words[0]);
    std::int64_t count = 0;
    const std::string_view number = words.size() > 1 ? words[1] : "";
    const auto [rest, code] = std::from_chars(number.data(), number.data() + number.size(), count);
    if (code != std::errc() || rest != number.data() + number.size())
      problems.list.push_back(
          {ProblemCode::invalid, {item, "count"}, "an integer", "\"" + std::string(number) + "\"", ""});
    auto unit = unit_named(words.size() > 2 ? words[2] : "piece");
    if (!unit.has_value()) {
      Problem problem = unit.error().list[0];
      problem.path = {item, "unit"};
      problems.list.push_back(problem);
    } else {
      out.items_.push_back({item, count, *unit, {}, {}, {}});
    }
  }
  if (!problems.list.empty()) return problems;
  return out;
}

Result<Inventory> Inventory::from_bytes(std::span<const std::byte> bytes) {
  return parse({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, "bytes");
}

std::vector<std::byte> Inventory::to_bytes() const {
  std::string text;
  for (const Item& item : items_) text += item.name + " " + std::to_string(item.count) + ";";
  std::vector<std::byte> out(text.size());
  if (!text.empty()) std::memcpy(out.data(), text.data(), text.size());
  return out;
}

Item* Inventory::look(std::string_view name) {
  for (Item& item : items_)
    if (item.name == name) return &item;
  return nullptr;
}

Result<Inventory> Inventory::with_item(const Item& item) const& {
  if (find(item.name))
    return Problem{ProblemCode::duplicate, {item.name}, "a new name", "\"" + item.name + "\"", "use add"};
  Inventory out(*this);
  out.items_.push_back(item);
  return out;
}

Inventory Inventory::renamed(std::string_view name) && {
  name_ = name;
  return std::move(*this);
}

void Inventory::add(std::string_view name, std::int64_t count, Unit unit) {
  if (Item* item = look(name)) {
    item->count += count;
  } else {
    items_.push_back({std::string(name), count, unit, {}, {}, {}});
  }
  changed(name);
}

Result<void> Inventory::remove(std::string_view name) {
  const auto gone = std::erase_if(items_, [&](const Item& item) { return item.name == name; });
  if (gone == 0) return Problem{ProblemCode::missing, {std::string(name)}, "an item", "nothing", ""};
  return {};
}

void Inventory::absorb(Inventory&& other) {
  for (Item& item : other.items_) items_.push_back(std::move(item));
  other.items_.clear();
}

void Inventory::add_all(const Inventory& other) {
  const std::vector<Item> items = other.items_;  // it may be this one
  items_.insert(items_.end(), items.begin(), items.end());
}

void Inventory::tag(std::string_view name, std::span<const std::string_view> tags) {
  if (Item* item = look(name)) item->tags.assign(tags.begin(), tags.end());
}

std::optional<Item> Inventory::find(std::string_view name) const {
  for (const Item& item : items_)
    if (item.name == name) return item;
  return std::nullopt;
}

Result<Item> Inventory::get(std::string_view name) const {
  if (auto item = find(name)) return *std::move(item);
  return Problem{ProblemCode::missing, {name_, std::string(name)}, "an item", "nothing", "see names"};
}

std::optional<std::int64_t> Inventory::count(std::string_view name) const {
  for (const Item& item : items_)
    if (item.name == name) return item.count;
  return std::nullopt;
}

std::uint64_t Inventory::total() const {
  std::uint64_t sum = 0;
  for (const Item& item : items_) sum += static_cast<std::uint64_t>(item.count);
  return sum;
}

std::map<std::string, std::int64_t> Inventory::counts() const {
  std::map<std::string, std::int64_t> out;
  for (const Item& item : items_) out[item.name] = item.count;
  return out;
}

void Inventory::set_counts(const std::vector<std::pair<std::string, std::int64_t>>& counts) {
  items_.clear();
  for (const auto& [name, count] : counts) items_.push_back({name, count, Unit::piece, {}, {}, {}});
}

Inventory Inventory::filter(const std::function<bool(const Item&)>& keep) const {
  Inventory out(name_);
  for (const Item& item : items_)
    if (keep(item)) out.items_.push_back(item);
  return out;
}

std::string Inventory::describe(const std::function<std::string(std::string_view, std::int64_t)>& line) const {
  std::string out;
  for (const Item& item : items_) out += line(item.name, item.count);
  return out;
}

Result<std::int64_t> Inventory::sum(const std::function<Result<std::int64_t>(const Item&)>& weight) const {
  std::int64_t sum = 0;
  for (const Item& item : items_) {
    auto one = weight(item);
    if (!one.has_value()) return one.error();
    sum += *one;
  }
  return sum;
}

void Inventory::changed(std::string_view what) const {
  for (const auto& listener : listeners_) listener(what);
}

#ifdef __wasm__
#define LOCKED(shelves) (void)0
#else
#define LOCKED(shelves) const std::lock_guard lock((shelves).mutex_)
#endif

Shelves& Shelves::all() {
  static Shelves shelves;
  return shelves;
}
std::uint64_t Shelves::give(std::shared_ptr<Shelf> shelf) {
  LOCKED(all());
  all().shelves_.emplace(++all().last_, std::move(shelf));
  return all().last_;
}
std::shared_ptr<Shelf> Shelves::look(std::uint64_t number) {
  LOCKED(all());
  const auto found = all().shelves_.find(number);
  return found == all().shelves_.end() ? nullptr : found->second;
}
void Shelves::drop(std::uint64_t number) {
  std::shared_ptr<Shelf> last;  // dies after the lock
  LOCKED(all());
  if (auto node = all().shelves_.extract(number)) last = std::move(node.mapped());
}

std::vector<std::shared_ptr<Inventory>> split(const Inventory& inventory) {
  std::vector<std::shared_ptr<Inventory>> out;
  for (const Item& item : inventory.items()) {
    out.push_back(std::make_shared<Inventory>(item.name));
    out.back()->add(item.name, item.count, item.unit);
  }
  return out;
}

std::int64_t count_slowly(const Inventory& inventory, const std::function<bool(std::int64_t)>& progress) {
  std::int64_t sum = 0;
  const auto work = [&] {
    for (const Item& item : inventory.items()) {
      sum += item.count;
      if (!progress(sum)) return;
    }
  };
#ifdef __wasm__
  work();
#else
  std::thread(work).join();
#endif
  return sum;
}

Result<Unit> unit_named(std::string_view name) {
  if (name == "piece") return Unit::piece;
  if (name == "kilogram") return Unit::kilogram;
  if (name == "none") return Unit::none;
  return Problem{ProblemCode::invalid, {}, "piece, kilogram or none", "\"" + std::string(name) + "\"", ""};
}

std::int64_t echo_int64(std::int64_t value) { return value; }
std::uint64_t echo_uint64(std::uint64_t value) { return value; }

}  // namespace shop
