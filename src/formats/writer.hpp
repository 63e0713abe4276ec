// What both writers share: the path to where they are, the problems found on the way, and text without surprises.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/formats.hpp"
#include "text/utf8.hpp"

namespace superconfig {

/// The value itself, or what text means without a type.
inline const Value& plain(const Value& value) noexcept { return value.is_text() ? value.text_guess() : value; }

class Writer {
 public:
  std::string out;

  /// Everything that the format cannot hold, or the text.
  Result<std::string> finish() {
    if (!problems_.empty()) return Errors(std::move(problems_));
    return std::move(out);
  }

 protected:
  /// One step further down while it lives. Names must outlive it.
  class Step {
   public:
    Step(Writer& writer, std::string_view name, std::size_t index, Mark mark) : writer_(writer) {
      writer.path_.push_back({name, index, mark});
    }
    Step(Writer& writer, const Entry& entry) : Step(writer, entry.name.view(), no_name, entry.mark) {}
    Step(Writer& writer, std::size_t index, const Item& item) : Step(writer, {}, index, item.mark) {}
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    ~Step() { writer_.path_.pop_back(); }

   private:
    static constexpr auto no_name = static_cast<std::size_t>(-1);
    friend class Writer;
    Writer& writer_;
  };

  /// The value here is something that the format cannot hold.
  void cannot(std::string message) {
    Error error;
    error.code = ErrorCode::unsupported;
    for (const auto& place : path_)
      error.path.push_back(place.index == Step::no_name ? std::string(place.name) : std::to_string(place.index));
    if (!path_.empty()) error.origin = origin_of(path_.back().mark);
    error.message = std::move(message);
    problems_.push_back(std::move(error));
  }

  /// False, and a problem, for a container that lies too deep to be read back.
  bool deep_enough() {
    if (path_.size() < max_nesting) return true;
    cannot("nested more than " + std::to_string(max_nesting) + " levels deep");
    return false;
  }

  /// In double quotes. JSON and TOML agree on the escapes but for DEL, which TOML wants escaped and JSON may have so.
  void quoted(std::string_view text) {
    if (find_invalid_utf8(text) != std::string_view::npos) return cannot("the text is not valid UTF-8");
    out += '"';
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
      out += text.substr(written, i - written);
      written = i + 1;
      constexpr std::string_view from = "\b\t\n\f\r\"\\", to = "btnfr\"\\";
      out += '\\';
      if (const auto which = from.find(text[i]); which != std::string_view::npos) {
        out += to[which];
      } else {
        constexpr std::string_view digits = "0123456789abcdef";
        out += "u00";
        out += digits[c >> 4];
        out += digits[c & 15];
      }
    }
    out += text.substr(written);
    out += '"';
  }

 private:
  struct Place {
    std::string_view name;
    std::size_t index;
    Mark mark;
  };
  std::vector<Place> path_;
  std::vector<Error> problems_;
};

}  // namespace superconfig
