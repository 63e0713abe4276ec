// Texts of environment variables that are there by accident.
#pragma once

#include <string>
#include <string_view>

namespace superconfig::detail {

/// An address as Kubernetes puts it into every container for each service: `tcp://10.0.0.1:80` in `APP_PORT` for the
/// service `app`.
bool is_service_link(std::string_view text) noexcept;
/// The name of the service, if the variable is named as such a link is; else empty.
std::string linked_service(std::string_view variable);

/// A pair of quotes around all of the text: files of variables that are no shell scripts keep them.
bool stands_in_quotes(std::string_view text) noexcept;

}  // namespace superconfig::detail
