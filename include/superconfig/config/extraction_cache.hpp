// What a configuration remembers of earlier extractions: objects by type, path and options. They belong to the
// resolved stack, so that equal configurations, handles and snapshots share them, and nothing ever makes them stale.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "superconfig/extract/options.hpp"
#include "superconfig/shape.hpp"

namespace superconfig::detail {

class Layer;

/// A T's own; no two types have the same.
template <class T>
inline constexpr char extraction_token = 0;

struct ExtractionKey {
  const void* type;
  std::string_view path;
  ExtractOptions options;
};

/// The object, or nullptr. It lives as long as the layer. Takes no lock.
const std::shared_ptr<const void>* find_extraction(const Layer* top, const ExtractionKey& key) noexcept;
/// True from the second time on that it is called for a key, as long as there is room: what is asked for once only is
/// not worth keeping. (Another key may answer for this one now and then; it costs a copy.)
bool is_worth_keeping(Layer* top, const ExtractionKey& key) noexcept;
/// Keeps the object if there is room; gives the one that is kept, or the same.
std::shared_ptr<const void> keep_extraction(Layer* top, const ExtractionKey& key, std::shared_ptr<const void> object);

/// Whether a copy of an object shares nothing with it: not so of shared pointers and of types that convert themselves.
bool copies_are_independent(const Shape& shape);

}  // namespace superconfig::detail
