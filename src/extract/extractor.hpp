// The extractor: a value, a Shape and an object; nothing else. One lives for one extraction, on the stack.
//
// Nothing is allocated unless there is an error: where we are is a chain of Places on the stack, spelled out only
// when a path is needed. All functions return false if there was an error, and go on to find the others.
//   extract.cpp    what kind of target: wrappers, lists, maps; errors
//   scalars.cpp    one value
//   structure.cpp  fields
//   variant.cpp    enums and variants
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "superconfig/error.hpp"
#include "superconfig/extract/options.hpp"
#include "superconfig/path.hpp"
#include "superconfig/shape.hpp"
#include "superconfig/value.hpp"

namespace superconfig::detail {

/// One step of the way from the root of what is read; it lives in the caller's frame.
struct Place {
  const Place* parent = nullptr;
  std::string_view name;
  std::uint32_t index = no_index;  // of an array; then there is no name
};

class Extractor {
 public:
  Extractor(const ExtractOptions& options, const std::vector<std::string>& base_path, std::vector<Error>& errors)
      : options_(options), base_path_(base_path), errors_(errors) {}

  /// What is being read: the value, where it was written, and the way to it.
  struct Input {
    const Value& value;
    Mark mark;
    const Place* place;
  };

  bool read(const Input& in, const Shape& shape, void* object, const Rules* rules);
  /// Nothing was found.
  bool missing(const Shape& shape, void* object);

 private:
  // ---- scalars.cpp ----
  bool boolean(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool integer(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool floating(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool text(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool character(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool byte_size(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool duration(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool moment(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool custom(const Input& in, const Shape& shape, void* object, const Rules* rules);

  // ---- extract.cpp ----
  bool list(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool fixed(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool map(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool insert(const Entry& entry, const Place* place, const Shape& shape, void* object, const Rules* rules);
  bool key(const Entry& entry, const Place* place, const Shape& shape, void* object);

  // ---- structure.cpp ----
  // What the keys of a dict are matched against besides the fields: the tag of an internal variant.
  struct Fields {
    std::string_view tag;
    bool deny_unknown = false;
  };
  bool structure(const Input& in, const Shape& shape, void* object, const Fields& extra);
  bool fields_in_order(const Input& in, const Shape& shape, void* const* objects, const Fields& extra);
  bool fields_by_name(const Input& in, const Shape& shape, void* const* objects, const std::vector<KnownField>* known,
                      std::string_view tag);
  bool field(const Entry& entry, const Place* place, const Field& field, void* object);
  bool field_missing(const Input& in, const Field& field, void* object);
  bool flattened(const Input& in, const Shape& shape, void* object, const Rules* rules,
                 const std::vector<KnownField>& known, std::string_view tag);
  bool unknown(const Entry& entry, const Place* place, const std::vector<KnownField>& known);
  bool duplicate(const Input& in, const Field& field, const Entry& second);

  // ---- variant.cpp ----
  bool enumeration(const Input& in, const Shape& shape, void* object);
  bool variant(const Input& in, const Shape& shape, void* object, const Rules* rules, bool deny_unknown);
  bool external(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool internal(const Input& in, const Shape& shape, void* object, const Rules* rules, std::string_view tag,
                bool deny_unknown);
  bool untagged(const Input& in, const Shape& shape, void* object, const Rules* rules);
  bool unknown_variant(const Input& in, const Shape& shape, std::string_view name);

  // ---- errors ----
  // Each returns false. Nothing is made while alternatives are tried.
  bool wrong_type(const Input& in, const Shape& shape, const Rules* rules);
  bool wrong_value(const Input& in, const Shape& shape, const Rules* rules);
  Error& add(ErrorCode code, Mark mark, const Place* place);
  [[nodiscard]] bool is_quiet() const noexcept { return quiet_ > 0; }
  [[nodiscard]] std::vector<std::string> path_of(const Place* place) const;
  [[nodiscard]] std::string found_text(const Value& value, const std::vector<std::string>& path) const;

  const ExtractOptions& options_;
  const std::vector<std::string>& base_path_;
  std::vector<Error>& errors_;
  int quiet_ = 0;   // > 0 while alternatives of an untagged variant are tried
  int secret_ = 0;  // > 0 inside a Secret<T>
};

/// The position of the alternative with the name, or SIZE_MAX.
std::size_t find_alternative(const Shape& shape, std::string_view name) noexcept;

/// The characters of a string or of text; data() is null for other kinds.
inline std::string_view string_of(const Value& value) noexcept {
  if (value.is_text()) return value.characters();
  auto text = value.as_string();
  if (!text) return {};
  return text->data() != nullptr ? *text : std::string_view("");
}
/// What a target that is no scalar sees: of text the guess.
inline const Value& guess_of(const Value& value) noexcept { return value.is_text() ? value.text_guess() : value; }

}  // namespace superconfig::detail
