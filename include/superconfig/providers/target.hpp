// The profile that a provider writes.
#pragma once

#include <string>
#include <string_view>

#include "superconfig/provider.hpp"

namespace superconfig::detail {

/// What the providers that write one profile have in common: `.profile(p)` and `.global()`.
template <class Self>
class ToProfile {
 public:
  /// The profile to write.
  [[nodiscard]] Self profile(std::string_view name) const {
    auto copy = static_cast<const Self&>(*this);
    copy.profile_ = name;
    return copy;
  }
  [[nodiscard]] Self global() const { return static_cast<const Self&>(*this).profile(global_profile); }

 protected:
  [[nodiscard]] const std::string& target() const noexcept { return profile_; }
  std::string profile_{default_profile};
};

}  // namespace superconfig::detail
