// A case's type descriptor as a Shape.
#pragma once

#include <string_view>

#include "superconfig/config.hpp"
#include "superconfig/reflect/dynamic_shape.hpp"

namespace superconfig::conformance {

class Type {
 public:
  /// Throws BadCase.
  explicit Type(const Value& descriptor);
  [[nodiscard]] const Shape& shape() const noexcept { return *shape_; }
  /// What is read at a path, as it would be written again.
  [[nodiscard]] Result<Value> extract(const SuperConfig& config, std::string_view at,
                                      const ExtractOptions& options) const;

 private:
  DynamicShape shapes_;
  const Shape* shape_;
};

/// A type that lives as long as the program, for configurations that hold on to its shape.
const Type& lasting_type(const Value& descriptor);

}  // namespace superconfig::conformance
