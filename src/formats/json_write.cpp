// Trees to JSON.
#include <cmath>

#include "formats/writer.hpp"

namespace superconfig {

namespace {

class JsonWriter : public Writer {
 public:
  explicit JsonWriter(JsonStyle style) : pretty_(style == JsonStyle::pretty) {}

  void value(const Value& given) {
    const auto& value = plain(given);
    switch (value.kind()) {
      case Kind::null: out += "null"; break;
      case Kind::boolean: out += *value.as_bool() ? "true" : "false"; break;
      case Kind::integer:
        out += value.as_i64() ? std::to_string(*value.as_i64()) : std::to_string(*value.as_u64());
        break;
      case Kind::floating:
        if (std::isfinite(*value.as_f64()))
          out += float_text(*value.as_f64());
        else
          cannot("JSON has no " + float_text(*value.as_f64()));
        break;
      case Kind::string: quoted(*value.as_string()); break;
      case Kind::datetime: quoted(value.as_datetime()->to_string()); break;
      case Kind::array: array(value); break;
      case Kind::dict: dict(value); break;
    }
  }

 private:
  void array(const Value& value) {
    if (!deep_enough()) return;
    begin('[');
    std::size_t index = 0;
    for (const auto& item : value.items()) {
      const Step step(*this, index, item);
      separate(index++);
      this->value(item.value);
    }
    end(']', index);
  }

  void dict(const Value& value) {
    if (!deep_enough()) return;
    begin('{');
    std::size_t index = 0;
    for (const auto& entry : value.entries()) {
      const Step step(*this, entry);
      separate(index++);
      quoted(entry.name);
      out += pretty_ ? ": " : ":";
      this->value(entry.value);
    }
    end('}', index);
  }

  void begin(char bracket) {
    out += bracket;
    ++level_;
  }
  void separate(std::size_t index) {
    if (index != 0) out += ',';
    new_line();
  }
  void end(char bracket, std::size_t count) {
    --level_;
    if (count != 0) new_line();
    out += bracket;
  }
  void new_line() {
    if (!pretty_) return;
    out += '\n';
    out.append(2 * level_, ' ');
  }

  bool pretty_;
  std::size_t level_ = 0;
};

}  // namespace

Result<std::string> write_json(const Value& value, JsonStyle style) {
  JsonWriter writer(style);
  writer.value(value);
  return writer.finish();
}

}  // namespace superconfig
