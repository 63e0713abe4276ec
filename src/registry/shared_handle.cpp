#include "superconfig/shared_handle.hpp"

namespace superconfig {

// Counting up is relaxed: whoever does has the object already. Counting down is acq_rel: what each owner did happens
// before the last one releases.

SharedConfigHandle::SharedConfigHandle(ConfigHandle&& handle) : shared_(new Shared(std::move(handle))) {}
SharedConfigHandle::SharedConfigHandle(const SharedConfigHandle& other) noexcept : shared_(other.shared_) {
  if (shared_) shared_->owners.fetch_add(1, std::memory_order_relaxed);
}
SharedConfigHandle::~SharedConfigHandle() {
  if (!shared_ || shared_->owners.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  {
    const ConfigHandle last = std::move(shared_->handle);
  }
  unwatch(shared_);
}

void SharedConfigHandle::unwatch(Shared* shared) noexcept {
  if (shared->watchers.fetch_sub(1, std::memory_order_acq_rel) == 1) delete shared;
}

std::size_t SharedConfigHandle::use_count() const noexcept {
  return shared_ ? shared_->owners.load(std::memory_order_relaxed) : 0;
}

WeakConfigHandle SharedConfigHandle::weak() const noexcept {
  if (shared_) shared_->watchers.fetch_add(1, std::memory_order_relaxed);
  return WeakConfigHandle(shared_);
}

std::optional<ConfigHandle> SharedConfigHandle::into_handle() && noexcept {
  // From 1 to 0 in one step: no weak form can come back in between.
  std::size_t only = 1;
  if (!shared_ || !shared_->owners.compare_exchange_strong(only, 0, std::memory_order_acq_rel)) return {};
  std::optional<ConfigHandle> handle(std::move(shared_->handle));
  unwatch(std::exchange(shared_, nullptr));
  return handle;
}

WeakConfigHandle::WeakConfigHandle(const WeakConfigHandle& other) noexcept : shared_(other.shared_) {
  if (shared_) shared_->watchers.fetch_add(1, std::memory_order_relaxed);
}
WeakConfigHandle::~WeakConfigHandle() {
  if (shared_) SharedConfigHandle::unwatch(shared_);
}
SharedConfigHandle WeakConfigHandle::lock() const noexcept {
  if (!shared_) return {};
  auto owners = shared_->owners.load(std::memory_order_relaxed);
  while (owners != 0) {
    // acquire: what made the handle is seen.
    if (shared_->owners.compare_exchange_weak(owners, owners + 1, std::memory_order_acquire))
      return SharedConfigHandle(shared_);
  }
  return {};
}
bool WeakConfigHandle::expired() const noexcept {
  return !shared_ || shared_->owners.load(std::memory_order_relaxed) == 0;
}

}  // namespace superconfig
