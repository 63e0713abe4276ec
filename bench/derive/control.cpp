#include <new>

#include "derive/derive.hpp"

namespace bench {

Task allocate_and_free() {
  return {"64 bytes from the heap", [](std::size_t n) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) {
              void* const memory = ::operator new(64);
              asm volatile("" : : "r"(memory) : "memory");
              sum += i;
              ::operator delete(memory);
            }
            return sum;
          }};
}

}  // namespace bench
