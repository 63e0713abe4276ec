// Trees to TOML. A table's plain values come first, then its tables and arrays of tables, each under its header:
// in TOML what follows a header belongs to that header's table.
#include <algorithm>
#include <cstdint>

#include "formats/writer.hpp"

namespace superconfig {

namespace {

bool is_table(const Value& value) noexcept { return value.is_dict(); }

// An array that is written as [[header]] a table: it has items, and all are dicts.
bool is_table_array(const Value& value) noexcept {
  const auto items = value.items();
  return !items.empty() && std::ranges::all_of(items, [](const Item& item) { return plain(item.value).is_dict(); });
}

bool has_header(const Value& given) noexcept {
  const auto& value = plain(given);
  return is_table(value) || is_table_array(value);
}

class TomlWriter : public Writer {
 public:
  void root(const Value& given) {
    const auto& value = plain(given);
    if (!value.is_dict()) return cannot("the root of a TOML text must be a dict");
    table(value);
  }

 private:
  void table(const Value& dict) {
    for (const auto& entry : dict.entries()) {
      if (has_header(entry.value)) continue;
      const Step step(*this, entry);
      key(entry.name);
      out += " = ";
      value(entry.value);
      out += '\n';
    }
    for (const auto& entry : dict.entries()) {
      if (!has_header(entry.value)) continue;
      const Step step(*this, entry);
      if (!deep_enough()) continue;
      const auto outer = header_.size();
      if (outer != 0) header_ += '.';
      header_ += key_text(entry.name);
      const auto& below = plain(entry.value);
      if (below.is_dict())
        sub_table(below);
      else
        table_array(below);
      header_.resize(outer);
    }
  }

  // A header that only leads to deeper ones is left out; an empty table needs it.
  void sub_table(const Value& dict) {
    const auto entries = dict.entries();
    const bool leads_on = !entries.empty() && std::all_of(entries.begin(), entries.end(),
                                                          [](const Entry& entry) { return has_header(entry.value); });
    if (!leads_on) header("[", "]\n");
    table(dict);
  }

  void table_array(const Value& array) {
    std::size_t index = 0;
    for (const auto& item : array.items()) {
      const Step step(*this, index++, item);
      if (!deep_enough()) continue;
      header("[[", "]]\n");
      table(plain(item.value));
    }
  }

  void header(std::string_view open, std::string_view close) {
    if (!out.empty()) out += '\n';
    out += open;
    out += header_;
    out += close;
  }

  void value(const Value& given) {
    const auto& value = plain(given);
    switch (value.kind()) {
      case Kind::null: cannot("TOML has no null"); break;
      case Kind::boolean: out += *value.as_bool() ? "true" : "false"; break;
      case Kind::integer:
        if (value.as_i64())
          out += std::to_string(*value.as_i64());
        else
          cannot("TOML has no integer above " + std::to_string(INT64_MAX) + ", found " +
                 std::to_string(*value.as_u64()));
        break;
      case Kind::floating: out += float_text(*value.as_f64()); break;
      case Kind::string: quoted(*value.as_string()); break;
      case Kind::datetime: datetime(*value.as_datetime()); break;
      case Kind::array: array(value); break;
      case Kind::dict: inline_table(value); break;
    }
  }

  void datetime(const Datetime& given) {
    const auto text = given.to_string();
    if (Datetime::parse(text) == given)
      out += text;
    else
      cannot("not a date and time of TOML: " + text);
  }

  void array(const Value& value) {
    if (!deep_enough()) return;
    out += '[';
    std::size_t index = 0;
    for (const auto& item : value.items()) {
      if (index != 0) out += ", ";
      const Step step(*this, index++, item);
      this->value(item.value);
    }
    out += ']';
  }

  void inline_table(const Value& value) {
    if (!deep_enough()) return;
    out += '{';
    bool first = true;
    for (const auto& entry : value.entries()) {
      out += first ? " " : ", ";
      first = false;
      const Step step(*this, entry);
      key(entry.name);
      out += " = ";
      this->value(entry.value);
    }
    out += first ? "}" : " }";
  }

  void key(std::string_view name) { out += key_text(name); }

  std::string key_text(std::string_view name) {
    const auto bare = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    if (!name.empty() && std::ranges::all_of(name, bare)) return std::string(name);
    std::string text;
    std::swap(text, out);
    quoted(name);
    std::swap(text, out);
    return text;
  }

  std::string header_;  // the dotted name of the table that is being written
};

}  // namespace

Result<std::string> write_toml(const Value& value) {
  TomlWriter writer;
  writer.root(value);
  return writer.finish();
}

}  // namespace superconfig
