// `explain`: who set the value at a path, and all it shadowed.

#include <algorithm>
#include <set>
#include <span>

#include "config/trace.hpp"
#include "providers/known_keys.hpp"
#include "superconfig/config.hpp"
#include "superconfig/mask.hpp"

namespace superconfig {
namespace detail {
namespace {

// What one tree has to say about a path: its value there, edits and markers, also inside pending ones.
class Statements {
 public:
  struct Statement {
    std::string what;
    Value value;
    Mark mark;
  };

  /// `marks`: of what the composed tree has at each step of the path. It tells an item that was moved by a
  /// concatenation.
  Statements(const Value& tree, const std::vector<std::string>& path, Mark root, std::span<const Mark> marks,
             bool concatenates)
      : marks_(marks), concatenates_(concatenates) {
    walk(tree, path, 0, root);
  }
  [[nodiscard]] const std::vector<Statement>& list() const noexcept { return list_; }

 private:
  void walk(const Value& value, const std::vector<std::string>& path, std::size_t depth, Mark mark) {
    if (is_edit(value)) {
      for (const auto& edit : edits_of(value)) pending(edit, path, depth);
      return;
    }
    if (depth == path.size()) {
      list_.push_back({"value", value, mark});
      return;
    }
    const auto& tree = value.text_guess();
    const auto& segment = path[depth];
    if (tree.is_array()) {
      if (const auto* item = item_at(tree, index_of(segment), depth)) walk(item->value, path, depth + 1, item->mark);
      return;
    }
    for (const auto& entry : tree.entries()) {
      if (entry.name == std::string_view(segment)) walk(entry.value, path, depth + 1, entry.mark);
      const auto helper = helper_of(entry.name, entry.value);
      if (helper.kind == HelperKind::none || helper.base != segment) continue;
      if (helper.kind == HelperKind::replace) {
        const auto before = list_.size();
        if (depth + 1 < path.size()) walk(entry.value, path, depth + 1, entry.mark);
        // Also what it takes out by not having it.
        if (list_.size() == before) list_.push_back({"replace", entry.value, entry.mark});
      } else if (helper.kind == HelperKind::add && depth + 1 < path.size()) {
        added_item(entry.value, path, depth + 1);
      } else if (depth + 1 == path.size() || helper.kind == HelperKind::unset) {
        list_.push_back({helper.kind == HelperKind::add      ? "add"
                         : helper.kind == HelperKind::remove ? "remove"
                                                             : "unset",
                         entry.value, entry.mark});
      }
    }
  }

  void pending(const Edit& edit, const std::vector<std::string>& path, std::size_t depth) {
    switch (edit.type) {
      case Edit::Type::add:
        if (depth == path.size())
          list_.push_back({"add", edit.value, edit.mark});
        else
          added_item(edit.value, path, depth);
        break;
      case Edit::Type::remove:
        if (depth == path.size()) list_.push_back({"remove", edit.value, edit.mark});
        break;
      case Edit::Type::unset: list_.push_back({"unset", Value(true), edit.mark}); break;
      case Edit::Type::replace:
        if (depth == path.size())
          list_.push_back({"replace", edit.value, edit.mark});
        else
          walk(edit.value, path, depth, edit.mark);
        break;
      case Edit::Type::element:
        if (depth == path.size())
          list_.push_back({"element " + std::to_string(edit.index), edit.value, edit.mark});
        else if (index_of(path[depth]) == edit.index)
          walk(edit.value, path, depth + 1, edit.mark);
        break;
    }
  }

  // An edit adds the item that the composed array has at the path, told by its mark.
  void added_item(const Value& items, const std::vector<std::string>& path, std::size_t depth) {
    if (depth >= marks_.size()) return;
    for (const auto& item : items.items()) {
      if (!(item.mark == marks_[depth])) continue;
      if (depth + 1 == path.size())
        list_.push_back({"add", item.value, item.mark});
      else
        walk(item.value, path, depth + 1, item.mark);
      return;
    }
  }

  // The item that the composed array has at the index, if it came from here; else what stood there.
  [[nodiscard]] const Item* item_at(const Value& array, std::uint32_t index, std::size_t depth) const {
    const auto* same_place = index == no_index ? nullptr : array.at(index);
    if (depth >= marks_.size()) return concatenates_ ? nullptr : same_place;
    if (same_place && same_place->mark == marks_[depth]) return same_place;
    for (const auto& item : array.items())
      if (item.mark == marks_[depth]) return &item;
    return concatenates_ ? nullptr : same_place;
  }

  std::span<const Mark> marks_;
  bool concatenates_;
  std::vector<Statement> list_;
};

// What a scalar (or an empty list or dict) came from: a layer, and a place in it.
using Written = std::pair<std::uint32_t, std::uint64_t>;

std::uint64_t number_of(Mark mark) noexcept { return (std::uint64_t{mark.source} << 32U) | mark.offset; }

template <class Use>
void each_leaf(const Value& value, Mark mark, const Use& use) {
  if (value.size() == 0) return use(mark);
  for (const auto& entry : value.entries()) each_leaf(entry.value, entry.mark, use);
  for (const auto& item : value.items()) each_leaf(item.value, item.mark, use);
}

bool related(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto n = std::min(a.size(), b.size());
  return std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(n), b.begin());
}

}  // namespace

// The profile trees of one layer, as it was loaded.
std::vector<ProfileTree> content_of(Layer& layer) {
  switch (layer.type) {
    case LayerType::provider: {
      const auto& loaded = layer.extras().loaded;
      return loaded ? loaded->content : std::vector<ProfileTree>();
    }
    case LayerType::value: {
      const auto& value = static_cast<const ValueLayer&>(layer);
      const auto path = Path::parse(value.path());
      if (!path) return {};
      Value tree = value.value;
      for (auto i = path->size(); i-- > 0;) {
        Entry entry{Name((*path)[i]), std::move(tree), value.mark};
        tree = Value::dict(std::span<Entry>(&entry, 1));
      }
      return {{std::string(layer.flag ? global_profile : default_profile), tree, value.mark}};
    }
    case LayerType::config: {
      auto* inner = static_cast<const ConfigLayer&>(layer).inner.layer;
      std::vector<ProfileTree> trees;
      if (const auto tree = default_tree_of(inner); !tree.is_null())
        trees.push_back({std::string(default_profile), tree, {}});
      const auto& others = shared_of(inner).profiles.others;
      trees.insert(trees.end(), others.begin(), others.end());
      return trees;
    }
    default: return {};
  }
}

Metadata metadata_of(const Layer& layer) {
  switch (layer.type) {
    case LayerType::provider: return static_cast<const ProviderLayer&>(layer).provider->metadata();
    case LayerType::value:
      return {layer.flag ? "override" : "value", origin_of(static_cast<const ValueLayer&>(layer).mark).to_string()};
    case LayerType::config: return {"configuration", {}};
    default: return {};
  }
}

}  // namespace detail

Result<Explanation> SuperConfig::try_explain(std::string_view text) const {
  using namespace detail;
  auto parsed = Path::parse(text);
  if (!parsed) return parsed.error();
  if (auto resolved = resolve(); !resolved) return resolved.error();
  const auto& path = parsed->segments();
  const auto& shared = shared_of(top_.layer);
  const auto traced = trace(top_.layer);

  Explanation explanation;
  explanation.path = parsed->to_string();
  std::set<Written> winners;
  if (const auto found = find_path(traced->view, *parsed)) {
    explanation.value = *find_value(explanation.path);
    explanation.origin = traced->origin(found.mark);
    each_leaf(*found.value, found.mark, [&](Mark mark) {
      const auto place = traced->place(mark);
      if (!place.layer.empty()) winners.emplace(place.layer.front(), number_of(place.mark));
    });
    if (found.value->is_array())
      for (const auto& item : found.value->items())
        explanation.items.push_back({item.value, traced->origin(item.mark)});
  }

  std::vector<Mark> marks;
  for (std::size_t depth = 1; depth <= path.size(); ++depth) {
    const auto found = find_path(
        traced->view, Path(std::vector<std::string>(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(depth))));
    if (!found) break;
    marks.push_back(traced->place(found.mark).mark);
  }

  // Down the stack, so that the path is that of the place: a focus above a layer hides the segments it went through.
  std::vector<std::string> at = path;
  std::vector<Contribution> contributions;
  const auto is_read = [&shared](std::string_view profile) {
    return same_profile(profile, default_profile) || same_profile(profile, global_profile) ||
           same_profile(profile, shared.profiles.selected);
  };
  auto index = top_.layer ? top_.layer->index + (top_.layer->is_real() ? 1U : 0U) : 0U;
  for (auto* layer = top_.layer; layer; layer = layer->parent) {
    if (layer->type == LayerType::focus) {
      auto key = split_key(static_cast<const NameLayer*>(layer)->name);
      at.insert(at.begin(), key.begin(), key.end());
      marks.insert(marks.begin(), key.size(), Mark{});
    }
    if (!layer->is_real()) continue;
    --index;
    std::vector<Contribution> of_layer;
    for (const auto& content : content_of(*layer)) {
      if (!is_read(content.profile)) continue;
      const bool concatenates = layer->order == Order::admerge || layer->order == Order::adjoin;
      const Statements statements(content.tree, at, content.mark, marks, concatenates);
      for (const auto& statement : statements.list()) {
        if (path.empty() && statement.value.size() == 0) continue;
        auto origin = origin_of(statement.mark);
        if (!origin.known()) {
          origin.kind = SourceKind::other;
          origin.name = metadata_of(*layer).name;
        }
        origin.layer = {index};
        bool wins = false;
        if (statement.what != "remove" && statement.what != "unset")
          each_leaf(statement.value, statement.mark,
                    [&](Mark mark) { wins = wins || winners.contains({index, number_of(mark)}); });
        of_layer.push_back(
            {index, metadata_of(*layer), content.profile, statement.what, statement.value, std::move(origin), wins});
      }
    }
    contributions.insert(contributions.end(), of_layer.rbegin(), of_layer.rend());
  }
  explanation.contributions.assign(contributions.rbegin(), contributions.rend());

  for (const auto& removed : traced->removed)
    if (removed.path == path)
      explanation.removed.push_back(
          {removed.value, traced->origin(removed.written), traced->origin(removed.removed_by)});
  if (!shared.unmatched.empty()) {
    const std::vector<ProfileTree> trees{{std::string(default_profile), *find_value(""), {}}};
    for (auto unmatched : shared.unmatched) {
      if (!related(unmatched.path, path)) continue;
      if (unmatched.nearest.empty()) unmatched.nearest = nearest_known_key(unmatched.path, Below(trees, shared.shapes));
      explanation.unmatched.push_back(std::move(unmatched));
    }
  }
  for (auto& warning : warnings())
    if (related(warning.path, path)) explanation.warnings.push_back(std::move(warning));
  return explanation;
}

namespace {

std::string shown(const Value& value, std::string_view path, bool reveal) {
  auto text = (reveal ? value : masked(value, detail::segments_of(path))).to_string();
  constexpr std::size_t longest = 200;
  if (text.size() > longest) {
    auto cut = longest;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
    text.resize(cut);
    text += " …";
  }
  return text;
}

}  // namespace

std::string Explanation::to_string(bool reveal) const {
  std::string text = path.empty() ? std::string("(the whole configuration)") : path;
  if (value) {
    text += " = " + shown(*value, path, reveal) + "\n";
    if (origin.known()) text += "  from " + origin.to_string() + "\n";
  } else {
    text += ": there is no value\n";
  }
  if (!contributions.empty()) text += "layers, from the weakest:\n";
  for (const auto& c : contributions) {
    text += c.wins ? "  * " : "    ";
    text += std::to_string(c.layer) + "  " + c.origin.to_string() + "  " + (c.what == "value" ? "" : c.what + " ") +
            shown(c.value, path, reveal);
    if (c.profile != default_profile) text += "  [" + c.profile + "]";
    text += "\n";
  }
  if (!items.empty()) text += "items:\n";
  for (const auto& item : items)
    text += "    " + shown(item.value, path, reveal) + "  " + item.origin.to_string() + "\n";
  if (!removed.empty()) text += "taken out:\n";
  for (const auto& item : removed)
    text += "    " + shown(item.value, path, reveal) + "  " + item.origin.to_string() + ", by " +
            item.removed_by.to_string() + "\n";
  if (!unmatched.empty()) text += "variables that match no known key:\n";
  for (const auto& variable : unmatched) {
    text += "    " + variable.name + " (put at `" + path_text(variable.path) + "`)";
    if (!variable.nearest.empty()) text += ": did you mean `" + variable.nearest + "`?";
    text += "\n";
  }
  for (const auto& warning : warnings) text += "warning: " + warning.to_string() + "\n";
  return text;
}

}  // namespace superconfig
