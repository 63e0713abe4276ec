#include "data/picks.hpp"

#include <algorithm>
#include <random>

namespace bench {

std::uint64_t Picks::sum(std::size_t n) const {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += static_cast<std::uint64_t>((*this)[i].value);
  return sum;
}

Picks pick(const Text& text, std::size_t levels) {
  std::vector<Number> all;
  for (const auto& number : text.numbers)
    if (number.levels == levels) all.push_back(number);
  Picks picks;
  std::mt19937 random(64);  // its numbers are prescribed; those of the distributions are not
  for (auto left = all.size(); left > 1; --left) std::swap(all[random() % left], all[left - 1]);
  for (std::size_t i = 0; i < 64; ++i) picks.numbers.push_back(all[i % all.size()]);
  for (auto& at : picks.order) at = static_cast<std::uint8_t>(random() % 64);
  return picks;
}

}  // namespace bench
