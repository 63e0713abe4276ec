// SharedConfigHandle: one ConfigHandle with several owners; the last one releases it.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "superconfig/handle.hpp"

namespace superconfig {

class WeakConfigHandle;

/// Copies share the handle, and so its id, version and updates. Each object belongs to one thread at a time; copies may
/// be in different threads. All that a ConfigHandle can do without being consumed is reached by `->`.
class SharedConfigHandle {
 public:
  /// Names nothing.
  SharedConfigHandle() noexcept = default;
  explicit SharedConfigHandle(ConfigHandle&& handle);
  SharedConfigHandle(const SharedConfigHandle& other) noexcept;
  SharedConfigHandle(SharedConfigHandle&& other) noexcept : shared_(std::exchange(other.shared_, nullptr)) {}
  SharedConfigHandle& operator=(SharedConfigHandle other) noexcept {
    std::swap(shared_, other.shared_);
    return *this;
  }
  ~SharedConfigHandle();

  /// The handle. Undefined if it names nothing.
  [[nodiscard]] ConfigHandle& operator*() const noexcept { return shared_->handle; }
  [[nodiscard]] ConfigHandle* operator->() const noexcept { return &shared_->handle; }
  [[nodiscard]] explicit operator bool() const noexcept { return shared_ != nullptr; }
  /// 0 if it names nothing.
  [[nodiscard]] HandleId id() const noexcept { return shared_ ? shared_->handle.id() : HandleId{}; }
  /// How many owners there are; 0 if it names nothing. Others may come and go meanwhile.
  [[nodiscard]] std::size_t use_count() const noexcept;
  [[nodiscard]] WeakConfigHandle weak() const noexcept;
  /// The handle back, if this is its only owner; else nothing happens. Weak forms name nothing from then on.
  [[nodiscard]] std::optional<ConfigHandle> into_handle() && noexcept;

 private:
  friend class WeakConfigHandle;
  struct Shared {
    std::atomic<std::size_t> owners{1};
    std::atomic<std::size_t> watchers{1};  // weak forms, and one for all owners together
    ConfigHandle handle;
    explicit Shared(ConfigHandle&& h) noexcept : handle(std::move(h)) {}
  };
  explicit SharedConfigHandle(Shared* adopted) noexcept : shared_(adopted) {}
  static void unwatch(Shared* shared) noexcept;
  Shared* shared_ = nullptr;
};

/// Names a shared handle without keeping it alive.
class WeakConfigHandle {
 public:
  WeakConfigHandle() noexcept = default;
  WeakConfigHandle(const WeakConfigHandle& other) noexcept;
  WeakConfigHandle(WeakConfigHandle&& other) noexcept : shared_(std::exchange(other.shared_, nullptr)) {}
  WeakConfigHandle& operator=(WeakConfigHandle other) noexcept {
    std::swap(shared_, other.shared_);
    return *this;
  }
  ~WeakConfigHandle();

  /// A new owner; one that names nothing if the last one has gone.
  [[nodiscard]] SharedConfigHandle lock() const noexcept;
  [[nodiscard]] bool expired() const noexcept;

 private:
  friend class SharedConfigHandle;
  explicit WeakConfigHandle(SharedConfigHandle::Shared* watched) noexcept : shared_(watched) {}
  SharedConfigHandle::Shared* shared_ = nullptr;
};

}  // namespace superconfig
