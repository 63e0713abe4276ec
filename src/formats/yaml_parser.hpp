// libfyaml's parser as an object. The only file that includes its header.
#pragma once

#include <libfyaml.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace superconfig {

/// The parser, its diagnostics, and the event that is being looked at. It prints nothing.
class YamlParser {
 public:
  /// The text must outlive this.
  explicit YamlParser(std::string_view text) {
    fy_diag_cfg diagnostics{};
    fy_diag_cfg_default(&diagnostics);
    diagnostics.fp = nullptr;
    diagnostics.output_fn = [](fy_diag*, void* self, const char* bytes, std::size_t size) {
      static_cast<YamlParser*>(self)->printed_.append(bytes, size);
    };
    diagnostics.user = this;
    diagnostics.colorize = false;
    diagnostics.show_source = diagnostics.show_position = diagnostics.show_type = diagnostics.show_module = false;
    diag_ = fy_diag_create(&diagnostics);
    fy_diag_set_collect_errors(diag_, true);

    fy_parse_cfg config{};
    // Brackets may close at any indentation, as all common parsers have it.
    config.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE |
                                                   FYPCF_SLOPPY_FLOW_INDENTATION);
    config.diag = diag_;
    parser_ = fy_parser_create(&config);
    ready_ = parser_ && fy_parser_set_string(parser_, text.empty() ? "" : text.data(), text.size()) == 0;
  }
  YamlParser(const YamlParser&) = delete;
  YamlParser& operator=(const YamlParser&) = delete;
  ~YamlParser() {
    if (parser_) {
      if (event_) fy_parser_event_free(parser_, event_);
      fy_parser_destroy(parser_);
    }
    fy_diag_destroy(diag_);
  }

  /// The next event, good until the call after; nullptr at the end and after an error.
  const fy_event* next() {
    if (!ready_) return nullptr;
    if (event_) fy_parser_event_free(parser_, event_);
    event_ = fy_parser_parse(parser_);
    return event_;
  }
  [[nodiscard]] const fy_event* event() const noexcept { return event_; }

  /// Instead of events: the next token, which must be given back.
  fy_token* next_token() { return ready_ ? fy_scan(parser_) : nullptr; }
  void give_back(fy_token* token) { fy_scan_token_free(parser_, token); }

  [[nodiscard]] bool failed() const { return !ready_ || fy_parser_get_stream_error(parser_); }
  /// Calls `f(const fy_diag_error&)` for every error and warning so far.
  template <class F>
  void each_diagnostic(F f) const {
    void* previous = nullptr;
    while (const auto* const one = fy_diag_errors_iterate(diag_, &previous)) f(*one);
  }
  /// What it would have printed besides.
  [[nodiscard]] const std::string& printed() const noexcept { return printed_; }

  // ---- tokens; they may be nullptr ----

  static std::string_view text_of(fy_token* token) noexcept {
    std::size_t size = 0;
    const char* const text = token ? fy_token_get_text(token, &size) : nullptr;
    return text ? std::string_view(text, size) : std::string_view();
  }
  static std::optional<std::size_t> start_of(fy_token* token) noexcept {
    const auto* const mark = token ? fy_token_start_mark(token) : nullptr;
    if (!mark) return std::nullopt;
    return mark->input_pos;
  }
  static std::size_t end_of(fy_token* token, std::size_t otherwise) noexcept {
    const auto* const mark = token ? fy_token_end_mark(token) : nullptr;
    return mark ? mark->input_pos : otherwise;
  }
  static bool is_block(fy_token* token) noexcept {
    const auto type = fy_token_get_type(token);
    return type == FYTT_BLOCK_MAPPING_START || type == FYTT_BLOCK_SEQUENCE_START || type == FYTT_BLOCK_ENTRY;
  }
  /// Counted from 0.
  static std::size_t column_of(fy_token* token) noexcept {
    const auto* const mark = token ? fy_token_start_mark(token) : nullptr;
    return mark && mark->column > 0 ? static_cast<std::size_t>(mark->column) : 0;
  }

 private:
  fy_diag* diag_ = nullptr;
  fy_parser* parser_ = nullptr;
  fy_event* event_ = nullptr;
  bool ready_ = false;
  std::string printed_;
};

}  // namespace superconfig
