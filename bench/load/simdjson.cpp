// simdjson's DOM alone; its buffers are used again, as the library does.
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include "load/load.hpp"

namespace bench {

Task parse_by_simdjson(std::string text) {
  return {"simdjson alone", [text = std::move(text)](std::size_t n) {
            thread_local simdjson::dom::parser parser;
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < n; ++i) {
              simdjson::dom::object root;
              if (!parser.parse(text.data(), text.size(), true).get(root)) sum += root.size();
            }
            return sum;
          }};
}

}  // namespace bench
