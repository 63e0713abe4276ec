#include "text/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace superconfig {

std::size_t utf8_sequence(std::string_view bytes, std::size_t offset) noexcept {
  const auto at = [&](std::size_t i) -> unsigned {
    return offset + i < bytes.size() ? static_cast<unsigned char>(bytes[offset + i]) : 0u;
  };
  const auto tail = [&](std::size_t i) { return (at(i) & 0xC0u) == 0x80u; };
  const unsigned lead = at(0);
  if (offset >= bytes.size()) return 0;
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;  // a tail byte, or an overlong form of ASCII
  if (lead < 0xE0) return tail(1) ? 2 : 0;
  if (lead < 0xF0) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;   // overlong below
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;  // surrogates above
    return at(1) >= low && at(1) <= high && tail(2) ? 3 : 0;
  }
  if (lead < 0xF5) {
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;   // overlong below
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;  // beyond U+10FFFF
    return at(1) >= low && at(1) <= high && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

std::size_t find_invalid_utf8(std::string_view bytes) noexcept {
  std::size_t i = 0;
  while (i < bytes.size()) {
    std::uint64_t word = 0;
    if (bytes.size() - i >= sizeof word) {
      std::memcpy(&word, bytes.data() + i, sizeof word);
      if ((word & 0x8080808080808080u) == 0) {
        i += sizeof word;
        continue;
      }
    }
    const auto length = utf8_sequence(bytes, i);
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

namespace {

// UTF-16 and UTF-32 text begins with a byte order mark, or with a character of ASCII, which has zeros beside it.
std::string_view other_encoding(std::string_view bytes) noexcept {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32";
  if (bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv)) return "UTF-16";
  if (bytes.size() >= 4) {
    const auto zero = [&](std::size_t i) { return bytes[i] == '\0'; };
    if (!zero(0) && zero(1) && zero(2) && zero(3)) return "UTF-32";
    if (zero(0) && zero(1) && zero(2) && !zero(3)) return "UTF-32";
    if (zero(0) != zero(1) && zero(0) == zero(2) && zero(1) == zero(3)) return "UTF-16";
  } else if (bytes.size() == 2 && (bytes[0] == '\0') != (bytes[1] == '\0')) {
    return "UTF-16";
  }
  return {};
}

}  // namespace

std::optional<EncodingProblem> find_encoding_problem(std::string_view bytes) noexcept {
  const auto other = other_encoding(bytes);
  if (other == "UTF-16") return EncodingProblem{0, "the text is UTF-16; it must be UTF-8"};
  if (other == "UTF-32") return EncodingProblem{0, "the text is UTF-32; it must be UTF-8"};
  const auto invalid = find_invalid_utf8(bytes);
  const auto nul = bytes.find('\0');
  if (nul < invalid) return EncodingProblem{nul, "a NUL byte"};
  if (invalid == std::string_view::npos) return std::nullopt;
  const auto byte = [&](std::size_t i) {
    return invalid + i < bytes.size() ? static_cast<unsigned char>(bytes[invalid + i]) : 0;
  };
  if (byte(0) == 0xED && byte(1) >= 0xA0 && byte(1) <= 0xBF)
    return EncodingProblem{invalid, "half of a surrogate pair is not valid UTF-8"};
  return EncodingProblem{invalid, "not valid UTF-8"};
}

}  // namespace superconfig
