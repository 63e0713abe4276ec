// Which integers of a configuration are read or overridden: 64 of them, spread over the whole text, in an order that
// no branch predictor learns. The small configuration has fewer; there they come more than once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "data/generate.hpp"

namespace bench {

struct Picks {
  static constexpr std::size_t order_size = 4096;

  std::vector<Number> numbers;
  std::array<std::uint8_t, order_size> order{};

  [[nodiscard]] const Number& operator[](std::size_t i) const { return numbers[order[i % order_size]]; }
  /// What n reads in this order add up to.
  [[nodiscard]] std::uint64_t sum(std::size_t n) const;
};

Picks pick(const Text& text, std::size_t levels);

}  // namespace bench
