// toml-test's form of a TOML document: JSON in which every scalar is `{"type": …, "value": "as text"}`.
#pragma once

#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "formats/formats.hpp"

namespace superconfig::toml_test {

/// The tagged form of a tree.
inline Value tagged(const Value& value) {
  const auto scalar = [](std::string_view type, std::string_view text) {
    return Value::dict({{"type", Value(type)}, {"value", Value(text)}});
  };
  switch (value.kind()) {
    case Kind::dict: {
      std::vector<Entry> entries;
      for (const auto& entry : value.entries()) entries.push_back({entry.name, tagged(entry.value), {}});
      return Value::dict(entries);
    }
    case Kind::array: {
      std::vector<Item> items;
      for (const auto& item : value.items()) items.push_back({tagged(item.value), {}});
      return Value::array(items);
    }
    case Kind::boolean: return scalar("bool", *value.as_bool() ? "true" : "false");
    case Kind::integer: return scalar("integer", std::to_string(value.as_i64().value()));
    case Kind::floating: return scalar("float", float_text(*value.as_f64()));
    case Kind::string: return scalar("string", *value.as_string());
    case Kind::datetime: {
      const auto datetime = *value.as_datetime();
      constexpr std::string_view types[] = {"datetime", "datetime-local", "date-local", "time-local"};
      return scalar(types[static_cast<std::size_t>(datetime.form)], datetime.to_string());
    }
    case Kind::null: break;
  }
  return scalar("null", "");  // TOML has none: a failure of the suite
}

/// All of the standard input.
inline std::string read_input() { return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()}; }

/// The text, or the problems on the error output; the exit status of the program.
inline int finish(const Result<std::string>& text) {
  if (text) {
    std::cout << *text;
    return std::cout.flush() ? 0 : 2;
  }
  for (const auto& error : text.error()) std::cerr << error.to_string() << '\n';
  return 1;
}

}  // namespace superconfig::toml_test
