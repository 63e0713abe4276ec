// Live<T>: one value of a handle, at hand without a look into the tree.
//
//   auto limit = handle.live<int>("server.limit");
//   while (serve()) if (open > *limit) reject();      // follows every update of the handle
//
// As long as the handle does not change, reading it compares one number. After a change the value is read anew; if it
// is missing then, of the wrong type, or the handle is gone, the last good one stays and `error` says why.
//
// A Live belongs to one thread; a copy, which costs a reference count, may go to another. The reference that `get`
// gives holds until the next call on the same object.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "superconfig/registry/cell_access.hpp"

namespace superconfig {

namespace detail {

/// The number that moves whenever something about the cell does.
const std::atomic<std::uint64_t>* stamp_of(const CellRef& at) noexcept;
/// While one lives the registry's table does, and so the stamp.
class CoreHold {
 public:
  explicit CoreHold(RegistryCore* core) noexcept;
  CoreHold(const CoreHold& other) noexcept : CoreHold(other.core_) {}
  CoreHold(CoreHold&& other) noexcept : core_(std::exchange(other.core_, nullptr)) {}
  CoreHold& operator=(CoreHold other) noexcept {
    std::swap(core_, other.core_);
    return *this;
  }
  ~CoreHold();

 private:
  RegistryCore* core_;
};

}  // namespace detail

template <class T>
class Live {
 public:
  /// The value. Blocks only after a change, as a read of the handle does.
  [[nodiscard]] const T& get() {
    // acquire: what was published before the stamp moved is what `look` will find.
    if (stamp_->load(std::memory_order_acquire) != seen_) [[unlikely]]
      look();
    return *value_;
  }
  [[nodiscard]] const T& operator*() { return get(); }
  [[nodiscard]] const T* operator->() { return &get(); }
  /// Empty if the value is that of the handle; else why the last good one still stands.
  [[nodiscard]] const Errors& error() {
    (void)get();
    return errors_;
  }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  friend class ConfigHandle;
  Live(const detail::CellRef& at, std::string path) noexcept
      : at_(at), hold_(at.core), stamp_(detail::stamp_of(at)), path_(std::move(path)) {}

  static Result<Live> make(const detail::CellRef& at, std::string path) {
    if (!at.cell) return detail::stale(at.id);
    Live live(at, std::move(path));
    live.look();
    if (!live.value_) return live.errors_;
    return live;
  }

  [[gnu::noinline, gnu::cold]] void look() {
    // The stamp first: if another publish comes between, the next call looks again.
    const auto now = stamp_->load(std::memory_order_acquire);
    auto config = detail::config_of(at_);
    auto found = config ? config->template try_get<T>(path_) : Result<T>(config.error());
    if (found) {
      value_ = std::make_shared<const T>(std::move(*found));
      errors_ = {};
    } else {
      errors_ = found.error();
    }
    seen_ = now;
  }

  detail::CellRef at_;
  detail::CoreHold hold_;
  const std::atomic<std::uint64_t>* stamp_;
  std::uint64_t seen_ = 0;
  std::shared_ptr<const T> value_;
  Errors errors_;
  std::string path_;
};

}  // namespace superconfig
