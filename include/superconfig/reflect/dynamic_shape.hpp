// DynamicShape: types that are described by data, not by C++.
//
// What is extracted by such a shape is a Value: the input checked and normalized, as it would be written again, with
// outside names, flattened fields lifted, defaults filled in, an empty optional as null. Python annotations,
// JavaScript schemas and the conformance cases are read this way.
//
//   DynamicShape types;
//   const Shape& server = types.structure("Server", {{.name = "host", .shape = &types.string(), .required = true},
//                                                    {.name = "port", .shape = &types.unsigned_integer(16)}});
//   Value server_value;      // the object that is filled
//
// A DynamicShape owns everything it hands out; it may be moved, not copied. Building is for one thread; the finished
// shapes are for any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "superconfig/shape.hpp"
#include "superconfig/value.hpp"

namespace superconfig {

class DynamicShape {
 public:
  /// A field, described by data; see Field and Rules.
  struct FieldParts {
    std::string name;              ///< the outside name
    const Shape* shape = nullptr;  ///< of this DynamicShape
    std::vector<std::string> aliases = {};
    std::optional<Value> default_value = {};  ///< as a file would write it; a missing field is read from it
    bool required = false;                    ///< else a missing field is left out of the result
    bool flatten = false;
    bool skip = false;
    Bound minimum = {}, maximum = {};
    std::optional<std::string> pattern = {};
    std::string unit = {};
    /// Called with the finished value; must not throw.
    std::function<bool(const Value&)> check = {};
    std::string expected = {};  ///< what the check wants
    std::string member = {};    ///< what the program calls it, where that is another name
  };
  struct AlternativeParts {
    std::string name;
    const Shape* content = nullptr;  ///< nullptr: none
    std::vector<std::string> aliases = {};
  };

  DynamicShape();
  DynamicShape(DynamicShape&&) noexcept;
  DynamicShape& operator=(DynamicShape&&) noexcept;
  ~DynamicShape();

  // Shapes of one value.
  const Shape& boolean();
  const Shape& signed_integer(unsigned bits);    ///< 8 to 64
  const Shape& unsigned_integer(unsigned bits);  ///< 8 to 64
  const Shape& integer(std::int64_t minimum = INT64_MIN, std::uint64_t maximum = UINT64_MAX);
  const Shape& floating(unsigned bits = 64);  ///< 32: rounded to a float and widened again
  const Shape& string();
  const Shape& character();
  const Shape& path();
  const Shape& relative_path();  ///< gives {original, relative, metadata_path}: the text, joined, the file or null
  const Shape& byte_size();      ///< gives an integer
  const Shape& duration();       ///< gives seconds, a float
  const Shape& datetime();
  const Shape& any();
  const Shape& enumeration(std::string_view name, const std::vector<AlternativeParts>& enumerators);

  // Shapes of others; these too must be of this DynamicShape.
  const Shape& optional(const Shape& element);
  const Shape& secret(const Shape& element);
  const Shape& list(const Shape& element);
  const Shape& set(const Shape& element);  ///< equal items are kept once
  const Shape& array(const Shape& element, std::size_t length);
  const Shape& tuple(const std::vector<const Shape*>& items);
  const Shape& map(const Shape& element);  ///< keys: any string
  const Shape& structure(std::string_view name, std::vector<FieldParts> fields, bool deny_unknown = false);
  const Shape& variant(std::string_view name, VariantForm form, std::string_view tag,
                       const std::vector<AlternativeParts>& alternatives);

  /// A shape to be told later, for types that contain themselves. Using it before is not allowed.
  Shape& placeholder();
  void resolve(Shape& placeholder, const Shape& shape);

 private:
  struct Storage;
  std::unique_ptr<Storage> storage_;
};

}  // namespace superconfig
