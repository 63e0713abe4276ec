#include "config/trace.hpp"

namespace superconfig::detail {

Origin TracedTree::origin(Mark traced_mark) const {
  const auto found = place(traced_mark);
  auto origin = origin_of(found.mark);
  origin.layer = found.layer;
  return origin;
}

std::shared_ptr<const TracedTree> trace(Layer* top) {
  if (!top) return std::make_shared<const TracedTree>();
  auto& extra = top->extras();
  {
    const sync::Lock lock(extra.mutex);
    if (extra.traced) return extra.traced;
  }
  auto traced = std::make_shared<TracedTree>();
  FoldOptions options;
  options.tracer = traced.get();
  Notes notes;
  notes.removed = &traced->removed;
  traced->fold = fold_again(top, options, notes);
  traced->view = view_of(traced->fold.default_tree, traced->fold.now().profiles, notes);
  const sync::Lock lock(extra.mutex);
  if (!extra.traced) extra.traced = std::move(traced);
  return extra.traced;
}

Result<Value> view_for(Layer* top, const Shape& shape, const Path& path) {
  KnownShape known{&shape, shared_of(top).focus};
  known.path.insert(known.path.end(), path.segments().begin(), path.segments().end());
  auto& extra = top->extras();
  {
    const sync::Lock lock(extra.mutex);
    for (const auto& kept : extra.shape_views) {
      if (kept.shape != &shape || kept.path != known.path) continue;
      if (!kept.errors.empty()) return kept.errors;
      return kept.view;
    }
  }
  FoldOptions options;
  options.first_shape = &known;
  Notes notes;
  const auto fold = fold_again(top, options, notes);
  Extra::ShapeView made{&shape, known.path, {}, fold.now().errors};
  if (made.errors.empty()) {
    Notes of_view;
    made.view = view_of(fold.default_tree, fold.now().profiles, of_view);
    if (!of_view.errors.empty()) made.errors = Errors(std::move(of_view.errors));
  }
  Result<Value> result(made.view);
  if (!made.errors.empty()) result = made.errors;
  constexpr std::size_t most = 16;
  const sync::Lock lock(extra.mutex);
  if (extra.shape_views.size() == most) extra.shape_views.erase(extra.shape_views.begin());
  extra.shape_views.push_back(std::move(made));
  return result;
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
