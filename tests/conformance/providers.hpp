// A case's provider as one of the library's.
#pragma once

#include "superconfig/providers.hpp"

namespace superconfig::conformance {

/// Throws NotYet, BadCase.
ProviderPtr provider_from(const Value& provider);

/// `vars` in their own order, or in that of `vars_order`.
Environment environment_from(const Value& provider);

}  // namespace superconfig::conformance
