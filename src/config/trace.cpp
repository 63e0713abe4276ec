#include "config/trace.hpp"

#include <algorithm>

namespace superconfig::detail {

Origin TracedTree::origin(Mark traced_mark) const {
  const auto found = place(traced_mark);
  auto origin = origin_of(found.mark);
  origin.layer = found.layer;
  return origin;
}

void TracedTree::join(const std::vector<std::pair<Mark, Mark>>& items) {
  same.resize(places.size() + 1);
  for (std::uint32_t i = 0; i < same.size(); ++i) same[i] = i;
  for (const auto& [a, b] : items) {
    // The smaller number stands for both; halving the ways keeps them short.
    auto x = a.source, y = b.source;
    if (x == 0 || y == 0 || std::max(x, y) >= same.size()) continue;
    while (same[x] != x) x = same[x] = same[same[x]];
    while (same[y] != y) y = same[y] = same[same[y]];
    same[std::max(x, y)] = std::min(x, y);
  }
}

std::shared_ptr<const TracedTree> trace(Layer* top) {
  if (!top) return std::make_shared<const TracedTree>();
  auto& extra = top->extras();
  {
    const sync::WordGuard guard(extra.lock);
    if (extra.traced) return extra.traced;
  }
  auto traced = std::make_shared<TracedTree>();
  FoldOptions options;
  options.tracer = traced.get();
  Notes notes;
  notes.removed = &traced->removed;
  std::vector<std::pair<Mark, Mark>> same_items;
  notes.same_item = &same_items;
  traced->fold = fold_again(top, options, notes);
  const auto errors_before = notes.error_marks.size();
  traced->view = view_of(traced->fold.default_tree, traced->fold.now().profiles, true, notes);
  for (auto i = errors_before; i < notes.error_marks.size(); ++i)
    traced->view_error_layers.push_back(traced->place(notes.error_marks[i]).layer);
  traced->join(same_items);
  const sync::WordGuard guard(extra.lock);
  if (!extra.traced) extra.traced = std::move(traced);
  return extra.traced;
}

Errors failures_of(Layer* top) {
  if (top->state.load(std::memory_order_acquire) != Layer::failed) {  // this thread is about to resolve it
    Error error;
    error.code = ErrorCode::conflict;
    error.message = "a provider reads the configuration that it is a layer of";
    return error;
  }
  auto errors = shared_of(top).errors;
  const auto& of_view = shared_of(top).view_errors;
  if (of_view.empty()) return errors;
  const auto traced = trace(top);
  for (std::size_t i = 0; i < of_view.size(); ++i) {
    auto error = of_view[i];
    if (i < traced->view_error_layers.size()) error.origin.layer = traced->view_error_layers[i];
    errors.add(std::move(error));
  }
  return errors;
}

namespace {

Extra::ShapeView shape_view(Layer* top, const Shape& shape, const Path& path) {
  KnownShape known{&shape, shared_of(top).focus};
  known.path.insert(known.path.end(), path.segments().begin(), path.segments().end());
  auto& extra = top->extras();
  {
    const sync::WordGuard guard(extra.lock);
    for (const auto& kept : extra.shape_views)
      if (kept.shape == &shape && kept.path == known.path) return kept;
  }
  FoldOptions options;
  options.first_shape = &known;
  Notes notes;
  const auto fold = fold_again(top, options, notes);
  Extra::ShapeView made{&shape, known.path, {}, fold.now().unmatched, fold.now().errors};
  if (made.errors.empty()) {
    Notes of_view;
    made.view = view_of(fold.default_tree, fold.now().profiles, true, of_view);
    if (!of_view.errors.empty()) made.errors = Errors(std::move(of_view.errors));
  }
  constexpr std::size_t most = 16;
  const sync::WordGuard guard(extra.lock);
  if (extra.shape_views.size() == most) extra.shape_views.erase(extra.shape_views.begin());
  extra.shape_views.push_back(made);
  return made;
}

}  // namespace

Result<Value> view_for(Layer* top, const Shape& shape, const Path& path) {
  auto made = shape_view(top, shape, path);
  if (!made.errors.empty()) return made.errors;
  return made.view;
}

std::vector<Unmatched> unmatched_for(Layer* top, const Shape& shape, const Path& path) {
  if (shared_of(top).unmatched.empty()) return {};
  return shape_view(top, shape, path).unmatched;
}

std::vector<DeclaredType> declared_types(const Layer* top) {
  std::vector<DeclaredType> types;
  std::vector<std::string> focus;  // of the layers above: where the view stands
  const auto add = [&](DeclaredType type) {
    if (!type.shape) return;
    const auto shared = std::min(focus.size(), type.path.size());
    const auto n = static_cast<std::ptrdiff_t>(shared);
    if (!std::equal(focus.begin(), focus.begin() + n, type.path.begin())) return;
    type.path.erase(type.path.begin(), type.path.begin() + n);
    type.inside.insert(type.inside.end(), focus.begin() + n, focus.end());
    types.push_back(std::move(type));
  };
  for (const auto* layer = top; layer; layer = layer->parent) {
    switch (layer->type) {
      case LayerType::focus: {
        auto key = split_key(static_cast<const NameLayer*>(layer)->name);
        focus.insert(focus.begin(), key.begin(), key.end());
        break;
      }
      case LayerType::shape: add({static_cast<const ShapeLayer*>(layer)->shape, {}, {}}); break;
      case LayerType::provider: {
        auto known = static_cast<const ProviderLayer*>(layer)->provider->described();
        add({known.shape, std::move(known.path), {}});
        break;
      }
      case LayerType::config:
        if (layer->nesting <= most_nesting)
          for (auto& type : declared_types(static_cast<const ConfigLayer*>(layer)->inner.layer)) add(std::move(type));
        break;
      default: break;
    }
  }
  return types;
}

std::string profile_at(const Value& default_tree, const Profiles& profiles, const Path& path) {
  for (const std::string_view name : {global_profile, std::string_view(profiles.selected)}) {
    if (same_profile(name, default_profile)) continue;
    if (const auto* tree = find_tree(default_tree, profiles, name); tree && find_path(*tree, path)) {
      for (const auto& other : profiles.others)
        if (same_profile(other.profile, name)) return other.profile;
    }
  }
  return profiles.default_spelling.empty() ? std::string(default_profile) : profiles.default_spelling;
}

}  // namespace superconfig::detail
