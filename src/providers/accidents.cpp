#include "providers/accidents.hpp"

#include <algorithm>

#include "providers/known_keys.hpp"
#include "text/accidents.hpp"

namespace superconfig::detail {

bool has_prefix_in_other_case(std::string_view name, std::string_view prefix) noexcept {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return name.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), name.begin(), [&](char a, char b) { return lower(a) == lower(b); });
}

void warn_of_accident(const Assignment& assignment, std::string_view text, const Below& below,
                      std::vector<Warning>& warnings) {
  if (is_service_link(text)) {
    if (const auto service = linked_service(assignment.name); !service.empty())
      warnings.push_back({assignment.path,
                          "looks like what Kubernetes sets for the service `" + service +
                              "`; `enableServiceLinks: false` in the pod's specification keeps it out",
                          origin_of(assignment.mark),
                          {}});
  } else if (stands_in_quotes(text) && !is_known_array(assignment.path, below)) {
    warnings.push_back({assignment.path, "the quotes around the value are part of it", origin_of(assignment.mark), {}});
  }
}

void warn_of_doubles(const std::vector<Assignment>& assignments, std::vector<Warning>& warnings) {
  if (assignments.size() < 2) return;
  std::vector<const Assignment*> by_path;
  by_path.reserve(assignments.size());
  for (const auto& assignment : assignments) by_path.push_back(&assignment);
  std::stable_sort(by_path.begin(), by_path.end(), [](const auto* a, const auto* b) { return a->path < b->path; });
  for (std::size_t i = 1; i < by_path.size(); ++i) {
    const auto& first = *by_path[i - 1];
    const auto& second = *by_path[i];
    if (first.path != second.path || first.name == second.name) continue;
    warnings.push_back({second.path,
                        "another variable gives the same key; the later one in the environment counts",
                        origin_of(second.mark),
                        {origin_of(first.mark)}});
  }
}

}  // namespace superconfig::detail
