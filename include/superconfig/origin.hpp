// Where values were written.
//
// A Source is a named piece of input: a file, a text, an environment variable, a command line argument, a place
// in code. A Mark is a position in a source, small enough to lie beside every value. An Origin is a mark spelled
// out for people. Sources are immutable and reference counted; any thread may use them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

namespace superconfig {

/// What kind of input a source is.
enum class SourceKind : std::uint8_t {
  unknown,      ///< nothing is known, or the source has been dropped
  file,         ///< name: absolute path
  text,         ///< a string that was given as a configuration; name: what the caller called it
  environment,  ///< name: the variable's name
  argument,     ///< name: what the argument is spelled like ("--set"); offset: its index, if it has one
  code,         ///< name: file of the program text; offset: line
  other         ///< a provider of your own; name: what it calls itself
};

/// A position in a source: 8 bytes, trivially copyable. A default-made mark means "unknown".
struct Mark {
  std::uint32_t source = 0;  ///< id of the source, 0 for none
  std::uint32_t offset = 0;  ///< bytes from the start of a text; the line for code; the index of an argument

  friend bool operator==(const Mark&, const Mark&) = default;
};

/// A mark spelled out. A value type; owns its strings.
struct Origin {
  static constexpr std::uint32_t no_layer = UINT32_MAX;

  SourceKind kind = SourceKind::unknown;
  std::string name;          ///< absolute path, variable name, argument, file of the program text
  std::uint32_t line = 0;    ///< 1-based; 0 if the source has no lines
  std::uint32_t column = 0;  ///< 1-based, counted in code points; 0 if unknown
  /// The layer's index, counted from 0 in the order in which layers were added; inside a configuration that was
  /// used as a provider its own layer follows ("2.0"). Empty if not asked for or not known.
  std::vector<std::uint32_t> layer;
  std::string line_text;     ///< the line the mark is in, without its end; empty if the source has no text. Secrets
                             ///< are replaced by `***`
  bool line_masked = false;  ///< what stands at the mark is replaced; the line's column is that of the stars
  std::uint32_t line_column = 0;  ///< where in `line_text` the place is

  /// `app.toml:12:5`, `env APP_PORT`, `--set`, `src/main.cpp:31`; "unknown" if nothing is known.
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] bool known() const noexcept { return kind != SourceKind::unknown; }
};

namespace detail {
class SourceNode;
}

/// A counted reference to a source. As long as one lives, marks with its id can be spelled out.
class Source {
 public:
  Source() noexcept = default;
  Source(const Source&) noexcept;
  Source(Source&& other) noexcept : node_(other.node_) { other.node_ = nullptr; }
  Source& operator=(Source other) noexcept {
    auto* node = node_;
    node_ = other.node_;
    other.node_ = node;
    return *this;
  }
  ~Source();

  /// A file's bytes under its absolute path. After 2^32 sources the result is empty (`!source`).
  static Source file(std::string absolute_path, std::string bytes);
  /// A text given by the program.
  static Source text(std::string name, std::string bytes);
  /// An environment variable. Interned by name.
  static Source environment(std::string_view variable);
  /// A command line argument or option. Interned by name.
  static Source argument(std::string_view spelling);
  /// A source of a provider of your own. Interned by name.
  static Source other(std::string_view name);

  [[nodiscard]] explicit operator bool() const noexcept { return node_ != nullptr; }
  [[nodiscard]] std::uint32_t id() const noexcept;
  [[nodiscard]] SourceKind kind() const noexcept;
  [[nodiscard]] std::string_view name() const noexcept;
  [[nodiscard]] std::string_view bytes() const noexcept;
  [[nodiscard]] Mark mark(std::size_t offset = 0) const noexcept;

 private:
  friend class detail::SourceNode;
  explicit Source(detail::SourceNode* node) noexcept : node_(node) {}
  detail::SourceNode* node_ = nullptr;
};

/// The mark of a place in the program text. Places are interned and live as long as the program: there are only
/// as many as the program text has.
Mark code_mark(const std::source_location& place = std::source_location::current());

/// The mark spelled out; `kind` is unknown if the source has been dropped.
Origin origin_of(Mark mark);

/// The source of a mark, if it is still alive.
Source source_of(Mark mark);

}  // namespace superconfig
