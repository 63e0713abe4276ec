#include "providers/assignment.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>

#include "providers/problems.hpp"

namespace superconfig::detail {
namespace {

// A prefix before what is longer, items by their index, everything else in the order of first mention.
void put_in_order(std::vector<Assignment>& assignments) {
  // Dicts keep the order of first mention by themselves, and a scalar beside what is inside of it is a conflict.
  const auto needs_order = [](const Assignment& a) {
    return !a.elements.empty() || a.value.is_dict() || a.value.is_array();
  };
  if (std::none_of(assignments.begin(), assignments.end(), needs_order)) return;
  std::map<std::vector<std::string>, std::size_t> first_seen;
  std::vector<std::pair<std::vector<std::size_t>, Assignment>> ranked;
  for (auto& assignment : assignments) {
    std::vector<std::size_t> rank;
    std::vector<std::string> prefix;
    for (std::size_t i = 0; i < assignment.path.size(); ++i) {
      prefix.push_back(assignment.path[i]);
      const bool element =
          std::find(assignment.elements.begin(), assignment.elements.end(), i) != assignment.elements.end();
      const auto seen = first_seen.emplace(prefix, first_seen.size()).first->second;
      rank.push_back(element ? index_of(assignment.path[i]) : seen);
    }
    ranked.emplace_back(std::move(rank), std::move(assignment));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  assignments.clear();
  for (auto& one : ranked) assignments.push_back(std::move(one.second));
}

// Whether some path begins with all of another one. In order, a path stands before all those that begin with it.
bool any_nests(const std::vector<Assignment>& assignments) {
  std::vector<const std::vector<std::string>*> paths;
  paths.reserve(assignments.size());
  for (const auto& assignment : assignments) paths.push_back(&assignment.path);
  std::sort(paths.begin(), paths.end(), [](const auto* a, const auto* b) { return *a < *b; });
  for (std::size_t i = 1; i < paths.size(); ++i) {
    const auto &shorter = *paths[i - 1], &longer = *paths[i];
    if (shorter.size() < longer.size() && std::equal(shorter.begin(), shorter.end(), longer.begin())) return true;
  }
  return false;
}

// The dict of assignments that begin alike up to `depth`; nothing if one ends where others go on. Puts them in
// another order. Each level looks at all pairs.
std::optional<Value> dict_of(std::span<const Assignment*> assignments, std::size_t depth) {
  std::vector<Entry> entries;
  entries.reserve(assignments.size());
  while (!assignments.empty()) {
    const auto& segment = assignments.front()->path[depth];
    std::size_t alike = 1;
    for (std::size_t i = 1; i < assignments.size(); ++i) {
      if (assignments[i]->path[depth] != segment) continue;
      std::rotate(assignments.begin() + static_cast<std::ptrdiff_t>(alike),
                  assignments.begin() + static_cast<std::ptrdiff_t>(i),
                  assignments.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      ++alike;
    }
    const auto group = assignments.first(alike);
    const auto ends_here = [depth](const Assignment* a) { return a->path.size() == depth + 1; };
    const auto ends = std::count_if(group.begin(), group.end(), ends_here);
    const auto& last = *group.back();
    if (ends == 0) {
      auto inner = dict_of(group, depth + 1);
      if (!inner) return {};
      entries.push_back({Name(segment), std::move(*inner), last.mark});
    } else if (static_cast<std::size_t>(ends) == alike) {
      entries.push_back({Name(segment), last.value, last.mark});
    } else {
      return {};
    }
    assignments = assignments.subspan(alike);
  }
  return Value::dict(std::span<Entry>(entries));
}

// What nearly all environments are: a few scalars in dicts. The same tree as composing them one by one.
std::optional<Value> tree_of_few_scalars(const std::vector<Assignment>& assignments) {
  std::array<const Assignment*, 32> few{};
  if (assignments.size() > few.size()) return {};
  const auto is_scalar = [](const Assignment& a) {
    return !a.path.empty() && a.elements.empty() && !a.value.is_dict() && !a.value.is_array();
  };
  if (!std::all_of(assignments.begin(), assignments.end(), is_scalar)) return {};
  for (std::size_t i = 0; i < assignments.size(); ++i) few[i] = &assignments[i];
  return dict_of(std::span(few).first(assignments.size()), 0);
}

}  // namespace

void check_conflicts(const std::vector<Assignment>& assignments, std::vector<Error>& errors) {
  if (!any_nests(assignments)) return;
  std::map<std::vector<std::string>, const Assignment*> scalars;
  for (const auto& whole : assignments)
    if (!whole.value.is_dict() && !whole.value.is_array()) scalars.emplace(whole.path, &whole);
  for (const auto& nested : assignments) {
    std::vector<std::string> prefix;
    for (const auto& segment : nested.path) {
      if (const auto found = scalars.find(prefix); found != scalars.end()) {
        const auto& whole = *found->second;
        auto error = problem_at(ErrorCode::conflict,
                                "`" + std::string(whole.name) + "` gives `" + path_text(whole.path) +
                                    "` a single value, `" + std::string(nested.name) + "` puts one inside of it",
                                nested.mark);
        error.path = whole.path;
        error.related.push_back(origin_of(whole.mark));
        errors.push_back(std::move(error));
      }
      prefix.push_back(segment);
    }
  }
}

Value tree_of(std::vector<Assignment>& assignments) {
  if (auto tree = tree_of_few_scalars(assignments)) return std::move(*tree);
  put_in_order(assignments);
  Value tree = Value::dict(std::span<Entry>());
  Notes notes;
  ComposeRules rules;
  rules.edits = false;        // they run when the layer is composed
  rules.keep_pending = true;  // so do items of arrays below
  std::vector<std::string_view> segments;
  for (auto& a : assignments) {
    segments.assign(a.path.begin(), a.path.end());
    compose_at(tree, {segments, a.elements, a.value, a.mark}, rules, {}, notes);
  }
  return tree;
}

std::string listed(const std::vector<KnownKey>& keys) {
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i)
    text += (i == 0 ? "`" : i + 1 == keys.size() ? " and `" : ", `") + path_text(keys[i].path) + "`";
  return text;
}

}  // namespace superconfig::detail
