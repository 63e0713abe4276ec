// A counted pointer to an object with a `refs` member; copies share it.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace superconfig::detail {

template <class T>
class Counted {
 public:
  Counted() noexcept = default;
  explicit Counted(T* adopted) noexcept : object_(adopted) {}
  Counted(const Counted& other) noexcept : object_(other.object_) {
    if (object_) object_->refs.fetch_add(1, std::memory_order_relaxed);
  }
  Counted(Counted&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Counted& operator=(Counted other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Counted() {
    // Release: what this holder did happens before the deletion; acquire: the one who deletes sees it all.
    // The only holder needs no atomic subtraction.
    if (object_ && (object_->refs.load(std::memory_order_acquire) == 1 ||
                    object_->refs.fetch_sub(1, std::memory_order_acq_rel) == 1))
      delete object_;
  }
  [[nodiscard]] T* get() const noexcept { return object_; }
  T* operator->() const noexcept { return object_; }
  T& operator*() const noexcept { return *object_; }
  [[nodiscard]] explicit operator bool() const noexcept { return object_ != nullptr; }
  [[nodiscard]] bool unshared() const noexcept { return object_ && object_->refs.load(std::memory_order_acquire) == 1; }
  /// Gives the pointer away.
  [[nodiscard]] T* release() noexcept { return std::exchange(object_, nullptr); }

 private:
  T* object_ = nullptr;
};

}  // namespace superconfig::detail
