// A list that is short nearly always: up to N items lie inside, so that making it allocates nothing.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace superconfig::detail {

template <class T, std::size_t N>
class Few {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  void push_back(const T& item) {
    if (size_ < N) {
      few_[size_++] = item;
      return;
    }
    if (size_ == N) {
      many_.assign(few_.begin(), few_.end());
    } else {
      many_.resize(size_);  // without what was popped
    }
    many_.push_back(item);
    ++size_;
  }
  void pop_back() noexcept { --size_; }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] const T* begin() const noexcept { return size_ <= N ? few_.data() : many_.data(); }
  [[nodiscard]] const T* end() const noexcept { return begin() + size_; }
  [[nodiscard]] std::span<const T> span() const noexcept { return {begin(), size_}; }

 private:
  std::size_t size_ = 0;
  std::array<T, N> few_;
  std::vector<T> many_;  // all of them, once there were more than N
};

}  // namespace superconfig::detail
