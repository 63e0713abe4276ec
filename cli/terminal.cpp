#include "terminal.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace superconfig::cli {

bool is_terminal(int stream) { return isatty(stream) == 1; }

bool wants_color(int stream) {
  const char* const no_color = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  return is_terminal(stream) && (!no_color || !*no_color) && terminal && std::string_view(terminal) != "dumb";
}

std::string Painter::operator()(Ink ink, std::string_view text) const {
  if (!on_ || text.empty()) return std::string(text);
  const char* const code = [ink] {
    switch (ink) {
      case Ink::path: return "1";
      case Ink::string: return "32";
      case Ink::number: return "36";
      case Ink::word: return "33";
      case Ink::place: return "34";
      case Ink::faint: return "2";
      case Ink::winner: return "1;32";
      case Ink::warning: return "1;33";
      case Ink::added: return "32";
      case Ink::removed: return "31";
    }
    return "0";
  }();
  return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
}

namespace {
bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
}  // namespace

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) width += !continues(c);
  return width;
}

std::string shortened(std::string text, std::size_t columns) {
  if (width_of(text) <= columns) return text;
  std::size_t at = 0;
  for (std::size_t seen = 0; at < text.size(); ++at)
    if (!continues(text[at]) && ++seen == columns) break;
  return text.substr(0, at) + "…";
}

std::string printable(std::string_view text) {
  std::string result;
  const auto escape = [&result](unsigned code_point) {
    char buffer[8];
    std::snprintf(buffer, sizeof buffer, "\\u%04X", code_point);
    result += buffer;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
      escape(c);
    } else if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      escape(static_cast<unsigned char>(text[++i]));  // U+0080 to U+009F are control characters too
    } else {
      result += text[i];
    }
  }
  return result;
}

}  // namespace superconfig::cli
