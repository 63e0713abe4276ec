// From objects to values; to_value(T) of the public headers ends here.
#pragma once

#include <string_view>

#include "superconfig/shape.hpp"

namespace superconfig::detail {

/// The object as a file would hold it.
Value to_value(const Shape& shape, const void* object, const Rules* rules);

/// An alternative and its content, told apart as the form says.
Value alternative_value(VariantForm form, std::string_view tag, const Alternative& alternative, Value content);

}  // namespace superconfig::detail
