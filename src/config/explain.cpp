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

// What one tree has to say about a path: its value there, edits and markers, also inside pending ones. Its marks are
// traced ones.
class Statements {
 public:
  struct Statement {
    std::string what;
    Value value;
    Mark mark;
  };
  /// Where the composed tree has what is asked for.
  struct Place {
    const std::vector<std::string>& path;
    std::span<const Mark> marks;  ///< of each step, as far as it is there; unknown ones: the focus went by
    bool is_array;
  };

  Statements(const TracedTree& traced, const Place& place, const ProfileTree& tree, bool edits)
      : traced_(traced), path_(place.path), marks_(place.marks), is_array_(place.is_array), edits_(edits) {
    walk(tree.tree, 0, tree.mark);
  }
  [[nodiscard]] const std::vector<Statement>& list() const noexcept { return list_; }

 private:
  void walk(const Value& value, std::size_t depth, Mark mark) {
    if (is_edit(value)) {
      for (const auto& edit : edits_of(value)) pending(edit, depth);
      return;
    }
    if (depth == path_.size()) {
      list_.push_back({"value", value, mark});
      return;
    }
    const auto& tree = value.text_guess();
    if (tree.is_array()) {
      if (const auto* item = item_at(tree, depth)) walk(item->value, depth + 1, item->mark);
      return;
    }
    for (const auto& entry : tree.entries()) {
      if (entry.name == std::string_view(path_[depth])) walk(entry.value, depth + 1, entry.mark);
      if (edits_) helper(entry, depth);
    }
  }

  void helper(const Entry& entry, std::size_t depth) {
    const auto helper = helper_of(entry.name, entry.value);
    if (helper.kind == HelperKind::none || helper.base != path_[depth]) return;
    const bool ends = depth + 1 == path_.size();
    switch (helper.kind) {
      case HelperKind::replace: {
        const auto before = list_.size();
        if (!ends) walk(entry.value, depth + 1, entry.mark);
        // Also what it takes out by not having it.
        if (list_.size() == before) list_.push_back({"replace", entry.value, entry.mark});
        break;
      }
      case HelperKind::unset: list_.push_back({"unset", entry.value, entry.mark}); break;
      case HelperKind::add:
      case HelperKind::remove: {
        // Text without brackets edits what is an array already.
        const bool commas = entry.value.is_text() && !entry.value.is_array();
        const bool adds = helper.kind == HelperKind::add;
        if (ends) {
          if (!commas || is_array_) list_.push_back({adds ? "add" : "remove", entry.value, entry.mark});
        } else if (adds && commas) {  // its items, and what is in them, have its mark
          if (is_item(entry.mark, depth + 1)) list_.push_back({"add", entry.value, entry.mark});
        } else if (adds) {
          added_item(entry.value, depth + 1);
        }
        break;
      }
      case HelperKind::none: break;
    }
  }

  void pending(const Edit& edit, std::size_t depth) {
    const bool ends = depth == path_.size();
    switch (edit.type) {
      case Edit::Type::add:
        if (ends) {
          list_.push_back({"add", edit.value, edit.mark});
        } else {
          added_item(edit.value, depth);
        }
        break;
      case Edit::Type::remove:
        if (ends) list_.push_back({"remove", edit.value, edit.mark});
        break;
      case Edit::Type::unset: list_.push_back({"unset", Value(true), edit.mark}); break;
      case Edit::Type::replace:
        if (ends) {
          list_.push_back({"replace", edit.value, edit.mark});
        } else {
          walk(edit.value, depth, edit.mark);
        }
        break;
      case Edit::Type::element:
        if (ends) {
          list_.push_back({"element " + std::to_string(edit.index), edit.value, edit.mark});
        } else if (knows(depth) ? is_item(edit.mark, depth) : index_of(path_[depth]) == edit.index) {
          walk(edit.value, depth + 1, edit.mark);
        }
        break;
    }
  }

  void added_item(const Value& items, std::size_t depth) {
    for (const auto& item : items.items()) {
      if (!is_item(item.mark, depth)) continue;
      if (depth + 1 == path_.size()) {
        list_.push_back({"add", item.value, item.mark});
      } else {
        walk(item.value, depth + 1, item.mark);
      }
    }
  }

  // The item that the composed array has there, or one that stood in its place. Where nothing is known of it, the one
  // at the index.
  [[nodiscard]] const Item* item_at(const Value& array, std::size_t depth) const {
    if (!knows(depth)) {
      const auto index = index_of(path_[depth]);
      return index == no_index ? nullptr : array.at(index);
    }
    for (const auto& item : array.items())
      if (is_item(item.mark, depth)) return &item;
    return nullptr;
  }
  [[nodiscard]] bool knows(std::size_t depth) const noexcept {
    return depth < marks_.size() && marks_[depth].source != 0;
  }
  [[nodiscard]] bool is_item(Mark mark, std::size_t depth) const noexcept {
    return knows(depth) && traced_.same_item(mark, marks_[depth]);
  }

  const TracedTree& traced_;
  const std::vector<std::string>& path_;
  std::span<const Mark> marks_;
  bool is_array_, edits_;
  std::vector<Statement> list_;
};

// Scalars, and empty lists and dicts, with their marks.
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
  explanation.types = declared_types(top_.layer);
  std::set<std::uint32_t> winners;  // marks of scalars, and of empty lists and dicts
  bool is_array = false;
  if (const auto found = find_path(traced->view, *parsed)) {
    explanation.value = *find_value(explanation.path);
    explanation.origin = traced->origin(found.mark);
    each_leaf(*found.value, found.mark, [&](Mark mark) { winners.insert(mark.source); });
    is_array = found.value->is_array();
    for (const auto& item : found.value->items())
      explanation.items.push_back({traced->original(item.value), traced->origin(item.mark)});
  }

  std::vector<Mark> marks;
  for (std::size_t depth = 1; depth <= path.size(); ++depth) {
    const auto found = find_path(
        traced->view, Path(std::vector<std::string>(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(depth))));
    if (!found) break;
    marks.push_back(found.mark);
  }

  // Down the stack, so that the path is that of the place: a focus above a layer hides the segments it went through.
  std::vector<std::string> at = path;
  std::vector<Contribution> contributions;
  const auto is_read = [&shared](std::string_view profile) {
    return same_profile(profile, default_profile) || same_profile(profile, global_profile) ||
           same_profile(profile, shared.profiles.selected);
  };
  for (auto* layer = top_.layer; layer; layer = layer->parent) {
    if (layer->type == LayerType::focus) {
      auto key = split_key(static_cast<const NameLayer*>(layer)->name);
      at.insert(at.begin(), key.begin(), key.end());
      marks.insert(marks.begin(), key.size(), Mark{});
    }
    if (!layer->is_real() || layer->index >= traced->contents.size()) continue;
    const auto& content = traced->contents[layer->index];
    std::vector<Contribution> of_layer;
    for (const auto& tree : content.trees) {
      if (!is_read(tree.profile)) continue;
      const Statements statements(*traced, {at, marks, is_array}, tree, content.edits);
      for (const auto& statement : statements.list()) {
        if (path.empty() && statement.value.size() == 0) continue;
        auto origin = origin_of(traced->place(statement.mark).mark);
        if (!origin.known()) {
          origin.kind = SourceKind::other;
          origin.name = metadata_of(*layer).name;
        }
        origin.layer = {layer->index};
        // An empty dict may be all that is left of a dict of edits.
        bool wins = winners.contains(statement.mark.source);
        if (statement.what != "remove" && statement.what != "unset")
          each_leaf(statement.value, statement.mark, [&](Mark mark) { wins = wins || winners.contains(mark.source); });
        of_layer.push_back({layer->index, metadata_of(*layer), tree.profile, statement.what,
                            traced->original(statement.value), std::move(origin), wins});
      }
    }
    contributions.insert(contributions.end(), of_layer.rbegin(), of_layer.rend());
  }
  explanation.contributions.assign(contributions.rbegin(), contributions.rend());

  for (const auto& removed : traced->removed)
    if (removed.path == path)
      explanation.removed.push_back(
          {traced->original(removed.value), traced->origin(removed.written), traced->origin(removed.removed_by)});
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

std::string cut_short(std::string text) {
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

Value Explanation::masked(const Value& shown, bool item) const {
  auto segments = detail::segments_of(path);
  if (item) segments.emplace_back("0");
  return superconfig::masked(masked_by_type(shown, types, segments), segments);
}

std::string Explanation::to_string(bool reveal) const {
  const auto shown = [&](const Value& one, bool item = false) {
    return cut_short((reveal ? one : masked(one, item)).to_string());
  };
  std::string text = path.empty() ? std::string("(the whole configuration)") : path;
  if (value) {
    text += " = " + shown(*value) + "\n";
    if (origin.known()) text += "  from " + origin.to_string() + "\n";
  } else {
    text += ": there is no value\n";
  }
  if (!contributions.empty()) text += "layers, from the weakest:\n";
  for (const auto& c : contributions) {
    text += c.wins ? "  * " : "    ";
    text += std::to_string(c.layer) + "  " + c.origin.to_string() + "  " + (c.what == "value" ? "" : c.what + " ") +
            shown(c.value);
    if (c.profile != default_profile) text += "  [" + c.profile + "]";
    text += "\n";
  }
  if (!items.empty()) text += "items:\n";
  for (const auto& item : items) text += "    " + shown(item.value, true) + "  " + item.origin.to_string() + "\n";
  if (!removed.empty()) text += "taken out:\n";
  for (const auto& item : removed)
    text += "    " + shown(item.value, true) + "  " + item.origin.to_string() + ", by " + item.removed_by.to_string() +
            "\n";
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
