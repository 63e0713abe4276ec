// The composition rules: pure functions on trees.
//
//               dict, dict     array, array            otherwise
//   merge       union          incoming                incoming
//   join        union          existing                existing
//   admerge     union          existing ++ incoming    incoming
//   adjoin      union          existing ++ incoming    existing
//
// Existing is what the layers below give, incoming is the layer. In a union, keys that both have are composed by the
// same rule. Under merge and admerge a dict belongs to the incoming layer, under join and adjoin to the existing one;
// a concatenated array belongs to the existing one; items keep their marks.
//
// Then the layer's array edits and markers run, in this order: replace, unset, `x` itself, add, remove, and last the
// edits inside of what the layer brought. An edit whose array is not there yet is kept as a pending Edit if the
// profiles below may still give it (`keep_pending`), else the array is empty.
#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "superconfig/error.hpp"
#include "superconfig/order.hpp"
#include "superconfig/provider.hpp"
#include "superconfig/value.hpp"
#include "value/nodes.hpp"

namespace superconfig::detail {

/// An item that an `x_remove` took out, for `explain`.
struct Removed {
  std::vector<std::string> path;  // of the array
  Value value;
  Mark written;
  Mark removed_by;
};

/// What composing has to say besides the tree.
struct Notes {
  std::vector<Warning> warnings;
  std::vector<Error> errors;
  std::vector<Mark> error_marks;  // of each error: the mark that its origin spells out
  std::vector<Removed>* removed = nullptr;
  /// Items of which one was put in the place of the other, by their marks. For `explain`, which gives every item a mark
  /// of its own: an item keeps neither its index nor its mark.
  std::vector<std::pair<Mark, Mark>>* same_item = nullptr;
};

struct ComposeRules {
  Order order = Order::merge;
  bool edits = true;                          ///< `x_add` and the like count
  bool keep_pending = false;                  ///< the profile is not the lowest: edits of what is not there wait
  bool types_known = false;                   ///< a shape settles types: text of another type is nothing to warn of
  IfShared if_shared = IfShared::make_delta;  ///< how a dict that others hold is changed
};

/// Composes dict over dict in place. `profile` is named in errors.
void compose(Value& existing, const Value& incoming, const ComposeRules& rules, std::string_view profile, Notes& notes);

/// A value on its way down a path. The segments at the positions `elements` address items of arrays.
struct Way {
  std::span<const std::string_view> segments;
  std::span<const std::size_t> elements;
  const Value& value;
  Mark mark;
  std::span<const Mark> marks{};  ///< one a segment; none: `mark` is that of all

  [[nodiscard]] Mark mark_of(std::size_t segment) const noexcept {
    return segment < marks.size() ? marks[segment] : mark;
  }
  [[nodiscard]] bool is_element(std::size_t segment) const noexcept;
  /// The segments from there on as dicts, and edits of elements, around the value.
  [[nodiscard]] Value from(std::size_t segment) const;
};

/// Puts a value at a path of `tree`, as a layer that holds nothing else would. A number over an array of the tree
/// addresses an item; so do the way's elements, of arrays that another profile has.
void compose_at(Value& tree, const Way& way, const ComposeRules& rules, std::string_view profile, Notes& notes);

/// The tree with its pending edits applied to empty arrays.
Value without_pending(const Value& tree, std::string_view profile, Notes& notes);

}  // namespace superconfig::detail
