// What libfyaml 0.7 misreads, and a text that says the same in a way that it does not.
//
// An empty item of a list that is not indented below its key is an error to it, and an empty block scalar in a nested
// mapping swallows the keys that follow:
//
//     key:                      parent:
//     -                           key: |
//     - b                         other: 1
//
// When a reading comes upon one of these, the text is changed and read again: `- ~`, and `key: ~` with a note that this
// is a string. Offsets lead back to the text as it was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace superconfig {

struct YamlMisreading {
  enum class Kind : std::uint8_t { node_expected, empty_block };
  Kind kind = Kind::node_expected;
  std::size_t offset = 0;       ///< empty_block: of the `|`, in the original text
  std::size_t line_breaks = 0;  ///< empty_block: what it means, with `+`
};

class YamlRepairs {
 public:
  /// The text must outlive this.
  explicit YamlRepairs(std::string_view original) : original_(original), text_(original) {}
  YamlRepairs(const YamlRepairs&) = delete;
  YamlRepairs& operator=(const YamlRepairs&) = delete;

  /// The text to read.
  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] std::size_t original_offset(std::size_t offset) const noexcept;
  /// The number of line breaks of the empty block scalar that stood there; nothing if none did.
  [[nodiscard]] std::optional<std::size_t> empty_block_at(std::size_t original_offset) const noexcept;

  /// Changes the text so that this does not happen again. False if it was no misreading, or enough has been read again.
  bool repair(const YamlMisreading& misreading);

 private:
  bool find_nulls();
  void make();

  std::string_view original_, text_;
  std::string made_;
  std::vector<std::size_t> nulls_;            // behind dashes, in the original text; sorted
  std::vector<std::size_t> insertions_;       // the same in `made_`: where ` ~` was put in
  std::vector<YamlMisreading> empty_blocks_;  // by their offsets
  std::size_t read_again_ = 0;                // bytes
};

}  // namespace superconfig
