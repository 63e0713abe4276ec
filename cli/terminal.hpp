// What is written for people: colours, widths, and characters that must not reach a terminal as they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace superconfig::cli {

/// Whether the stream is a terminal that wants colours: NO_COLOR and TERM=dumb say no.
bool is_terminal(int stream);
bool wants_color(int stream);

/// What a piece of text is; its colour follows from that.
enum class Ink : std::uint8_t { path, string, number, word, place, faint, winner, warning, added, removed };

class Painter {
 public:
  explicit Painter(bool on) : on_(on) {}
  [[nodiscard]] std::string operator()(Ink ink, std::string_view text) const;

 private:
  bool on_;
};

/// How many columns a text takes: its code points.
std::size_t width_of(std::string_view text);
/// At most `columns` wide, with an ellipsis where it was cut.
std::string shortened(std::string text, std::size_t columns);
/// Control characters other than line ends and tabs as `\u001B`.
std::string printable(std::string_view text);

}  // namespace superconfig::cli
