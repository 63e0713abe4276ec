// What kind of text bytes are: byte order marks, UTF-16, the first place that is not UTF-8.
//
// The parsers check UTF-8 themselves while they read. `find_encoding_problem` is for the time after one of them
// has failed: it says in plain words what is wrong, and where.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace superconfig {

inline constexpr std::string_view utf8_bom = "\xEF\xBB\xBF";

/// 3 if the text begins with a UTF-8 byte order mark, else 0.
constexpr std::size_t bom_size(std::string_view bytes) noexcept { return bytes.starts_with(utf8_bom) ? 3 : 0; }

struct EncodingProblem {
  std::size_t offset = 0;
  std::string_view message;  ///< a literal
};

/// The first thing that makes the bytes something else than UTF-8 text: UTF-16 or UTF-32 (with a byte order mark
/// or told by its zeros), a sequence that is not UTF-8, half of a surrogate pair, a NUL byte.
std::optional<EncodingProblem> find_encoding_problem(std::string_view bytes) noexcept;

/// The first byte that does not belong to valid UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view bytes) noexcept;

/// The length of the valid UTF-8 sequence that begins at `offset`, or 0.
std::size_t utf8_sequence(std::string_view bytes, std::size_t offset) noexcept;

/// Appends the code point; it must be a Unicode scalar value.
template <class String>
void append_utf8(String& text, char32_t c) {
  const auto put = [&text](char32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

}  // namespace superconfig
