// What operators do to environment variables without meaning to.
#pragma once

#include <string_view>
#include <vector>

#include "providers/assignment.hpp"
#include "superconfig/provider.hpp"

namespace superconfig::detail {

/// True if the name begins with the prefix when ASCII case is ignored.
bool has_prefix_in_other_case(std::string_view name, std::string_view prefix) noexcept;

/// A value that Kubernetes made, or one that stands in quotes.
void warn_of_accident(const Assignment& assignment, std::string_view text, const Below& below,
                      std::vector<Warning>& warnings);

/// Variables that give one key: `APP_A__B` and `APP_A_B`, or `APP_PORT` and `APP_Port`.
void warn_of_doubles(const std::vector<Assignment>& assignments, std::vector<Warning>& warnings);

}  // namespace superconfig::detail
