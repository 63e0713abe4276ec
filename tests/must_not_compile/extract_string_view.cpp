// expect: it would dangle
#include "superconfig/extract/extract.hpp"

// A view would point into the configuration.
#include <string_view>
struct HasView {
  std::string_view view;
};
auto result = superconfig::extract_value<HasView>({});
