// Trees to YAML in block style. What is written is the same tree to readers of YAML 1.2 and, dates apart, of 1.1.
#include <algorithm>
#include <cstdint>

#include "formats/writer.hpp"
#include "formats/yaml_scalar.hpp"

namespace superconfig {

namespace {

// Keys that are longer need the form `? key`.
constexpr std::size_t longest_simple_key = 1000;

// The length of a character that only double quotes may hold, as an escape; 0 of every other. Line breaks count;
// U+0085, U+2028 and U+2029 are some in YAML 1.1.
std::size_t escaped_length(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  if (byte(0) == 0xC2 && byte(1) <= 0x9F) return 2;                                          // U+0080 to U+009F
  if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9)) return 3;  // U+2028, U+2029
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;                       // the byte order mark
  if (byte(0) == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE) return 3;                       // U+FFFE, U+FFFF
  return 0;
}

// Where the first of these is, but for line feeds and tabs if they are allowed.
bool has_escaped(std::string_view text, bool but_lines) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (but_lines && (text[i] == '\n' || text[i] == '\t')) continue;
    if (escaped_length(text, i) != 0) return true;
  }
  return false;
}

// True if the text means itself without quotes.
bool is_plain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  constexpr std::string_view indicators = ",[]{}#&*!|>'\"%@`";
  const char first = text.front();
  if (indicators.find(first) != std::string_view::npos) return false;
  if ((first == '-' || first == '?' || first == ':') && (text.size() == 1 || text[1] == ' ')) return false;
  if (text.starts_with("---") || text.starts_with("...")) return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
  return !has_escaped(text, false) && yaml_scalar(text).value.is_string() && !is_other_in_yaml_1_1(text);
}

// True if the text can be written as lines below `|`: several, none of which begins or ends in a way that people or
// parsers mistake.
bool is_block(std::string_view text) noexcept {
  if (text.find('\n') == std::string_view::npos || text.ends_with("\n\n") || has_escaped(text, true)) return false;
  if (text[0] == '\n' || text[0] == ' ' || text[0] == '\t') return false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\n' && (text[i - 1] == ' ' || text[i - 1] == '\t')) return false;
    if (text[i] == '\t' && text[i - 1] == '\n') return false;
  }
  return text.back() != ' ' && text.back() != '\t';
}

bool has_children(const Value& value) noexcept { return value.size() != 0; }

class YamlWriter : public Writer {
 public:
  void root(const Value& given) {
    const auto& value = plain(given);
    if (value.is_dict() && has_children(value))
      dict(value, 0, true);
    else if (has_children(value))
      array(value, 0, true);
    else
      scalar(value, 2);
    out += '\n';
  }

 private:
  // `begun`: the first key or `-` goes on in the line that there is.
  void dict(const Value& value, std::size_t indent, bool begun) {
    if (!deep_enough()) return;
    for (const auto& entry : value.entries()) {
      const Step step(*this, entry);
      if (!std::exchange(begun, false)) line(indent);
      const bool simple = entry.name.view().size() <= longest_simple_key;
      if (!simple) out += "? ";
      string(entry.name.view());
      if (!simple) line(indent);
      out += ':';
      below(entry.value, indent, false);
    }
  }

  void array(const Value& value, std::size_t indent, bool begun) {
    if (!deep_enough()) return;
    std::size_t index = 0;
    for (const auto& item : value.items()) {
      const Step step(*this, index++, item);
      if (!std::exchange(begun, false)) line(indent);
      out += '-';
      below(item.value, indent, true);
    }
  }

  // What stands behind a `:` or a `-`: containers behind a dash begin in its line, others in one of their own.
  void below(const Value& given, std::size_t indent, bool in_line) {
    const auto& value = plain(given);
    if (!has_children(value)) {
      out += ' ';
      return scalar(value, indent + 2);
    }
    if (in_line) out += ' ';
    if (value.is_dict())
      dict(value, indent + 2, in_line);
    else
      array(value, indent + 2, in_line);
  }

  void scalar(const Value& value, std::size_t indent) {
    switch (value.kind()) {
      case Kind::null: out += "null"; break;
      case Kind::boolean: out += *value.as_bool() ? "true" : "false"; break;
      case Kind::integer:
        out += value.as_i64() ? std::to_string(*value.as_i64()) : std::to_string(*value.as_u64());
        break;
      case Kind::floating: floating(*value.as_f64()); break;
      case Kind::string:
        if (is_block(*value.as_string()))
          block(*value.as_string(), indent);
        else
          string(*value.as_string());
        break;
      case Kind::datetime: datetime(*value.as_datetime()); break;
      case Kind::array: empty("[]"); break;
      case Kind::dict: empty("{}"); break;
    }
  }

  void empty(std::string_view brackets) {
    if (deep_enough()) out += brackets;
  }

  // Readers of YAML 1.1 want a point in every float: 1.0e+300.
  void floating(double d) {
    auto text = float_text(d);
    if (text == "nan") return void(out += ".nan");
    if (text.ends_with("inf")) return void(out += text.starts_with('-') ? "-.inf" : ".inf");
    if (const auto e = text.find('e'); e != std::string::npos && text.find('.') == std::string::npos)
      text.insert(e, ".0");
    out += text;
  }

  // Readers of YAML 1.1 know dates; they would take a time for a number.
  void datetime(const Datetime& given) {
    const auto text = given.to_string();
    if (given.has_date())
      out += text;
    else
      quoted(text);
  }

  void string(std::string_view text) {
    if (find_invalid_utf8(text) != std::string_view::npos) return cannot("the text is not valid UTF-8");
    if (is_plain(text))
      out += text;
    else if (has_escaped(text, false))
      escaped(text);
    else
      quoted(text);
  }

  // In double quotes, whatever it is.
  void escaped(std::string_view text) {
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
      const auto length = escaped_length(text, i);
      constexpr std::string_view from = "\b\t\n\f\r\"\\", to = "btnfr\"\\";
      if (const auto which = from.find(text[i]); which != std::string_view::npos) {
        out += '\\';
        out += to[which];
      } else if (length != 0) {
        hexadecimal(text.substr(i, length));
      } else {
        out += text[i];
      }
      i += std::max<std::size_t>(length, 1);
    }
    out += '"';
  }

  // One character of at most three bytes as \uXXXX.
  void hexadecimal(std::string_view character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(character[i])); };
    const auto code = character.size() == 1   ? byte(0)
                      : character.size() == 2 ? (byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU)
                                              : (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) out += "0123456789abcdef"[code >> shift & 15U];
  }

  void block(std::string_view text, std::size_t indent) {
    if (find_invalid_utf8(text) != std::string_view::npos) return cannot("the text is not valid UTF-8");
    out += text.ends_with('\n') ? "|" : "|-";
    if (text.ends_with('\n')) text.remove_suffix(1);
    for (;;) {
      const auto end = text.find('\n');
      line(end == 0 ? 0 : indent);
      out += text.substr(0, end);
      if (end == std::string_view::npos) return;
      text.remove_prefix(end + 1);
    }
  }

  void line(std::size_t indent) {
    out += '\n';
    out.append(indent, ' ');
  }
};

}  // namespace

Result<std::string> write_yaml(const Value& value) {
  YamlWriter writer;
  writer.root(value);
  return writer.finish();
}

}  // namespace superconfig
