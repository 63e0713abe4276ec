// How the registry takes a configuration apart and puts it together again.
#pragma once

#include "config/layer.hpp"
#include "superconfig/config.hpp"

namespace superconfig::detail {

class ConfigAccess {
 public:
  using ModeChoice = SuperConfig::ModeChoice;

  static SuperConfig make(LayerRef top, std::uint32_t cleared, ModeChoice choice) noexcept {
    return SuperConfig(std::move(top), cleared, choice);
  }
  static const LayerRef& top(const SuperConfig& config) noexcept { return config.top_; }
  static LayerRef take_top(SuperConfig& config) noexcept { return std::move(config.top_); }
  static std::uint32_t cleared(const SuperConfig& config) noexcept { return config.cleared_; }
  static SuperConfig in_mode(const SuperConfig& config, Mode mode, ModeChoice choice) {
    return config.in_mode(mode, choice);
  }
  static SuperConfig copied(const SuperConfig& config) { return config.copied(); }
  /// The form that a mode gives a stack.
  static Mode form_of(const Layer* top) noexcept { return top && top->clones ? Mode::clone : Mode::handle; }
};

}  // namespace superconfig::detail
