#include "text/nearest.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace superconfig::detail {

namespace {

char folded(char c) noexcept {
  if (c == '-') return '_';
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  // Rows of the usual table; two back for swapped neighbours.
  std::vector<std::size_t> before(a.size() + 1), last(a.size() + 1), row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) last[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    row[0] = j;
    std::size_t least = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      bool same = folded(a[i - 1]) == folded(b[j - 1]);
      row[i] = std::min({last[i] + 1, row[i - 1] + 1, last[i - 1] + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) && folded(a[i - 2]) == folded(b[j - 1]))
        row[i] = std::min(row[i], before[i - 2] + 1);
      least = std::min(least, row[i]);
    }
    if (least > limit) return limit + 1;
    before.swap(last);
    last.swap(row);
  }
  return std::min(last[a.size()], limit + 1);
}

void Nearest::consider(std::string_view known) {
  if (known.empty() || known == best_) return;
  std::size_t limit = std::max(known.size(), wanted_.size()) / 3;
  if (limit == 0) limit = known.size() > 1 || wanted_.size() > 1 ? 1 : 0;
  if (distance_ != SIZE_MAX) limit = std::min(limit, distance_ - (distance_ > 0 ? 1 : 0));
  std::size_t distance = edit_distance(known, wanted_, limit);
  if (distance > limit || distance >= distance_) return;
  distance_ = distance;
  best_ = known;
}

}  // namespace superconfig::detail
