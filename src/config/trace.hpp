// Which layer a value came from.
//
// Marks say where a value was written, not in which layer: two layers may come from one place in code. So the stack
// is composed once more with each mark replaced by a number; the numbers in the result lead back to layer and mark.
// The result is kept with the layer, for the next question.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/layer.hpp"

namespace superconfig::detail {

struct TracedTree final : MarkTracer {
  struct Place {
    std::vector<std::uint32_t> layer;
    Mark mark;
  };
  std::vector<Place> places;  // a traced mark's source is 1 + the index here
  Fold fold;
  Value view;
  std::vector<Removed> removed;
  std::vector<std::vector<std::uint32_t>> view_error_layers;  // in the order of Shared::view_errors

  Mark traced(const std::vector<std::uint32_t>& layer, Mark mark) override {
    places.push_back({layer, mark});
    return {static_cast<std::uint32_t>(places.size()), 0};
  }
  [[nodiscard]] Place place(Mark traced_mark) const {
    return traced_mark.source == 0 || traced_mark.source > places.size() ? Place{} : places[traced_mark.source - 1];
  }
  [[nodiscard]] Origin origin(Mark traced_mark) const;
};

/// The trace of a resolved stack.
std::shared_ptr<const TracedTree> trace(Layer* top);

/// The profile that gave the value at a path of the view: the highest that has the path.
std::string profile_at(const Value& default_tree, const Profiles& profiles, const Path& path);

/// The view that a reader of a type sees: its fields are known keys for the environment variables of all layers. One
/// view a shape and path is kept.
Result<Value> view_for(Layer* top, const Shape& shape, const Path& path);
/// The variables and options that then still match nothing.
std::vector<Unmatched> unmatched_for(Layer* top, const Shape& shape, const Path& path);

Metadata metadata_of(const Layer& layer);

/// The profile trees of one layer, as it was loaded.
std::vector<ProfileTree> content_of(Layer& layer);

}  // namespace superconfig::detail
