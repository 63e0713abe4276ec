#include "compose/compose.hpp"

#include <algorithm>

#include "formats/text_guess.hpp"
#include "value/few.hpp"

namespace superconfig::detail {
namespace {

struct Slot {  // a value in an unshared node, and its mark
  Value& value;
  Mark& mark;
};

bool takes_incoming(Order order) noexcept { return order == Order::merge || order == Order::admerge; }
bool concatenates(Order order) noexcept { return order == Order::admerge || order == Order::adjoin; }
bool is_scalar(Kind kind) noexcept { return kind != Kind::array && kind != Kind::dict && kind != Kind::null; }
bool is_number(Kind kind) noexcept { return kind == Kind::integer || kind == Kind::floating; }

// Text keeps its characters until it has to take part in a union or a concatenation.
void drop_text(Value& value) {
  if (value.is_text()) value = Value(value.text_guess());
}

}  // namespace

bool Way::is_element(std::size_t segment) const noexcept {
  return std::find(elements.begin(), elements.end(), segment) != elements.end();
}

Value Way::from(std::size_t segment) const {
  Value tree = value;
  for (auto i = segments.size(); i-- > segment;) {
    if (is_element(i)) {
      tree = make_edit({Edit{Edit::Type::element, index_of(segments[i]), std::move(tree), mark_of(i)}});
    } else {
      Entry entry{Name(segments[i]), std::move(tree), mark_of(i)};
      tree = Value::dict(std::span<Entry>(&entry, 1));
    }
  }
  return tree;
}

namespace {

class Composer {
 public:
  Composer(const ComposeRules& rules, std::string_view profile, Notes& notes)
      : rules_(rules), profile_(profile), notes_(notes) {}

  void compose_dicts(Value& existing, const Value& incoming) {
    const bool edits = may_edit(incoming);
    if (existing.size() == 0 && !edits) {
      existing = incoming;
      return;
    }
    const bool helpers = edits && rules_.edits;
    if (helpers) apply_markers(existing, incoming);
    for (const auto& entry : incoming.entries())
      if (!helpers || helper_of(entry.name, entry.value).kind == HelperKind::none) compose_entry(existing, entry);
    if (helpers) {
      // Whether text is an edit depends on the base, which the layer itself may bring.
      for (const auto& entry : incoming.entries())
        if (helper_of(entry.name, entry.value).kind != HelperKind::none && !counts_as_helper(entry, existing))
          compose_entry(existing, entry);
      apply_edits(existing, incoming, HelperKind::add);
      apply_edits(existing, incoming, HelperKind::remove);
    }
    if (!edits) return;
    for (const auto& entry : incoming.entries()) run_inner_edits(existing, entry);
  }

  void compose_values(Slot existing, const Value& incoming, Mark mark) {
    if (is_edit(incoming)) return apply_pending(existing, incoming);
    if (is_edit(existing.value)) return compose_over_pending(existing, incoming, mark);
    const auto old_kind = existing.value.kind();
    const auto new_kind = incoming.kind();
    if (old_kind == Kind::dict && new_kind == Kind::dict) {
      drop_text(existing.value);
      compose_dicts(existing.value, incoming.text_guess());
      if (takes_incoming(rules_.order)) existing.mark = mark;
      return;
    }
    if (old_kind == Kind::array && new_kind == Kind::array && concatenates(rules_.order)) {
      drop_text(existing.value);
      for (const auto& item : incoming.items()) append(existing.value, item);
      return;
    }
    warn_of_kinds(existing, incoming, mark);
    if (notes_.same_item) same_items(existing.value, incoming);
    if (takes_incoming(rules_.order)) {
      existing.value = incoming;
      existing.mark = mark;
    }
  }

  // Descends along the path and composes there.
  void compose_path(Slot at, const Way& way, std::size_t depth) {
    const auto& segments = way.segments;
    const auto mark_here = way.mark_of(depth == 0 ? 0 : depth - 1);
    if (depth == segments.size()) return compose_and_run(at, way.value, mark_here);
    const auto segment = segments[depth];
    const auto mark = way.mark_of(depth);
    if (at.value.is_array() && index_of(segment) != no_index) {
      apply({Edit::Type::element, index_of(segment), way.from(depth + 1), mark}, at);
      return;
    }
    if (!at.value.is_dict()) return compose_and_run(at, way.from(depth), mark_here);
    drop_text(at.value);
    if (depth > 0 && takes_incoming(rules_.order)) at.mark = mark_here;
    if (rules_.edits && depth + 1 == segments.size() && helper_of(segment, way.value).kind != HelperKind::none)
      return compose_dicts(at.value, way.from(depth));
    const auto* found = find(at.value.node(), segment, hash_of(segment));
    const auto name = found ? found->name : Name(segment);
    if (way.is_element(depth + 1)) {  // of an array that another profile has
      const Entry entry{name, way.from(depth + 1), mark};
      compose_entry(at.value, entry);
      run_inner_edits(at.value, entry);
      return;
    }
    const auto edited = edit_entry(at.value, name, rules_.if_shared);
    path_.push_back(segment);
    if (edited.made) {
      edited.entry->value = way.from(depth + 1);
      edited.entry->mark = mark;
      run_inside(edited.entry->value);
    } else {
      compose_path({edited.entry->value, edited.entry->mark}, way, depth + 1);
    }
    path_.pop_back();
    note_child(at.value, name, edited.entry->value);
  }

  // A value on its own, its edits run: dicts inside arrays have nothing below that could still give an array.
  void run_inside(Value& value) {
    if (!may_edit(value)) return;
    if (value.tag() == Value::Tag::dict) {
      const Value raw = std::move(value);
      value = Value::dict(std::span<Entry>());
      compose_dicts(value, raw);
    } else if (value.tag() == Value::Tag::array) {
      auto rules = rules_;
      rules.keep_pending = false;
      Composer inner(rules, profile_, notes_);
      inner.path_ = path_;
      const auto items = edit_items(value);
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (!may_edit(items[i].value)) continue;
        const auto segment = std::to_string(i);
        inner.path_.push_back(segment);
        inner.run_inside(items[i].value);
        inner.path_.pop_back();
      }
      all_ran(value);
    } else if (value.is_text()) {
      Value guess = value.text_guess();
      run_inside(guess);
      value = Value::text(value.characters(), std::move(guess), value.is_comma_list());
    } else if (is_edit(value)) {
      run_inside_queue(value);
    }
  }

 private:
  // ---- one key ----

  void compose_entry(Value& existing, const Entry& entry) {
    path_.push_back(entry.name.view());
    const auto* found = find(existing.node(), entry.name);
    if (is_edit(entry.value)) {
      edit_entry_of(existing, entry);
    } else if (!found) {
      const auto made = edit_entry(existing, entry.name, rules_.if_shared).entry;
      made->value = entry.value;
      made->mark = entry.mark;
      note_child(existing, entry.name, made->value);
    } else if (!takes_incoming(rules_.order) && !is_edit(found->value) && keeps_existing(found->value, entry.value)) {
      // Nothing changes: what is shared stays shared.
      warn_of_kinds(found->value, found->mark, entry.value, entry.mark);
      if (notes_.same_item) same_items(found->value, entry.value);
    } else {
      const auto edited = edit_entry(existing, entry.name, rules_.if_shared).entry;
      compose_values({edited->value, edited->mark}, entry.value, entry.mark);
      note_child(existing, entry.name, edited->value);
    }
    path_.pop_back();
  }

  [[nodiscard]] bool keeps_existing(const Value& existing, const Value& incoming) const {
    if (existing.is_dict() && incoming.is_dict()) return false;
    return !(existing.is_array() && incoming.is_array() && concatenates(rules_.order));
  }

  // ---- helper keys ----

  [[nodiscard]] bool counts_as_helper(const Entry& entry, const Value& existing) const {
    const auto helper = helper_of(entry.name, entry.value);
    if (helper.kind == HelperKind::none) return false;
    const bool marker = helper.kind == HelperKind::unset || helper.kind == HelperKind::replace;
    if (!marker && entry.value.is_text() && !entry.value.is_array()) {
      const auto* base = existing.find(helper.base);
      return base && !is_edit(base->value) && base->value.is_array();
    }
    return true;
  }

  void apply_markers(Value& existing, const Value& incoming) {
    for (const auto kind : {HelperKind::replace, HelperKind::unset}) {
      for (const auto& entry : incoming.entries()) {
        const auto helper = helper_of(entry.name, entry.value);
        if (helper.kind != kind) continue;
        Edit edit{kind == HelperKind::unset ? Edit::Type::unset : Edit::Type::replace, 0, {}, entry.mark};
        if (kind == HelperKind::replace) edit.value = entry.value;
        compose_entry(existing, Entry{Name(helper.base), make_edit({std::move(edit)}), entry.mark});
      }
    }
  }

  void apply_edits(Value& existing, const Value& incoming, HelperKind kind) {
    for (const auto& entry : incoming.entries()) {
      const auto helper = helper_of(entry.name, entry.value);
      if (helper.kind != kind || !counts_as_helper(entry, existing)) continue;
      Value items =
          entry.value.is_array() ? Value(entry.value.text_guess()) : split_commas(entry.value.characters(), entry.mark);
      const auto type = kind == HelperKind::add ? Edit::Type::add : Edit::Type::remove;
      const auto edit = make_edit({Edit{type, 0, std::move(items), entry.mark}});
      compose_entry(existing, Entry{Name(helper.base), edit, entry.mark});
    }
  }

  // The edits inside of what an entry of the layer brought. What was there before has had its own run.
  void run_inner_edits(Value& existing, const Entry& entry) {
    if (!may_edit(entry.value)) return;
    const auto helper = rules_.edits && counts_as_helper(entry, existing) ? helper_of(entry.name) : Helper{};
    const auto base = helper.kind == HelperKind::none ? entry.name.view() : helper.base;
    const auto* found = existing.find(base);
    if (!found || !may_edit(found->value)) return;
    if (is_edit(entry.value) && !is_edit(found->value)) return;  // applied at once, with what is inside
    // Dicts that were united ran theirs on the way down.
    const bool replaced = helper.kind == HelperKind::replace;
    if (found->value.is_dict() && !replaced && !same_node(found->value, entry.value)) return;
    const Name name = found->name;
    path_.push_back(base);
    const auto edited = edit_entry(existing, name, rules_.if_shared).entry;
    if (edited->value.tag() == Value::Tag::array) {
      run_inside_items(edited->value, entry.value);
    } else {
      run_inside(edited->value);
    }
    note_child(existing, name, edited->value);
    path_.pop_back();
  }

  // What waits has its own edits run now; those of an item that is there below wait with it.
  void run_inside_queue(Value& waiting) {
    auto queue = edits_of(waiting);
    for (std::size_t i = 0; i < queue.size(); ++i) {
      auto& edit = queue[i];
      if (edit.type == Edit::Type::remove || !may_edit(edit.value)) continue;
      auto rules = rules_;
      rules.keep_pending = edit.type == Edit::Type::element;
      Composer inner(rules, profile_, notes_);
      inner.path_ = path_;
      if (edit.type == Edit::Type::add) {
        run_inside_added(inner, edit.value, std::span<const Edit>(queue).subspan(i + 1));
      } else {
        inner.run_inside(edit.value);
      }
    }
    waiting = make_edit(std::move(queue));
  }

  // Items that wait to be added. One that is taken out again stays as it is written: that is what it is known by.
  static void run_inside_added(Composer& inner, Value& added, std::span<const Edit> later) {
    const auto is_taken_out = [later](const Value& item) {
      for (const auto& edit : later) {
        if (edit.type == Edit::Type::element) return false;  // it may be another by then
        if (edit.type != Edit::Type::remove) continue;
        const auto unwanted = edit.value.items();
        if (std::any_of(unwanted.begin(), unwanted.end(), [&](const Item& one) { return one.value == item; }))
          return true;
      }
      return false;
    };
    drop_text(added);
    const auto items = edit_items(added);
    bool all = true;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!inner.may_edit(items[i].value)) continue;
      if (is_taken_out(items[i].value)) {
        all = false;
        continue;
      }
      const auto segment = std::to_string(i);
      inner.path_.push_back(segment);
      inner.run_inside(items[i].value);
      inner.path_.pop_back();
    }
    if (all) inner.all_ran(added);
  }

  // What is inside of an array is done: later layers need not look again.
  void all_ran(Value& array) const noexcept {
    if (rules_.edits) array.node()->flags &= static_cast<std::uint8_t>(~Node::may_hold_edits);
    array.node()->flags &= static_cast<std::uint8_t>(~Node::holds_pending);
  }

  // The items that a layer brought to an array, by their nodes; what is there from below has had its run.
  void run_inside_items(Value& array, const Value& brought) {
    if (same_node(array, brought.text_guess())) return run_inside(array);
    const auto items = edit_items(array);
    for (std::size_t i = 0; i < items.size(); ++i) {
      auto& item = items[i].value;
      const auto is_it = [&item](const Item& other) { return same_node(item, other.value); };
      if (!may_edit(item) || std::none_of(brought.items().begin(), brought.items().end(), is_it)) continue;
      auto rules = rules_;
      rules.keep_pending = false;
      const auto segment = std::to_string(i);
      Composer inner(rules, profile_, notes_);
      inner.path_ = path_;
      inner.path_.push_back(segment);
      inner.run_inside(item);
    }
  }

  // A value, and the edits inside of it. Dicts that unite run theirs on the way down.
  void compose_and_run(Slot at, const Value& incoming, Mark mark) {
    const bool unites = at.value.is_dict() && incoming.is_dict();
    const bool lengthens = at.value.is_array() && incoming.is_array() && concatenates(rules_.order);
    compose_values(at, incoming, mark);
    if (lengthens && !is_edit(at.value)) {
      run_inside_items(at.value, incoming);
    } else if (!unites && !is_edit(incoming)) {
      run_inside(at.value);
    }
  }

  [[nodiscard]] bool may_edit(const Value& value) const noexcept {
    return has_flag(value, rules_.edits ? Node::may_hold_edits : Node::holds_pending);
  }
  static bool same_node(const Value& a, const Value& b) noexcept {
    return a.counted() && b.counted() && a.node() == b.node();
  }

  // ---- pending edits ----

  // A layer edits what is at a key, or what the profiles below will give there.
  void edit_entry_of(Value& existing, const Entry& entry) {
    for (const auto& edit : edits_of(entry.value)) {
      const auto* found = find(existing.node(), entry.name);
      const bool marker = edit.type == Edit::Type::unset || edit.type == Edit::Type::replace;
      if (rules_.keep_pending && (marker || !found || is_edit(found->value))) {
        std::vector<Edit> queue;
        if (found && is_edit(found->value) && !marker)
          queue = edits_of(found->value);  // a marker ends what came before
        queue.push_back(edit);
        put(existing, entry.name, make_edit(std::move(queue)), edit.mark);
      } else if (edit.type == Edit::Type::unset) {
        erase_entry(existing, entry.name);
      } else if (edit.type == Edit::Type::replace) {
        if (notes_.same_item && found) same_items(found->value, edit.value);
        put(existing, entry.name, edit.value, edit.mark);
      } else {
        if (!found) put(existing, entry.name, Value::array(), edit.mark);
        const auto slot = edit_entry(existing, entry.name, rules_.if_shared).entry;
        apply(edit, {slot->value, slot->mark});
        note_child(existing, entry.name, slot->value);
      }
    }
  }

  void put(Value& dict, const Name& name, Value value, Mark mark) const {
    const auto slot = edit_entry(dict, name, rules_.if_shared).entry;
    slot->value = std::move(value);
    slot->mark = mark;
    note_child(dict, name, slot->value);
  }

  // Inside of an array there are no keys: edits meet a value.
  void apply_pending(Slot existing, const Value& edit) {
    for (const auto& one : edits_of(edit)) apply(one, existing);
  }

  void apply(const Edit& edit, Slot existing) {
    if (!existing.value.is_array()) return no_array(existing, edit);
    drop_text(existing.value);
    switch (edit.type) {
      case Edit::Type::add:
        for (const auto& item : edit.value.items()) append(existing.value, item);
        break;
      case Edit::Type::remove: remove_items(existing, edit); break;
      case Edit::Type::element: edit_element(existing, edit); break;
      default: break;
    }
  }

  void remove_items(Slot existing, const Edit& edit) {
    for (const auto& unwanted : edit.value.items()) {
      bool any = false;
      for (std::size_t i = existing.value.size(); i-- > 0;) {
        const auto& item = *existing.value.at(i);
        if (!(item.value == unwanted.value)) continue;
        any = true;
        if (notes_.removed) notes_.removed->push_back({path(), item.value, item.mark, unwanted.mark});
        erase_item(existing.value, i);
      }
      if (!any) {
        // Listed twice: the first took it out.
        bool listed_before = false;
        for (const auto& other : edit.value.items()) {
          if (&other == &unwanted) break;
          listed_before = listed_before || other.value == unwanted.value;
        }
        if (!listed_before) warn("the item to remove is not in the array", unwanted.mark, existing.mark);
      }
    }
  }

  void edit_element(Slot existing, const Edit& edit) {
    const auto size = existing.value.size();
    const auto segment = std::to_string(edit.index);
    path_.push_back(segment);
    if (edit.index == size) {
      Value item = edit.value;
      if (is_edit(item)) {
        item = Value::array();
        Mark own = edit.mark;
        apply_pending({item, own}, edit.value);
      }
      run_inside(item);
      append(existing.value, {std::move(item), edit.mark});
    } else if (edit.index < size) {
      auto& item = edit_items(existing.value)[edit.index];
      if (notes_.same_item) notes_.same_item->emplace_back(item.mark, edit.mark);
      compose_and_run({item.value, item.mark}, edit.value, edit.mark);
      note_child(existing.value, {}, item.value);
    } else {
      Error error = problem(ErrorCode::conflict, edit.mark, existing.mark);
      error.message = "index " + segment + " is beyond the array's end (it has " + std::to_string(size) +
                      " items; index " + std::to_string(size) + " would append)";
      notes_.errors.push_back(std::move(error));
    }
    path_.pop_back();
  }

  void no_array(Slot existing, const Edit& edit) {
    Error error = problem(ErrorCode::conflict, edit.mark, existing.mark);
    error.message = "an array edit needs an array, but the value it edits is of type " +
                    std::string(name_of(existing.value.kind()));
    notes_.errors.push_back(std::move(error));
  }

  // The layer brings a value to a place where edits wait for one of the profiles below.
  void compose_over_pending(Slot existing, const Value& incoming, Mark mark) {
    const auto& queue = edits_of(existing.value);
    const auto first = queue.front().type;
    if (first == Edit::Type::unset || first == Edit::Type::replace) {
      // Nothing below counts any more, so they need not wait.
      Value value = Value::dict(std::span<Entry>());
      auto rules = rules_;
      rules.keep_pending = false;
      Composer now(rules, profile_, notes_);
      now.path_ = path_;
      const Name name("v");
      now.edit_entry_of(value, Entry{name, existing.value, existing.mark});
      const auto slot = edit_entry(value, name, rules_.if_shared);
      if (slot.made) {
        slot.entry->value = incoming;
      } else {
        now.compose_values({slot.entry->value, slot.entry->mark}, incoming, mark);
      }
      existing.value = make_edit({Edit{Edit::Type::replace, 0, slot.entry->value, mark}});
      existing.mark = mark;
    } else if (incoming.is_array() && concatenates(rules_.order)) {
      auto longer = queue;
      longer.push_back(Edit{Edit::Type::add, 0, Value(incoming.text_guess()), mark});
      existing.value = make_edit(std::move(longer));
    } else if (takes_incoming(rules_.order)) {
      existing.value = incoming;
      existing.mark = mark;
    }
  }

  // ---- reports ----

  // One value stands in the place of another: so do their items, by their indexes.
  void same_items(const Value& a, const Value& b) {
    for (std::size_t i = 0; i < std::min(a.items().size(), b.items().size()); ++i) {
      notes_.same_item->emplace_back(a.items()[i].mark, b.items()[i].mark);
      same_items(a.items()[i].value, b.items()[i].value);
    }
    for (const auto& entry : a.entries())
      if (const auto* other = b.find(entry.name)) same_items(entry.value, other->value);
  }

  [[nodiscard]] std::vector<std::string> path() const { return {path_.begin(), path_.end()}; }

  Error problem(ErrorCode code, Mark mark, Mark other) {
    Error error;
    error.code = code;
    error.path = path();
    error.profile = profile_;
    error.origin = origin_of(mark);
    error.related.push_back(origin_of(other));
    notes_.error_marks.push_back(mark);
    return error;
  }

  void warn(std::string message, Mark mark, Mark other) {
    notes_.warnings.push_back({path(), std::move(message), origin_of(mark), {origin_of(other)}});
  }

  void warn_of_kinds(const Slot& existing, const Value& incoming, Mark mark) {
    warn_of_kinds(existing.value, existing.mark, incoming, mark);
  }
  void warn_of_kinds(const Value& existing, Mark existing_mark, const Value& incoming, Mark mark) {
    const auto old_kind = existing.kind();
    const auto new_kind = incoming.kind();
    if (old_kind == new_kind || old_kind == Kind::null || new_kind == Kind::null) return;
    const bool kept = !takes_incoming(rules_.order);
    if ((old_kind == Kind::dict) != (new_kind == Kind::dict)) {
      const auto text = [](Kind kind) {
        return kind == Kind::dict ? std::string("a dict") : "a value of type " + std::string(name_of(kind));
      };
      warn(kept ? text(new_kind) + " is hidden by " + text(old_kind) + " below it"
                : text(new_kind) + " hides " + text(old_kind),
           mark, existing_mark);
    } else if (!kept && is_scalar(old_kind) && is_scalar(new_kind) && !(is_number(old_kind) && is_number(new_kind)) &&
               !(rules_.types_known && (existing.is_text() || incoming.is_text()))) {
      warn("the type changes from " + std::string(name_of(old_kind)) + " to " + std::string(name_of(new_kind)), mark,
           existing_mark);
    }
  }

  ComposeRules rules_;
  std::string_view profile_;
  Notes& notes_;
  Few<std::string_view, 8> path_;
};

}  // namespace

void compose(Value& existing, const Value& incoming, const ComposeRules& rules, std::string_view profile,
             Notes& notes) {
  Composer(rules, profile, notes).compose_dicts(existing, incoming);
}

void compose_at(Value& tree, const Way& way, const ComposeRules& rules, std::string_view profile, Notes& notes) {
  Mark root;
  Composer(rules, profile, notes).compose_path({tree, root}, way, 0);
}

Value without_pending(const Value& tree, std::string_view profile, Notes& notes) {
  Value result = Value::dict(std::span<Entry>());
  compose(result, tree, {Order::merge, false, false}, profile, notes);
  return result;
}

}  // namespace superconfig::detail

namespace superconfig {
std::string_view name_of(Order order) noexcept {
  switch (order) {
    case Order::merge: return "merge";
    case Order::join: return "join";
    case Order::admerge: return "admerge";
    case Order::adjoin: return "adjoin";
  }
  return "merge";
}
}  // namespace superconfig
