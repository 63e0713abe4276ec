// What the other languages see of the inventory: the whole binding, as data.
#pragma once

#include "inventory.hpp"
#include "superffi/declare.hpp"

/// How a Note is walked and built: a tree in every language.
template <>
struct superffi::Tree<shop::Note> {
  template <class Sink>
  static void write(const shop::Note& note, Sink& sink) {
    std::visit(
        [&sink]<class T>(const T& value) {
          if constexpr (std::is_same_v<T, std::monostate>) {
            sink.null();
          } else if constexpr (std::is_same_v<T, bool>) {
            sink.boolean(value);
          } else if constexpr (std::is_same_v<T, std::int64_t>) {
            sink.integer(value);
          } else if constexpr (std::is_same_v<T, std::uint64_t>) {
            sink.natural(value);
          } else if constexpr (std::is_same_v<T, double>) {
            sink.number(value);
          } else if constexpr (std::is_same_v<T, std::string>) {
            sink.text(value);
          } else if constexpr (std::is_same_v<T, shop::Notes>) {
            sink.begin_list(value.size());
            for (const shop::Note& item : value) write(item, sink);
            sink.end_list();
          } else {
            sink.begin_map(value.size());
            for (const auto& [key, item] : value) {
              sink.key(key);
              write(item, sink);
            }
            sink.end_map();
          }
        },
        note.content);
  }

  class Builder {
   public:
    void null() { put({}); }
    void boolean(bool value) { put({value}); }
    void integer(std::int64_t value) { put({value}); }
    void natural(std::uint64_t value) { put({value}); }
    void number(double value) { put({value}); }
    void text(std::string_view value) { put({std::string(value)}); }
    void begin_list(std::size_t) { open_.push_back({{}, {shop::Notes()}}); }
    void end_list() { close(); }
    void begin_map(std::size_t) { open_.push_back({{}, {shop::Dict()}}); }
    void key(std::string_view key) { open_.back().key = key; }
    void end_map() { close(); }
    shop::Note take() { return std::move(done_); }

   private:
    struct Level {
      std::string key;
      shop::Note note;
    };
    void put(shop::Note note) {
      if (open_.empty()) {
        done_ = std::move(note);
      } else if (auto* list = std::get_if<shop::Notes>(&open_.back().note.content)) {
        list->push_back(std::move(note));
      } else {
        std::get_if<shop::Dict>(&open_.back().note.content)->emplace_back(open_.back().key, std::move(note));
      }
    }
    void close() {
      shop::Note note = std::move(open_.back().note);
      open_.pop_back();
      put(std::move(note));
    }
    std::vector<Level> open_;
    shop::Note done_;
  };
};

/// C and WebAssembly know a shelf by its number.
template <>
struct superffi::Handle<shop::Shelf> : shop::Shelves {};

namespace shop {

/// How problems are told in every language.
struct ProblemsSpelling {
  static const std::vector<Problem>& problems(const Problems& problems) { return problems.list; }
  static std::string message(const Problems& problems) { return problems.to_string(); }
  static Problems from_callback(std::string_view message) {
    return {{Problem{ProblemCode::callback, {}, "a callback that returns", std::string(message), ""}}};
  }
};

using namespace superffi;

inline constexpr auto surface = superffi::surface(
    "inventory", "inv", "Counts what is in a store.",
    enumeration<Unit>("Unit", "How an item is counted.",                                                              //
                      value("piece", Unit::piece, "By the piece."), value("kilogram", Unit::kilogram, "By weight."),  //
                      value("none", Unit::none, "Not at all.")),
    enumeration<ProblemCode>("ProblemCode", "What kind of problem it is.",
                             value("missing", ProblemCode::missing, "It is not there."),
                             value("duplicate", ProblemCode::duplicate, "It is there already."),
                             value("invalid", ProblemCode::invalid, "It is not what it should be."),
                             value("callback", ProblemCode::callback, "A callback failed.")),
    record<Item>("Item", "One item in store.",                                  //
                 field<&Item::name>("name", "What it is called."),              //
                 field<&Item::count>("count", "How many there are."),           //
                 field<&Item::unit>("unit", "How it is counted."),              //
                 field<&Item::price>("price", "What one costs, where known."),  //
                 field<&Item::tags>("tags", "Words to find it by."),            //
                 field<&Item::added>("added", "When it came, where known.")),
    record<Problem>("Problem", "One thing that is wrong.",                           //
                    field<&Problem::code>("code", "The kind of problem."),           //
                    field<&Problem::path>("path", "Where it is."),                   //
                    field<&Problem::expected>("expected", "What should be there."),  //
                    field<&Problem::found>("found", "What is there."),               //
                    field<&Problem::hint>("hint", "What might help, or nothing.")),
    error<Problems, ProblemsSpelling>("InventoryError", "What an inventory refuses.", "ValueError"),
    class_<Inventory>(
        "Inventory", "What a store has, by name.",
        constructor(fn<construct<Inventory, std::string_view>>, "Opens an empty inventory.", "name"),
        static_method("parse", fn<&Inventory::parse>, "Reads `bolts 12 piece; flour 3 kilogram`.", "text",
                      arg("name", "parsed")),
        static_method("from_bytes", fn<&Inventory::from_bytes>, "Reads what `to_bytes` wrote.", "bytes"),
        static_method("twice", fn<&Inventory::twice>, "Twice a time.", "time"),
        static_method("living", fn<&Inventory::living>, "How many inventories there are in C++."),
        property("name", fn<&Inventory::name>, fn<&Inventory::set_name>, "What it is called."),
        property("opened", fn<&Inventory::opened>, fn<&Inventory::set_opened>, "The day it was opened."),
        property("size", fn<&Inventory::size>, "How many names it has.", in_language(Language::python, "__len__")),
        method("with_item", fn<&Inventory::with_item>, "A copy with one more item.", "item"),
        method("renamed", fn<&Inventory::renamed>, "The same under another name; the receiver is used up.", "name"),
        method("add", fn<&Inventory::add>, "Adds to the count of an item.", "name", arg("count", 1),
               arg("unit", Unit::piece)),
        method("delete", fn<&Inventory::remove>, "Takes an item out.", "name"),
        method("absorb", fn<&Inventory::absorb>, "Takes all of another inventory, which is used up.", "from"),
        method("add_all", fn<&Inventory::add_all>, "Adds copies of all items of another inventory.", "from"),
        method("tag", fn<&Inventory::tag>, "Sets the tags of an item.", "name", arg("tags", empty)),
        method("find", fn<&Inventory::find>, "The item of that name, where there is one.", "name"),
        method("get", fn<&Inventory::get>, "The item of that name.", "name"),
        method("count", fn<&Inventory::count>, "How many there are of one name.", "name"),
        method("total", fn<&Inventory::total>, "How many there are of all."),
        iterable("items", fn<&Inventory::items>, "The items in the order in which they came."),
        method("counts", fn<&Inventory::counts>, "How many there are, by name."),
        method("set_counts", fn<&Inventory::set_counts>, "Replaces all items.", "counts"),
        method("to_bytes", fn<&Inventory::to_bytes>, "The inventory as bytes."),
        method("filter", fn<&Inventory::filter>, "A copy with the items that `keep` keeps.", "keep"),
        method("describe", fn<&Inventory::describe>, "What `line` makes of each item.", "line"),
        method("sum", fn<&Inventory::sum>, "The sum of what `weight` gives.", "weight"),
        method("subscribe", fn<&Inventory::subscribe>, "Calls the listener with the name of what changes.", "listener"),
        method("changed", fn<&Inventory::changed>, "Tells the listeners.", "what"),
        method("count_slowly", fn<&count_slowly>,
               "Counts in another thread and tells `progress`, which stops it by false.", "progress", releases_gil,
               async),
        method("total_slowly", fn<[](const Inventory& self) { return self.total(); }>, "As `total`, also as a promise.",
               releases_gil, also_async)),
    class_<Shelf>(
        "Shelf", "Holds an inventory that others hold too.",
        constructor(fn<construct<Shelf, std::shared_ptr<Inventory>>>, "Puts an inventory on a shelf.", "content"),
        property("content", fn<&Shelf::content>, "What is on it."),
        method("holds", fn<&Shelf::holds>, "Whether it is this very inventory.", "other")),
    function("split", fn<&split>, "An inventory for each item.", "inventory"),
    function("unit_named", fn<&unit_named>, "The unit of that name.", "name"),
    function("echo_int64", fn<&echo_int64>, "The same number.", "value"),
    function("echo_uint64", fn<&echo_uint64>, "The same number.", "value"),
    function("echo_optional",
             fn<[](std::optional<std::string_view> value) { return std::optional<std::string>(value); }>,
             "The same text, or nothing.", arg("value", std::nullopt)),
    function("echo_lists", fn<[](std::vector<std::vector<std::optional<std::int32_t>>> value) { return value; }>,
             "The same lists.", "value"),
    function("echo_note", fn<[](Note note) { return note; }>, "The same value, of any shape.", "note"),
    function("only_python", fn<[] { return true; }>, "Is in Python alone.", only_in<Language::python>),
    function("escape",
             fn<[](std::string_view text, std::uint8_t class_) { return std::string(text) + char('0' + class_); }>,
             "Names an argument with a word that some languages keep.", "text", arg("class", std::uint8_t{7})));

}  // namespace shop
