// The name somebody meant.
#pragma once

#include <cstddef>
#include <string_view>

namespace superconfig::detail {

/// Changes that turn one text into the other: a character more, less or other, or two neighbours swapped; bytes,
/// ASCII letters of either case and `-` and `_` are the same. `limit` + 1 if there are more than `limit`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// Keeps the known name nearest to a wanted one; names with too little in common (more than a third is different) do
/// not count. Of equally near ones the first stays.
class Nearest {
 public:
  explicit Nearest(std::string_view wanted) noexcept : wanted_(wanted) {}
  void consider(std::string_view known);
  /// Empty if there is none.
  [[nodiscard]] std::string_view name() const noexcept { return best_; }

 private:
  std::string_view wanted_;
  std::string_view best_;
  std::size_t distance_ = SIZE_MAX;
};

}  // namespace superconfig::detail
