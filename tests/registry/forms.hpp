// One configuration in each of the forms that a program can hold it in, so that one test asks all of them.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "superconfig/superconfig.hpp"

namespace superconfig::testing {

enum class Form {
  value,    ///< SuperConfig
  handle,   ///< ConfigHandle, built under one id
  derived,  ///< ConfigHandle, each step deriving a new one
  cloned    ///< SuperConfig, by the deprecated `_clone` calls
};

inline std::string name_of(Form form) {
  switch (form) {
    case Form::value: return "value";
    case Form::handle: return "handle";
    case Form::derived: return "derived";
    case Form::cloned: return "cloned";
  }
  return {};
}

// The `_clone` calls are what one of the forms is made of.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

/// Builds by the calls of its form and reads by the members of what it holds.
class Formed {
 public:
  explicit Formed(Form form) : form_(form) {
    if (form == Form::handle || form == Form::derived) handle_ = SuperConfig::new_handled();
  }

#define SUPERCONFIG_STEP(name)                                                                     \
  template <class... A>                                                                            \
  [[nodiscard]] Formed name(A&&... arguments) && {                                                 \
    switch (form_) {                                                                               \
      case Form::value: value_ = value_.name(std::forward<A>(arguments)...); break;                \
      case Form::handle: handle_ = std::move(*handle_).name(std::forward<A>(arguments)...); break; \
      case Form::derived: handle_ = handle_->name##_ref(std::forward<A>(arguments)...); break;     \
      case Form::cloned: value_ = value_.name##_clone(std::forward<A>(arguments)...); break;       \
    }                                                                                              \
    return std::move(*this);                                                                       \
  }
  SUPERCONFIG_STEP(merge)
  SUPERCONFIG_STEP(join)
  SUPERCONFIG_STEP(admerge)
  SUPERCONFIG_STEP(adjoin)
  SUPERCONFIG_STEP(with_file)
  SUPERCONFIG_STEP(with_file_opt)
  SUPERCONFIG_STEP(with_env)
  SUPERCONFIG_STEP(with_env_ignore_empty)
  SUPERCONFIG_STEP(with_hierarchical_config)
  SUPERCONFIG_STEP(with_defaults)
  SUPERCONFIG_STEP(with_defaults_string)
  SUPERCONFIG_STEP(with_cli_opt)
  SUPERCONFIG_STEP(select)
  SUPERCONFIG_STEP(focus)
  SUPERCONFIG_STEP(with_verbosity)
  SUPERCONFIG_STEP(with_info_verbosity)
  SUPERCONFIG_STEP(with_debug_verbosity)
  SUPERCONFIG_STEP(with_trace_verbosity)
#undef SUPERCONFIG_STEP

#define SUPERCONFIG_READ(name)                                                                                  \
  template <class... A>                                                                                         \
  [[nodiscard]] auto name(A&&... arguments) const {                                                             \
    return handle_ ? handle_->name(std::forward<A>(arguments)...) : value_.name(std::forward<A>(arguments)...); \
  }
  SUPERCONFIG_READ(as_json)
  SUPERCONFIG_READ(as_yaml)
  SUPERCONFIG_READ(as_toml)
  SUPERCONFIG_READ(get_string)
  SUPERCONFIG_READ(has_key)
  SUPERCONFIG_READ(contains)
  SUPERCONFIG_READ(keys)
  SUPERCONFIG_READ(find_value)
  SUPERCONFIG_READ(find_metadata)
  SUPERCONFIG_READ(profiles)
  SUPERCONFIG_READ(profile)
  SUPERCONFIG_READ(layers)
  SUPERCONFIG_READ(verbosity)
  SUPERCONFIG_READ(warnings)
  SUPERCONFIG_READ(has_warnings)
  SUPERCONFIG_READ(debug_messages)
  SUPERCONFIG_READ(debug_messages_at_level)
  SUPERCONFIG_READ(debug_sources)
  SUPERCONFIG_READ(debug_config)
  SUPERCONFIG_READ(explain)
#undef SUPERCONFIG_READ

#define SUPERCONFIG_TYPED_READ(name)                                                                                  \
  template <class T, class... A>                                                                                      \
  [[nodiscard]] auto name(A&&... arguments) const {                                                                   \
    return handle_ ? handle_->name<T>(std::forward<A>(arguments)...) : value_.name<T>(std::forward<A>(arguments)...); \
  }
  SUPERCONFIG_TYPED_READ(extract)
  SUPERCONFIG_TYPED_READ(try_extract)
  SUPERCONFIG_TYPED_READ(extract_inner)
  SUPERCONFIG_TYPED_READ(extract_lossy)
  SUPERCONFIG_TYPED_READ(get)
  SUPERCONFIG_TYPED_READ(try_get)
  SUPERCONFIG_TYPED_READ(get_array)
#undef SUPERCONFIG_TYPED_READ

  void clear_debug_messages() {
    if (handle_) {
      handle_->clear_debug_messages();
    } else {
      value_.clear_debug_messages();
    }
  }

 private:
  Form form_;
  SuperConfig value_;
  std::optional<ConfigHandle> handle_;
};

#pragma GCC diagnostic pop

/// The process's mode while one lives.
class InMode {
 public:
  explicit InMode(Mode mode) : before_(superconfig::mode()) { set_mode(mode); }
  InMode(const InMode&) = delete;
  InMode& operator=(const InMode&) = delete;
  ~InMode() { set_mode(before_); }

 private:
  Mode before_;
};

/// A test that is run on every form, in both modes.
class EveryForm : public ::testing::TestWithParam<std::tuple<Form, Mode>> {
 protected:
  [[nodiscard]] static Formed start() { return Formed(std::get<Form>(GetParam())); }

 private:
  InMode mode_{std::get<Mode>(GetParam())};
};

inline auto every_form() {
  return ::testing::Combine(::testing::Values(Form::value, Form::handle, Form::derived, Form::cloned),
                            ::testing::Values(Mode::handle, Mode::clone));
}
inline std::string form_and_mode(const ::testing::TestParamInfo<EveryForm::ParamType>& info) {
  return name_of(std::get<Form>(info.param)) + "_in_" + std::string(superconfig::name_of(std::get<Mode>(info.param))) +
         "_mode";
}

}  // namespace superconfig::testing
