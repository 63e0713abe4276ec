#include "providers/known_keys.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "superconfig/shape.hpp"
#include "text/nearest.hpp"
#include "value/nodes.hpp"

namespace superconfig::detail {
namespace {

constexpr auto folds = [] {
  std::array<char, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<char>(i);
  for (unsigned char c = 'A'; c <= 'Z'; ++c) table[c] = static_cast<char>(c + 32);
  table['-'] = '_';
  return table;
}();
char folded(char c) noexcept { return folds[static_cast<unsigned char>(c)]; }

// `name` begins with the known key.
bool begins_with(std::string_view name, std::string_view key) noexcept {
  if (key.size() > name.size()) return false;
  std::size_t same = 0;
  while (same < key.size() && folded(key[same]) == folded(name[same])) ++same;
  return same == key.size();
}
bool equals(std::string_view name, std::string_view key) noexcept {
  return key.size() == name.size() && begins_with(name, key);
}

bool is_separator(char c, bool dots_nest) noexcept { return c == '_' || (dots_nest && c == '.'); }

std::string_view edit_suffix(std::string_view rest) noexcept {
  for (const std::string_view suffix : {"_add", "_remove"})
    if (equals(rest, suffix)) return suffix;
  return {};
}

// Calls `use(key, child)` for every key of the level. Two kinds of levels: values and shapes.
struct ValueLevel {
  const Value* value;
  template <class Use>
  void each(const Use& use) const {
    if (value->is_dict()) {
      for (const auto& entry : value->entries()) use(entry.name.view(), ValueLevel{&entry.value});
    } else {
      for (std::size_t i = 0; i < value->size(); ++i)
        use(std::string_view(std::to_string(i)), ValueLevel{&value->at(i)->value});
    }
  }
  [[nodiscard]] bool is_array() const { return value->is_array(); }
  [[nodiscard]] const void* identity() const noexcept { return value; }
};

struct ShapeLevel {
  const Shape* shape;  // nullptr: a tag
  template <class Use>
  void each(const Use& use) const {
    if (!shape) return;
    for (const auto& field : known_fields(unwrap(*shape))) {
      use(field.name, ShapeLevel{field.shape});
      for (const auto alias : field.aliases) use(alias, ShapeLevel{field.shape});
    }
  }
  [[nodiscard]] const void* identity() const noexcept { return shape; }
  [[nodiscard]] bool is_array() const {
    if (!shape) return false;
    const auto kind = unwrap(*shape).kind;
    return kind == ShapeKind::list || kind == ShapeKind::set || kind == ShapeKind::array;
  }
};

void add(std::vector<KnownKey>& keys, KnownKey key) {
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
}

// Levels that gave nothing for so many letters of the end of the name: a type that contains itself is met again and
// again.
using DeadEnds = std::set<std::pair<const void*, std::size_t>>;

// The way down to a level. The steps lie on the stack: most of them lead nowhere.
struct Step {
  std::string_view segment;
  const Step* before = nullptr;
  std::size_t depth = 0;  // steps up to here

  static std::size_t depth_of(const Step* last) noexcept { return last ? last->depth : 0; }
  [[nodiscard]] std::vector<std::string> path(std::string_view suffix = {}) const {
    std::vector<std::string> segments(depth);
    for (const auto* step = this; step; step = step->before) segments[step->depth - 1] = step->segment;
    segments.back() += suffix;
    return segments;
  }
};

template <class Level>
void read_as(std::string_view name, const Level& level, bool dots_nest, const Step* last, DeadEnds& dead_ends,
             std::vector<KnownKey>& keys) {
  constexpr std::size_t enough = 8;  // two are ambiguous
  const auto depth = Step::depth_of(last);
  const bool remembers = depth > 3;  // the first levels are not worth it
  if (depth >= most_levels || (remembers && dead_ends.contains({level.identity(), name.size()}))) return;
  const auto before = keys.size();
  level.each([&](std::string_view key, const Level& child) {
    if (key.empty() || keys.size() >= enough || !begins_with(name, key)) return;
    const auto rest = name.substr(key.size());
    const Step step{key, last, depth + 1};
    if (rest.empty()) {
      add(keys, {step.path(), false});
    } else if (const auto suffix = edit_suffix(rest); !suffix.empty() && child.is_array()) {
      add(keys, {step.path(suffix), true});
    } else if (is_separator(rest.front(), dots_nest) && rest.size() > 1) {
      read_as(rest.substr(1), child, dots_nest, &step, dead_ends, keys);
    }
  });
  if (remembers && keys.size() == before) dead_ends.emplace(level.identity(), name.size());
}

template <class Level>
void spelled(std::string_view segment, const Level& level, std::vector<KnownKey>& keys) {
  level.each([&](std::string_view key, const Level& child) {
    if (equals(segment, key)) {
      add(keys, {{std::string(key)}, false});
    } else if (begins_with(segment, key) && child.is_array()) {
      if (const auto suffix = edit_suffix(segment.substr(key.size())); !suffix.empty())
        add(keys, {{std::string(key) += suffix}, true});
    }
  });
}

// The level a shape has at a path; a null pointer if it has none.
const Shape* shape_at(const KnownShape& known, const std::vector<std::string>& path) {
  if (path.size() < known.path.size() || !std::equal(known.path.begin(), known.path.end(), path.begin()))
    return nullptr;
  const auto* shape = known.shape;
  for (std::size_t i = known.path.size(); i < path.size() && shape; ++i) {
    const auto& inner = unwrap(*shape);
    const Shape* next = nullptr;
    if ((inner.kind == ShapeKind::list || inner.kind == ShapeKind::map || inner.kind == ShapeKind::array) &&
        inner.element) {
      next = inner.element;
    } else {
      for (const auto& field : known_fields(inner)) {
        const bool alias = std::find(field.aliases.begin(), field.aliases.end(), path[i]) != field.aliases.end();
        if (field.name == path[i] || alias) next = field.shape;
      }
    }
    shape = next;
  }
  return shape;
}

// `name` after the path that a shape stands at, which must come first.
bool strip_shape_path(std::string_view& name, const std::vector<std::string>& path, bool dots_nest) {
  for (const auto& segment : path) {
    if (!begins_with(name, segment)) return false;
    name.remove_prefix(segment.size());
    if (name.size() < 2 || !is_separator(name.front(), dots_nest)) return false;
    name.remove_prefix(1);
  }
  return true;
}

// Bounded: this is for a hint.
template <class Level>
void list_all(const Level& level, std::vector<std::string>& path, std::vector<std::string>& out, std::size_t depth) {
  constexpr std::size_t most = 5000;
  if (depth == 0 || out.size() >= most) return;
  level.each([&](std::string_view key, const Level& child) {
    path.emplace_back(key);
    out.push_back(path_text(path));
    if (!child.is_array()) list_all(child, path, out, depth - 1);
    path.pop_back();
  });
}

}  // namespace

std::vector<KnownKey> keys_read_as(std::string_view name, const Below& below, bool dots_nest) {
  std::vector<KnownKey> keys;
  DeadEnds dead_ends;
  for (const auto& tree : below.trees()) read_as(name, ValueLevel{&tree.tree}, dots_nest, nullptr, dead_ends, keys);
  if (!keys.empty()) return keys;
  for (const auto& known : below.shapes()) {
    auto rest = name;
    if (!strip_shape_path(rest, known.path, dots_nest)) continue;
    std::vector<Step> steps(known.path.size());
    for (std::size_t i = 0; i < steps.size(); ++i) steps[i] = {known.path[i], i == 0 ? nullptr : &steps[i - 1], i + 1};
    read_as(rest, ShapeLevel{known.shape}, dots_nest, steps.empty() ? nullptr : &steps.back(), dead_ends, keys);
  }
  return keys;
}

std::vector<KnownKey> spellings_of(std::string_view segment, const std::vector<std::string>& parent,
                                   const Below& below) {
  std::vector<KnownKey> keys;
  const Path path(parent);
  for (const auto& tree : below.trees())
    if (const auto found = find_path(tree.tree, path); found && found.value->is_dict())
      spelled(segment, ValueLevel{found.value}, keys);
  if (!keys.empty()) return keys;
  for (const auto& known : below.shapes()) {
    if (parent.size() < known.path.size()) {
      if (equals(segment, known.path[parent.size()]) && std::equal(parent.begin(), parent.end(), known.path.begin()))
        add(keys, {{known.path[parent.size()]}, false});
    } else if (const auto* shape = shape_at(known, parent)) {
      spelled(segment, ShapeLevel{shape}, keys);
    }
  }
  return keys;
}

bool is_known_array(const std::vector<std::string>& path, const Below& below) {
  const Path where(path);
  for (const auto& tree : below.trees())
    if (const auto found = find_path(tree.tree, where); found && found.value->is_array()) return true;
  return false;
}

std::vector<std::size_t> elements_in(const std::vector<std::string>& path, const Below& below) {
  std::vector<std::size_t> elements;
  for (std::size_t i = 1; i < path.size(); ++i)
    if (index_of(path[i]) != no_index &&
        is_known_array({path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i)}, below))
      elements.push_back(i);
  return elements;
}

bool is_known_bool(const std::vector<std::string>& path, const Below& below) {
  const Path where(path);
  for (const auto& tree : below.trees())
    if (const auto found = find_path(tree.tree, where)) return found.value->kind() == Kind::boolean;
  for (const auto& known : below.shapes())
    if (const auto* shape = shape_at(known, path)) return unwrap(*shape).kind == ShapeKind::boolean;
  return false;
}

// The key itself, and the levels made for it, are among the trees when the variable has been placed: they are not what
// was meant. If nothing is near to all of it, a level above may be misspelled.
std::string nearest_known_key(const std::vector<std::string>& path, const Below& below) {
  std::vector<std::string> all;
  std::vector<std::string> at;
  for (const auto& tree : below.trees()) list_all(ValueLevel{&tree.tree}, at, all, 8);
  for (const auto& known : below.shapes()) {
    at = known.path;
    list_all(ShapeLevel{known.shape}, at, all, 8);
  }
  std::vector<std::string> own;
  for (std::size_t n = 1; n <= path.size(); ++n)
    own.push_back(path_text({path.begin(), path.begin() + static_cast<std::ptrdiff_t>(n)}));
  std::erase_if(all, [&](const auto& name) { return std::find(own.begin(), own.end(), name) != own.end(); });
  for (std::size_t n = own.size(); n-- > 0;) {
    Nearest nearest(own[n]);
    for (const auto& name : all) nearest.consider(name);
    if (!nearest.name().empty()) return std::string(nearest.name());
  }
  return {};
}

}  // namespace superconfig::detail
