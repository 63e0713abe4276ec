// expect: time points of the system clock
#include "superconfig/extract/extract.hpp"

// Counts from nowhere in particular.
#include <chrono>
struct HasSteady {
  std::chrono::steady_clock::time_point point;
};
auto result = superconfig::extract_value<HasSteady>({});
