// The heap of this program, which can be told to fail.
#pragma once

#include <cstddef>

namespace superconfig {

/// While one lives, the allocation of this thread after the next `after` ones throws bad_alloc, once.
class FailingNew {
 public:
  explicit FailingNew(std::size_t after) noexcept;
  FailingNew(const FailingNew&) = delete;
  FailingNew& operator=(const FailingNew&) = delete;
  ~FailingNew();
  [[nodiscard]] bool has_failed() const noexcept;
};

}  // namespace superconfig
