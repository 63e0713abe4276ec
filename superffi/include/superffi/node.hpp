// The Node.js binder: a surface becomes an addon.
//
//   SUPERFFI_NODE_MODULE(shop::surface)
//
// Plain Node-API, of the experimental version: its finalizers run while V8 collects, so that objects dropped in a loop
// do not pile up until the loop ends. Values are converted straight from and to JavaScript values, with the rules and
// the words of the other languages.
//
// Threads: JavaScript runs on one thread an environment (a worker thread has its own). A callback may be called from
// any thread: on its own it runs at once; from another it is queued, and the caller waits if there is a result to wait
// for. So a function that waits, on the JavaScript thread, for a thread that waits for a callback's result, waits for
// ever: tag it `async`. A callback does not keep the process alive. Exceptions of callbacks: those of the call that is
// running are thrown when it returns (or are the cause of the error it throws); those that nobody waits for are
// uncaught exceptions.
#pragma once

#ifndef NAPI_VERSION
#define NAPI_VERSION 2147483647
#endif
#include <node_api.h>

#include <array>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <deque>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "superffi/checksum.hpp"
#include "superffi/declare.hpp"

namespace superffi::node {

/// Thrown when a JavaScript exception is pending.
struct Pending {};

/// Something to do on the JavaScript thread; with a null environment it is too late for that.
class Job {
 public:
  virtual ~Job() = default;
  virtual void run(napi_env env) = 0;
};

/// A thread that waits for JavaScript.
struct Waiter {
  enum class Stage : std::uint8_t { queued, running, done, abandoned };
  std::mutex mutex;
  std::condition_variable changed;
  Stage stage = Stage::queued;

  /// Whether there is a reply.
  bool wait() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return stage == Stage::done || stage == Stage::abandoned; });
    return stage == Stage::done;
  }
  /// On the JavaScript thread: whether the thread still waits, so that its arguments may be read.
  bool begin() {
    const std::lock_guard lock(mutex);
    if (stage == Stage::abandoned) return false;
    stage = Stage::running;
    return true;
  }
  void end(Stage with) {
    const std::lock_guard lock(mutex);
    if (stage != Stage::abandoned) stage = with;
    changed.notify_one();
  }
};

/// What an environment has; callbacks hold it, and may live longer than the environment.
struct State {
  explicit State(napi_env e) : env(e) {}
  napi_env env;
  std::thread::id thread = std::this_thread::get_id();
  std::vector<napi_ref> classes;  ///< constructors of classes and errors, by place in the surface
  void* incoming = nullptr;       ///< the box that the constructor called next takes
  bool collecting = false;        ///< in a finalizer: no JavaScript may run
  std::mutex mutex;
  bool alive = true;                         ///< guarded by the mutex
  napi_threadsafe_function queue = nullptr;  ///< guarded by the mutex
  bool ending = false;                       ///< guarded by the mutex: nobody may wait any more
  std::vector<Waiter*> waiting;              ///< guarded by the mutex

  bool begin_waiting(Waiter& waiter) {
    const std::lock_guard lock(mutex);
    if (ending) return false;
    waiting.push_back(&waiter);
    return true;
  }
  void end_waiting(const Waiter& waiter) {
    const std::lock_guard lock(mutex);
    std::erase(waiting, &waiter);
  }
  /// process.exit() joins the thread pool before anything else of ours is told: those who wait for JavaScript there
  /// would wait for ever.
  void release_waiting() {
    const std::lock_guard lock(mutex);
    ending = true;
    for (Waiter* waiter : waiting) waiter->end(Waiter::Stage::abandoned);
  }

  /// On any thread. A job that comes too late is told so at once.
  void post(std::unique_ptr<Job> job) {
    {
      const std::lock_guard lock(mutex);
      if (alive && napi_call_threadsafe_function(queue, job.get(), napi_tsfn_nonblocking) == napi_ok) {
        (void)job.release();
        return;
      }
    }
    job->run(nullptr);
  }
  [[nodiscard]] bool here() const { return thread == std::this_thread::get_id(); }
};

inline void check(napi_env env, napi_status status) {
  if (status == napi_ok) return;
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (!pending) {
    const napi_extended_error_info* info = nullptr;
    napi_get_last_error_info(env, &info);
    napi_throw_error(env, nullptr,
                     info != nullptr && info->error_message != nullptr ? info->error_message : "Node-API failed");
  }
  throw Pending();
}

class Scope {
 public:
  explicit Scope(napi_env env) : env_(env) { napi_open_handle_scope(env, &scope_); }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  ~Scope() { napi_close_handle_scope(env_, scope_); }

 private:
  napi_env env_;
  napi_handle_scope scope_ = nullptr;
};

inline napi_value text_to(napi_env env, std::string_view text) {
  napi_value out = nullptr;
  check(env, napi_create_string_utf8(env, text.data(), text.size(), &out));
  return out;
}
inline napi_value undefined(napi_env env) {
  napi_value out = nullptr;
  check(env, napi_get_undefined(env, &out));
  return out;
}
inline napi_value global(napi_env env, const char* name) {
  napi_value object = nullptr;
  napi_value out = nullptr;
  check(env, napi_get_global(env, &object));
  check(env, napi_get_named_property(env, object, name, &out));
  return out;
}
inline napi_valuetype type_of(napi_env env, napi_value value) {
  napi_valuetype type = napi_undefined;
  check(env, napi_typeof(env, value, &type));
  return type;
}
inline std::string string_of(napi_env env, napi_value value) {
  std::size_t size = 0;
  check(env, napi_get_value_string_utf8(env, value, nullptr, 0, &size));
  std::string out(size, '\0');
  check(env, napi_get_value_string_utf8(env, value, out.data(), size + 1, &size));
  return out;
}

/// Texts live here while a call runs; short ones without an allocation.
class Arena {
 public:
  char* take(std::size_t size) {
    if (size <= sizeof buffer_ - used_) {
      char* const out = buffer_ + used_;
      used_ += size;
      return out;
    }
    return more_.emplace_back(new char[size]).get();
  }
  [[nodiscard]] std::size_t left() const { return sizeof buffer_ - used_; }
  [[nodiscard]] char* next() { return buffer_ + used_; }
  void used(std::size_t size) { used_ += size; }

 private:
  char buffer_[512];
  std::size_t used_ = 0;
  std::deque<std::unique_ptr<char[]>> more_;
};

class Callback;

/// One call from JavaScript: where we are, for messages, and what has to live while it runs.
class Frame {
 public:
  Frame(napi_env e, std::shared_ptr<State> s, const char* function)
      : env(e), state(std::move(s)), function_(function) {}
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;
  ~Frame();

  napi_env env;
  std::shared_ptr<State> state;
  const char* argument = nullptr;
  bool copies = false;  ///< asynchronous: nothing of JavaScript's may be looked at later
  Arena arena;

  [[noreturn]] void refuse(const std::string& what, napi_value found) const {
    raise(napi_throw_type_error, what, found);
  }
  [[noreturn]] void out_of_range(const std::string& what, napi_value found) const {
    raise(napi_throw_range_error, what, found);
  }
  [[noreturn]] void say(const std::string& text) const {
    napi_throw_error(env, nullptr, (where() + text).c_str());
    throw Pending();
  }
  std::shared_ptr<Callback> callback(napi_value function);

  /// Takes the exception that is pending; the first of several counts.
  void keep_exception() {
    napi_value exception = nullptr;
    napi_get_and_clear_last_exception(env, &exception);
    keep(exception);
  }
  void keep(napi_value exception) {
    if (kept_ != nullptr) return;
    // Only objects can be referred to.
    napi_value array = nullptr;
    napi_create_array_with_length(env, 1, &array);
    napi_set_element(env, array, 0, exception);
    napi_create_reference(env, array, 1, &kept_);
  }
  [[nodiscard]] napi_value kept() const {
    napi_value array = nullptr;
    napi_value out = nullptr;
    if (kept_ == nullptr) return nullptr;
    napi_get_reference_value(env, kept_, &array);
    napi_get_element(env, array, 0, &out);
    return out;
  }
  void throw_kept() const {
    if (kept_ == nullptr) return;
    napi_throw(env, kept());
    throw Pending();
  }

 private:
  [[nodiscard]] std::string where() const {
    std::string out = std::string(function_) + "(): ";
    if (argument != nullptr) out += "argument `" + spell_name(Language::node, argument) + "`: ";
    return out;
  }
  /// The value as a reader knows it.
  [[nodiscard]] std::string shown(napi_value value) const {
    const napi_valuetype type = type_of(env, value);
    if (type == napi_string) {
      const std::string text = string_of(env, value);
      return text.size() > 60 ? "a long string" : "\"" + text + "\"";
    }
    if (type == napi_function) return "a function";
    if (type == napi_object || type == napi_external) {
      bool array = false;
      napi_is_array(env, value, &array);
      if (array) return "an array";
      napi_value constructor = nullptr;
      napi_value name = nullptr;
      if (napi_get_named_property(env, value, "constructor", &constructor) == napi_ok &&
          type_of(env, constructor) == napi_function &&
          napi_get_named_property(env, constructor, "name", &name) == napi_ok && type_of(env, name) == napi_string)
        return "an object of type " + string_of(env, name);
      napi_value ignored = nullptr;
      napi_get_and_clear_last_exception(env, &ignored);
      return "an object";
    }
    napi_value text = nullptr;
    check(env, napi_call_function(env, undefined(env), global(env, "String"), 1, &value, &text));
    return string_of(env, text) + (type == napi_bigint ? "n" : "");
  }
  template <class Throw>
  [[noreturn]] void raise(Throw&& raise, const std::string& what, napi_value found) const {
    raise(env, nullptr, (where() + "expected " + what + ", found " + shown(found)).c_str());
    throw Pending();
  }

  const char* function_;
  std::vector<std::shared_ptr<Callback>> callbacks_;
  napi_ref kept_ = nullptr;
};

/// A JavaScript function in a std::function. Shared by its copies; may die on any thread.
class Callback {
 public:
  Callback(std::shared_ptr<State> state, napi_ref function, Frame* frame)
      : state_(std::move(state)), function_(function), frame_(frame) {}
  Callback(const Callback&) = delete;
  Callback& operator=(const Callback&) = delete;
  ~Callback() {
    class Delete : public Job {
     public:
      explicit Delete(napi_ref ref) : ref_(ref) {}
      void run(napi_env env) override {
        if (env != nullptr) napi_delete_reference(env, ref_);  // else it went with its environment
      }

     private:
      napi_ref ref_;
    };
    if (state_->here()) {
      if (state_->alive) napi_delete_reference(state_->env, function_);
    } else {
      state_->post(std::make_unique<Delete>(function_));
    }
  }
  [[nodiscard]] State& state() const { return *state_; }
  [[nodiscard]] const std::shared_ptr<State>& shared_state() const { return state_; }
  [[nodiscard]] napi_value function() const {
    napi_value out = nullptr;
    check(state_->env, napi_get_reference_value(state_->env, function_, &out));
    return out;
  }
  /// On the JavaScript thread, with an exception pending: for the call that waits for us, or for nobody.
  void failed(std::string* message) {
    const napi_env env = state_->env;
    napi_value exception = nullptr;
    napi_get_and_clear_last_exception(env, &exception);
    if (message != nullptr) {
      napi_value text = nullptr;
      if (napi_coerce_to_string(env, exception, &text) == napi_ok) *message = string_of(env, text);
      napi_value ignored = nullptr;
      bool pending = false;
      napi_is_exception_pending(env, &pending);
      if (pending) napi_get_and_clear_last_exception(env, &ignored);
    }
    if (frame_ != nullptr) {
      frame_->keep(exception);
    } else {
      napi_fatal_exception(env, exception);
    }
  }
  void left() { frame_ = nullptr; }

 private:
  std::shared_ptr<State> state_;
  napi_ref function_;
  Frame* frame_;
};

inline Frame::~Frame() {
  for (const auto& callback : callbacks_) callback->left();
  if (kept_ != nullptr) napi_delete_reference(env, kept_);
}
inline std::shared_ptr<Callback> Frame::callback(napi_value function) {
  napi_ref ref = nullptr;
  check(env, napi_create_reference(env, function, 1, &ref));
  return callbacks_.emplace_back(std::make_shared<Callback>(state, ref, this));
}

/// A class's instance. The mark tells ours from what other addons wrap.
template <class T>
inline constexpr char mark_of{};
struct AnyBox {
  const void* mark;
};
template <class T>
struct Box : AnyBox {
  explicit Box(std::shared_ptr<T> object) : AnyBox{&mark_of<T>}, value(std::move(object)) {}
  std::shared_ptr<T> value;
};

template <const auto& S, class T>
inline constexpr std::size_t place = detail::index_in<T, std::remove_cvref_t<decltype(S)>>;

// From C++ to JavaScript.

template <const auto& S, class V>
napi_value to(Frame& frame, V&& value);

template <const auto& S>
class TreeSink {
 public:
  explicit TreeSink(Frame& frame) : frame_(frame), env_(frame.env) {}
  void null() {
    napi_value out = nullptr;
    check(env_, napi_get_null(env_, &out));
    put(out);
  }
  void boolean(bool value) { put(to<S>(frame_, value)); }
  void integer(std::int64_t value) { put(to<S>(frame_, value)); }
  void natural(std::uint64_t value) { put(to<S>(frame_, value)); }
  void number(double value) { put(to<S>(frame_, value)); }
  void text(std::string_view value) { put(text_to(env_, value)); }
  void bytes(std::span<const std::byte> value) { put(to<S>(frame_, value)); }
  void begin_list(std::size_t size) {
    napi_value out = nullptr;
    check(env_, napi_create_array_with_length(env_, size, &out));
    open_.push_back({out, nullptr, 0});
  }
  void end_list() { close(); }
  void begin_map(std::size_t) {
    napi_value out = nullptr;
    check(env_, napi_create_object(env_, &out));
    open_.push_back({out, nullptr, 0});
  }
  void key(std::string_view key) {
    open_.back().key = text_to(env_, key);
    open_.back().defines = key == "__proto__";
  }
  void end_map() { close(); }
  napi_value take() { return done_; }

 private:
  struct Level {
    napi_value container;
    napi_value key;
    std::uint32_t size;
    bool defines = false;  ///< a key that assignment would take for something else
  };
  void put(napi_value value) {
    if (open_.empty()) {
      done_ = value;
      return;
    }
    Level& level = open_.back();
    if (level.key == nullptr) {
      check(env_, napi_set_element(env_, level.container, level.size++, value));
    } else if (level.defines) {
      const auto attributes =
          static_cast<napi_property_attributes>(napi_writable | napi_enumerable | napi_configurable);
      const napi_property_descriptor property{nullptr, level.key, nullptr,    nullptr,
                                              nullptr, value,     attributes, nullptr};
      check(env_, napi_define_properties(env_, level.container, 1, &property));
    } else {
      check(env_, napi_set_property(env_, level.container, level.key, value));
    }
  }
  void close() {
    const napi_value done = open_.back().container;
    open_.pop_back();
    put(done);
  }
  Frame& frame_;
  napi_env env_;
  std::vector<Level> open_;
  napi_value done_ = nullptr;
};

template <const auto& S, class T>
napi_value new_object(Frame& frame, std::shared_ptr<T> value) {
  if (!value) return undefined(frame.env);
  napi_value constructor = nullptr;
  napi_value out = nullptr;
  check(frame.env, napi_get_reference_value(frame.env, frame.state->classes[place<S, T>], &constructor));
  auto box = std::make_unique<Box<T>>(std::move(value));
  frame.state->incoming = box.get();
  const napi_status status = napi_new_instance(frame.env, constructor, 0, nullptr, &out);
  if (frame.state->incoming == nullptr) (void)box.release();  // the object has it
  frame.state->incoming = nullptr;
  check(frame.env, status);
  return out;
}

inline constexpr std::int64_t largest_safe = (std::int64_t{1} << 53) - 1;

template <const auto& S, class V>
napi_value to(Frame& frame, V&& value) {
  using T = std::remove_cvref_t<V>;
  constexpr Kind kind = kind_of<T>;
  const napi_env env = frame.env;
  napi_value out = nullptr;
  if constexpr (kind == Kind::boolean) {
    check(env, napi_get_boolean(env, value, &out));
  } else if constexpr (kind == Kind::integer && sizeof(T) < 8) {
    check(env, napi_create_int64(env, value, &out));
  } else if constexpr (kind == Kind::integer && std::is_signed_v<T>) {
    if (value >= -largest_safe && value <= largest_safe) {
      check(env, napi_create_int64(env, value, &out));
    } else {
      check(env, napi_create_bigint_int64(env, value, &out));
    }
  } else if constexpr (kind == Kind::integer) {
    if (value <= static_cast<std::uint64_t>(largest_safe)) {
      check(env, napi_create_int64(env, static_cast<std::int64_t>(value), &out));
    } else {
      check(env, napi_create_bigint_uint64(env, value, &out));
    }
  } else if constexpr (kind == Kind::number) {
    check(env, napi_create_double(env, static_cast<double>(value), &out));
  } else if constexpr (kind == Kind::text) {
    return text_to(env, value);
  } else if constexpr (kind == Kind::bytes) {
    napi_value buffer = nullptr;
    void* data = nullptr;
    check(env, napi_create_arraybuffer(env, value.size(), &data, &buffer));
    if (value.size() > 0) std::memcpy(data, value.data(), value.size());
    check(env, napi_create_typedarray(env, napi_uint8_array, value.size(), buffer, 0, &out));
  } else if constexpr (kind == Kind::date) {
    char text[32];
    const int year = static_cast<int>(value.year());
    const int size = std::snprintf(text, sizeof text, "%s%04d-%02u-%02u", year < 0 ? "-" : "", std::abs(year),
                                   static_cast<unsigned>(value.month()), static_cast<unsigned>(value.day()));
    return text_to(env, {text, static_cast<std::size_t>(size)});
  } else if constexpr (kind == Kind::instant) {
    const auto since = std::chrono::duration<double, std::milli>(value.time_since_epoch());
    check(env, napi_create_date(env, since.count(), &out));
  } else if constexpr (kind == Kind::duration) {
    check(env, napi_create_double(env, std::chrono::duration<double, std::milli>(value).count(), &out));
  } else if constexpr (kind == Kind::optional) {
    if (!value) return undefined(env);
    return to<S>(frame, *std::forward<V>(value));
  } else if constexpr (kind == Kind::list) {
    check(env, napi_create_array_with_length(env, value.size(), &out));
    std::uint32_t i = 0;
    for (auto&& item : value) {
      const Scope scope(env);
      check(env, napi_set_element(env, out, i++, to<S>(frame, static_cast<const item_of<T>&>(item))));
    }
  } else if constexpr (kind == Kind::map) {
    napi_value entries = nullptr;
    check(env, napi_create_array_with_length(env, value.size(), &entries));
    std::uint32_t i = 0;
    for (const auto& [key, item] : value) {
      const Scope scope(env);
      napi_value entry = nullptr;
      check(env, napi_create_array_with_length(env, 2, &entry));
      check(env, napi_set_element(env, entry, 0, text_to(env, key)));
      check(env, napi_set_element(env, entry, 1, to<S>(frame, item)));
      check(env, napi_set_element(env, entries, i++, entry));
    }
    check(env, napi_new_instance(env, global(env, "Map"), 1, &entries, &out));
  } else if constexpr (kind == Kind::enumeration) {
    for (const auto& candidate : declaration_of<S, T>().values)
      if (candidate.value == value) return text_to(env, candidate.name);
    check(env, napi_create_int64(env, static_cast<std::int64_t>(value), &out));
  } else if constexpr (kind == Kind::record) {
    check(env, napi_create_object(env, &out));
    for_each(declaration_of<S, T>().fields, [&]<class Field>(const Field& field) {
      static const std::string name = spell_member(Language::node, field.name);
      check(env, napi_set_named_property(env, out, name.c_str(), to<S>(frame, value.*Field::member)));
    });
  } else if constexpr (kind == Kind::object && detail::is_a<T, std::shared_ptr>) {
    static_assert(!std::is_const_v<typename T::element_type>,
                  "superffi: JavaScript knows no const: give std::shared_ptr<T>, or a copy");
    return new_object<S>(frame, std::forward<V>(value));
  } else if constexpr (kind == Kind::object) {
    return new_object<S>(frame, std::make_shared<T>(std::forward<V>(value)));
  } else if constexpr (kind == Kind::tree) {
    TreeSink<S> sink(frame);
    Tree<T>::write(value, sink);
    return sink.take();
  } else {
    static_assert(detail::always_false<T>, "superffi: C++ gives no callbacks to JavaScript");
  }
  return out;
}

// From JavaScript to C++. Each gives a T or throws Pending.

/// The text in the frame's arena.
inline std::string_view text_from(napi_value value, Frame& frame) {
  const napi_env env = frame.env;
  std::size_t size = 0;
  char* data = frame.arena.next();
  const std::size_t left = frame.arena.left();
  const napi_status status = left < 8 ? napi_get_value_string_utf8(env, value, nullptr, 0, &size)
                                      : napi_get_value_string_utf8(env, value, data, left, &size);
  if (status == napi_string_expected) frame.refuse("a string", value);
  check(env, status);
  if (left >= 8 && size + 4 < left) {  // a character more would have fitted: it is all there
    frame.arena.used(size + 1);
  } else {
    check(env, napi_get_value_string_utf8(env, value, nullptr, 0, &size));
    data = frame.arena.take(size + 1);
    check(env, napi_get_value_string_utf8(env, value, data, size + 1, &size));
  }
  const std::string_view out(data, size);
  // A lone surrogate comes as U+FFFD; but so does U+FFFD.
  if (out.find("\xef\xbf\xbd") != std::string_view::npos) {
    std::u16string wide;
    check(env, napi_get_value_string_utf16(env, value, nullptr, 0, &size));
    wide.resize(size + 1);
    check(env, napi_get_value_string_utf16(env, value, wide.data(), size + 1, &size));
    for (std::size_t i = 0; i < size; ++i) {
      const bool high = wide[i] >= 0xd800 && wide[i] < 0xdc00;
      const bool low = wide[i] >= 0xdc00 && wide[i] < 0xe000;
      if (high && i + 1 < size && wide[i + 1] >= 0xdc00 && wide[i + 1] < 0xe000) {
        ++i;
      } else if (high || low) {
        frame.refuse("text without lone surrogates", value);
      }
    }
  }
  return out;
}

template <class T>
T integer_from(napi_value value, Frame& frame) {
  const napi_env env = frame.env;
  const napi_valuetype type = type_of(env, value);
  const auto refuse = [&] {
    frame.out_of_range("an integer from " + std::to_string(std::numeric_limits<T>::min()) + " to " +
                           std::to_string(std::numeric_limits<T>::max()),
                       value);
  };
  if (type == napi_number) {
    double number = 0;
    check(env, napi_get_value_double(env, value, &number));
    if (std::trunc(number) != number || std::isinf(number)) frame.refuse("an integer", value);
    if (std::abs(number) > static_cast<double>(largest_safe)) {
      if (sizeof(T) < 8) refuse();
      frame.out_of_range("a safe integer, or a BigInt", value);
    }
    const auto whole = static_cast<std::int64_t>(number);
    if (!std::in_range<T>(whole)) refuse();
    return static_cast<T>(whole);
  }
  if (type != napi_bigint) frame.refuse("an integer", value);
  bool lossless = false;
  if constexpr (std::is_signed_v<T>) {
    std::int64_t whole = 0;
    check(env, napi_get_value_bigint_int64(env, value, &whole, &lossless));
    if (!lossless || !std::in_range<T>(whole)) refuse();
    return static_cast<T>(whole);
  } else {
    std::uint64_t whole = 0;
    check(env, napi_get_value_bigint_uint64(env, value, &whole, &lossless));
    if (!lossless || !std::in_range<T>(whole)) refuse();
    return static_cast<T>(whole);
  }
}

inline bool is_array(napi_env env, napi_value value) {
  bool array = false;
  check(env, napi_is_array(env, value, &array));
  return array;
}
inline bool is_map(napi_env env, napi_value value) {
  bool map = false;
  check(env, napi_instanceof(env, value, global(env, "Map"), &map));
  return map;
}
inline std::uint32_t length_of(napi_env env, napi_value array) {
  std::uint32_t out = 0;
  check(env, napi_get_array_length(env, array, &out));
  return out;
}
inline napi_value element(napi_env env, napi_value array, std::uint32_t i) {
  napi_value out = nullptr;
  check(env, napi_get_element(env, array, i, &out));
  return out;
}
/// Array.from(value)
inline napi_value array_from(napi_env env, napi_value value) {
  const napi_value array = global(env, "Array");
  napi_value from = nullptr;
  napi_value out = nullptr;
  check(env, napi_get_named_property(env, array, "from", &from));
  check(env, napi_call_function(env, array, from, 1, &value, &out));
  return out;
}
inline napi_value own_keys(napi_env env, napi_value object) {
  napi_value out = nullptr;
  const auto filter = static_cast<napi_key_filter>(napi_key_enumerable | napi_key_skip_symbols);
  check(env, napi_get_all_property_names(env, object, napi_key_own_only, filter, napi_key_numbers_to_strings, &out));
  return out;
}

/// Calls f(key, value) for each entry of a Map or a plain object.
template <class F>
void each_entry(napi_value value, Frame& frame, F&& f) {
  const napi_env env = frame.env;
  const bool map = is_map(env, value);
  const napi_value list = map ? array_from(env, value) : own_keys(env, value);
  const std::uint32_t size = length_of(env, list);
  for (std::uint32_t i = 0; i < size; ++i) {
    const Scope scope(env);
    const napi_value one = element(env, list, i);
    if (map) {
      f(element(env, one, 0), element(env, one, 1));
    } else {
      napi_value item = nullptr;
      check(env, napi_get_property(env, value, one, &item));
      f(one, item);
    }
  }
}

inline constexpr int deepest_tree = 1000;

template <class Builder>
void build_tree(napi_value value, Builder& builder, Frame& frame, int depth = 0) {
  const napi_env env = frame.env;
  if (depth > deepest_tree) frame.out_of_range("a value that is not nested so deeply", value);
  switch (type_of(env, value)) {
    case napi_undefined:
    case napi_null: return builder.null();
    case napi_boolean: {
      bool out = false;
      check(env, napi_get_value_bool(env, value, &out));
      return builder.boolean(out);
    }
    case napi_number: {
      double out = 0;
      check(env, napi_get_value_double(env, value, &out));
      const bool whole = std::trunc(out) == out && std::abs(out) <= static_cast<double>(largest_safe);
      if (whole && !(out == 0 && std::signbit(out))) return builder.integer(static_cast<std::int64_t>(out));
      return builder.number(out);
    }
    case napi_bigint: {
      std::int64_t integer = 0;
      bool lossless = false;
      check(env, napi_get_value_bigint_int64(env, value, &integer, &lossless));
      if (lossless) return builder.integer(integer);
      std::uint64_t natural = 0;
      check(env, napi_get_value_bigint_uint64(env, value, &natural, &lossless));
      if (!lossless) frame.out_of_range("an integer of 64 bits", value);
      return builder.natural(natural);
    }
    case napi_string: return builder.text(text_from(value, frame));
    case napi_object: break;
    default: frame.refuse("null, a boolean, a number, a BigInt, a string, an array, a Map or a plain object", value);
  }
  if (is_array(env, value)) {
    const std::uint32_t size = length_of(env, value);
    builder.begin_list(size);
    for (std::uint32_t i = 0; i < size; ++i) {
      const Scope scope(env);
      build_tree(element(env, value, i), builder, frame, depth + 1);
    }
    return builder.end_list();
  }
  if (!is_map(env, value)) {
    // Plain: its prototype is null or Object.prototype.
    napi_value prototype = nullptr;
    napi_value plain = nullptr;
    bool same = false;
    check(env, napi_get_prototype(env, value, &prototype));
    check(env, napi_get_named_property(env, global(env, "Object"), "prototype", &plain));
    check(env, napi_strict_equals(env, prototype, plain, &same));
    if (!same && type_of(env, prototype) != napi_null)
      frame.refuse("null, a boolean, a number, a BigInt, a string, an array, a Map or a plain object", value);
  }
  builder.begin_map(0);
  each_entry(value, frame, [&](napi_value key, napi_value item) {
    builder.key(text_from(key, frame));
    build_tree(item, builder, frame, depth + 1);
  });
  builder.end_map();
}

/// The box of an object that must be a T.
template <const auto& S, class T>
Box<T>& box_of(napi_value value, Frame& frame) {
  const napi_env env = frame.env;
  const char* const name = declaration_of<S, T>().name;
  napi_value constructor = nullptr;
  bool is = false;
  check(env, napi_get_reference_value(env, frame.state->classes[place<S, T>], &constructor));
  const napi_valuetype type = type_of(env, value);
  if (type == napi_object || type == napi_function) check(env, napi_instanceof(env, value, constructor, &is));
  void* found = nullptr;
  if (!is || napi_unwrap(env, value, &found) != napi_ok || static_cast<AnyBox*>(found)->mark != &mark_of<T>)
    frame.refuse(name, value);
  auto& box = *static_cast<Box<T>*>(found);
  if (!box.value) frame.say(std::string("this ") + name + " is disposed or used up");
  return box;
}

template <const auto& S, class F>
struct MakeFunction;

template <const auto& S, class T>
T from(napi_value value, Frame& frame) {
  constexpr Kind kind = kind_of<T>;
  const napi_env env = frame.env;
  if constexpr (kind == Kind::boolean) {
    bool out = false;
    if (napi_get_value_bool(env, value, &out) != napi_ok) frame.refuse("true or false", value);
    return out;
  } else if constexpr (kind == Kind::integer) {
    return integer_from<T>(value, frame);
  } else if constexpr (kind == Kind::number) {
    double out = 0;
    if (napi_get_value_double(env, value, &out) != napi_ok) frame.refuse("a number", value);
    return static_cast<T>(out);
  } else if constexpr (kind == Kind::text) {
    return T(text_from(value, frame));
  } else if constexpr (kind == Kind::bytes) {
    bool typed = false;
    check(env, napi_is_typedarray(env, value, &typed));
    napi_typedarray_type type = napi_int8_array;
    std::size_t size = 0;
    void* data = nullptr;
    if (typed) check(env, napi_get_typedarray_info(env, value, &type, &size, &data, nullptr, nullptr));
    if (!typed || type != napi_uint8_array) frame.refuse("a Uint8Array", value);
    if constexpr (detail::is_span<T>) {
      if (frame.copies && size > 0) data = std::memcpy(frame.arena.take(size), data, size);
      return T(static_cast<typename T::pointer>(data), size);
    } else {
      const auto* const bytes = static_cast<const typename T::value_type*>(data);
      return T(bytes, bytes + size);
    }
  } else if constexpr (kind == Kind::date) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int end = 0;
    if (type_of(env, value) != napi_string) frame.refuse("a date as YYYY-MM-DD", value);
    const std::string text(text_from(value, frame));
    if (text.size() < 10 || std::sscanf(text.c_str(), "%d-%2u-%2u%n", &year, &month, &day, &end) != 3 ||
        static_cast<std::size_t>(end) != text.size() || text[text.size() - 6] != '-')
      frame.refuse("a date as YYYY-MM-DD", value);
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
  } else if constexpr (kind == Kind::instant || kind == Kind::duration) {
    double milliseconds = 0;
    bool fits = false;
    if constexpr (kind == Kind::instant) {
      check(env, napi_is_date(env, value, &fits));
      if (fits) check(env, napi_get_date_value(env, value, &milliseconds));
      if (!fits || std::isnan(milliseconds)) frame.refuse("a valid Date", value);
    } else {
      fits = napi_get_value_double(env, value, &milliseconds) == napi_ok && std::isfinite(milliseconds);
      if (!fits) frame.refuse("a number of milliseconds", value);
    }
    using D = decltype(T() - T());
    const auto exact = std::chrono::duration<double, std::milli>(milliseconds);
    if (std::abs(std::chrono::duration<double>(exact).count()) >= std::chrono::duration<double>(D::max()).count())
      frame.out_of_range("a shorter time", value);
    return T(std::chrono::floor<D>(exact + std::chrono::duration<double, std::milli>(1e-7)));
  } else if constexpr (kind == Kind::optional) {
    const napi_valuetype type = type_of(env, value);
    if (type == napi_undefined || type == napi_null) return std::nullopt;
    return T(from<S, item_of<T>>(value, frame));
  } else if constexpr (kind == Kind::list) {
    if (type_of(env, value) != napi_object) frame.refuse("an array", value);
    if (!is_array(env, value)) {
      napi_value symbol = nullptr;
      napi_value method = nullptr;
      check(env, napi_get_named_property(env, global(env, "Symbol"), "iterator", &symbol));
      check(env, napi_get_property(env, value, symbol, &method));
      if (type_of(env, method) != napi_function) frame.refuse("an array", value);
      value = array_from(env, value);
    }
    const std::uint32_t size = length_of(env, value);
    T out;
    out.reserve(size);
    for (std::uint32_t i = 0; i < size; ++i) {
      const Scope scope(env);
      out.push_back(from<S, item_of<T>>(element(env, value, i), frame));
    }
    return out;
  } else if constexpr (kind == Kind::map) {
    if (type_of(env, value) != napi_object || is_array(env, value)) frame.refuse("a Map or an object", value);
    T out;
    each_entry(value, frame, [&](napi_value key, napi_value item) {
      std::string name(text_from(key, frame));
      out.insert(out.end(), typename T::value_type(std::move(name), from<S, item_of<T>>(item, frame)));
    });
    return out;
  } else if constexpr (kind == Kind::enumeration) {
    const auto& declaration = declaration_of<S, T>();
    if (type_of(env, value) == napi_string) {
      const std::string_view text = text_from(value, frame);
      for (const auto& candidate : declaration.values)
        if (text == candidate.name) return candidate.value;
    }
    std::string names;
    for (const auto& candidate : declaration.values)
      names += (names.empty() ? "\"" : ", \"") + std::string(candidate.name) + '"';
    frame.refuse("one of " + names, value);
  } else if constexpr (kind == Kind::record) {
    const auto& declaration = declaration_of<S, T>();
    if (type_of(env, value) != napi_object) frame.refuse(std::string("an object (") + declaration.name + ")", value);
    T out{};
    const napi_value keys = own_keys(env, value);
    const std::uint32_t size = length_of(env, keys);
    for (std::uint32_t i = 0; i < size; ++i) {
      const Scope scope(env);
      const napi_value key = element(env, keys, i);
      const std::string name(text_from(key, frame));
      bool known = false;
      for_each(declaration.fields, [&]<class Field>(const Field& field) {
        if (known || name != spell_member(Language::node, field.name)) return;
        known = true;
        napi_value item = nullptr;
        check(env, napi_get_property(env, value, key, &item));
        if (type_of(env, item) != napi_undefined) out.*Field::member = from<S, typename Field::type>(item, frame);
      });
      if (!known) frame.refuse(std::string("a ") + declaration.name, text_to(env, "with `" + name + "`"));
    }
    return out;
  } else if constexpr (kind == Kind::object) {
    const Box<object_of<T>>& box = box_of<S, object_of<T>>(value, frame);
    if constexpr (detail::is_a<T, std::shared_ptr>) {
      return box.value;
    } else {
      return *box.value;
    }
  } else if constexpr (kind == Kind::tree) {
    typename Tree<T>::Builder builder;
    build_tree(value, builder, frame);
    return builder.take();
  } else if constexpr (kind == Kind::callback) {
    return MakeFunction<S, T>::make(value, frame);
  }
}

/// What an argument of a callback is kept as until its turn comes.
template <class P>
struct OwnedAs {
  using type = detail::stored_as<P>;
};
template <class P>
  requires(std::is_same_v<std::remove_cvref_t<P>, std::string_view>)
struct OwnedAs<P> {
  using type = std::string;
};
template <class P>
  requires(kind_of<P> == Kind::bytes && detail::is_span<std::remove_cvref_t<P>>)
struct OwnedAs<P> {
  using type = std::vector<std::remove_cv_t<typename std::remove_cvref_t<P>::element_type>>;
};

template <const auto& S, class R, class... A>
struct MakeFunction<S, std::function<R(A...)>> {
  using Value = outcome_value<R>;
  using Stored = std::conditional_t<std::is_void_v<Value>, bool, Value>;
  static constexpr bool fails = Outcome<std::remove_cvref_t<R>>::fails;
  static constexpr bool waits = fails || !std::is_void_v<Value>;
  static_assert(std::is_void_v<Value> || !std::is_same_v<Value, std::string_view>,
                "superffi: a callback gives std::string: nobody would own the view");
  static_assert(fails || std::is_void_v<Value> || std::is_default_constructible_v<Value>,
                "superffi: a callback that throws gives an empty result, so its result can be made empty; or let it "
                "give a result that may fail");

  /// What a call came to: a value, or why there is none.
  struct Reply {
    std::optional<Stored> value;
    std::string message;
  };

  static R reply(Reply&& reply) {
    if constexpr (fails) {
      using E = typename Outcome<std::remove_cvref_t<R>>::error;
      if (!reply.value)
        return std::remove_cvref_t<decltype(declaration_of<S, E>())>::spelling::from_callback(reply.message);
      if constexpr (std::is_void_v<Value>) {
        return R();
      } else {
        return std::move(*reply.value);
      }
    } else if constexpr (!std::is_void_v<Value>) {
      return reply.value ? std::move(*reply.value) : Value();
    }
  }

  /// On the JavaScript thread.
  template <class... V>
  static Reply call(Callback& callback, V&&... args) {
    Reply out;
    const napi_env env = callback.state().env;
    const Scope scope(env);
    try {
      Frame inner(env, callback.shared_state(), "callback");
      std::array<napi_value, sizeof...(A) + 1> values{to<S>(inner, std::forward<V>(args))..., nullptr};
      napi_value result = nullptr;
      check(env, napi_call_function(env, undefined(env), callback.function(), sizeof...(A), values.data(), &result));
      inner.argument = "result";
      if constexpr (std::is_void_v<Value>) {
        out.value = true;
      } else {
        out.value.emplace(from<S, Value>(result, inner));
      }
    } catch (const Pending&) {
      callback.failed(fails ? &out.message : nullptr);
    }
    return out;
  }

  /// Called from another thread, which waits.
  class Waiting : public Job {
   public:
    struct Shared : Waiter {
      Reply reply;
    };
    Waiting(std::shared_ptr<Shared> shared, std::shared_ptr<Callback> callback, std::tuple<A...>& args)
        : shared_(std::move(shared)), callback_(std::move(callback)), args_(args) {}
    void run(napi_env env) override {
      if (!shared_->begin()) return;
      if (env != nullptr) {
        shared_->reply =
            std::apply([this](auto&&... arg) { return call(*callback_, std::forward<decltype(arg)>(arg)...); }, args_);
      } else {
        shared_->reply.message = "JavaScript has ended";
      }
      callback_.reset();
      shared_->end(Waiter::Stage::done);
    }

   private:
    std::shared_ptr<Shared> shared_;
    std::shared_ptr<Callback> callback_;
    std::tuple<A...>& args_;  // the waiting thread's, while it waits
  };
  /// Called from another thread, which goes on.
  class Queued : public Job {
   public:
    Queued(std::shared_ptr<Callback> callback, A... args)
        : callback_(std::move(callback)), args_(typename OwnedAs<A>::type(std::forward<A>(args))...) {}
    void run(napi_env env) override {
      if (env == nullptr) return;
      std::apply([this](auto&... arg) { call(*callback_, static_cast<const typename OwnedAs<A>::type&>(arg)...); },
                 args_);
    }

   private:
    std::shared_ptr<Callback> callback_;
    std::tuple<typename OwnedAs<A>::type...> args_;
  };

  static std::function<R(A...)> make(napi_value value, Frame& frame) {
    if (type_of(frame.env, value) != napi_function) frame.refuse("a function", value);
    return [callback = frame.callback(value)](A... args) -> R {
      State& state = callback->state();
      if (state.here() && !state.collecting) {
        Reply done;
        if (state.alive) {
          done = call(*callback, std::forward<A>(args)...);
        } else {
          done.message = "JavaScript has ended";
        }
        return reply(std::move(done));
      }
      if constexpr (waits) {
        Reply done;
        done.message = "JavaScript cannot run now";
        auto shared = std::make_shared<typename Waiting::Shared>();
        if (!state.here() && state.begin_waiting(*shared)) {
          std::tuple<A...> kept(std::forward<A>(args)...);
          state.post(std::make_unique<Waiting>(shared, callback, kept));
          const bool replied = shared->wait();
          state.end_waiting(*shared);
          if (replied) done = std::move(shared->reply);
        }
        return reply(std::move(done));
      } else {
        state.post(std::make_unique<Queued>(callback, std::forward<A>(args)...));
      }
    };
  }
};

/// Holds an argument while the function runs; get() hands it over as the function wants it.
template <const auto& S, class P>
class Held {
 public:
  Held(napi_value value, Frame& frame) : value_(from<S, detail::stored_as<P>>(value, frame)) {}
  template <class D>
  explicit Held(const Arg<D>& arg) : value_(initial(arg)) {}
  void ready(Frame&) {}
  P get() {
    if constexpr (std::is_lvalue_reference_v<P>) {
      return value_;
    } else {
      return static_cast<P>(std::move(value_));
    }
  }

 private:
  template <class D>
  static detail::stored_as<P> initial(const Arg<D>& arg) {
    if constexpr (std::is_same_v<D, Empty>) {
      return {};
    } else {
      return detail::stored_as<P>(arg.value);
    }
  }
  detail::stored_as<P> value_;
};
template <const auto& S, class P>
  requires(kind_of<P> == Kind::object && !detail::is_a<std::remove_cvref_t<P>, std::shared_ptr>)
class Held<S, P> {
  using T = std::remove_cvref_t<P>;

 public:
  Held(napi_value value, Frame& frame) : box_(&box_of<S, T>(value, frame)), object_(share()) {}
  /// The receiver: V8 has seen to its type.
  Held(Box<T>& box, Frame&) : box_(&box), object_(share()) {}
  void ready(Frame& frame) {
    if constexpr (std::is_rvalue_reference_v<P>) {
      if (!box_->value) frame.say(std::string("this ") + declaration_of<S, T>().name + " is used up twice");
      if (box_->value.use_count() > 1)
        frame.say(std::string("this ") + declaration_of<S, T>().name + " is held by others and cannot be used up");
      object_ = std::move(box_->value);
    }
  }
  P get() { return static_cast<P>(*object_); }

 private:
  // What is used up has no other holder; what is only used must outlive being disposed of meanwhile.
  std::shared_ptr<T> share() const {
    if constexpr (std::is_rvalue_reference_v<P>) return nullptr;
    return box_->value;
  }
  Box<T>* box_;
  std::shared_ptr<T> object_;
};

template <const auto& S, class E>
napi_value make_error(const E& error, Frame& frame) {
  using Spelling = typename std::remove_cvref_t<decltype(declaration_of<S, E>())>::spelling;
  const napi_env env = frame.env;
  napi_value constructor = nullptr;
  check(env, napi_get_reference_value(env, frame.state->classes[place<S, E>], &constructor));
  napi_value list = nullptr;
  check(env, napi_create_array(env, &list));
  std::uint32_t i = 0;
  for (const auto& problem : Spelling::problems(error))
    check(env, napi_set_element(env, list, i++, to<S>(frame, problem)));
  const std::array<napi_value, 2> args{text_to(env, Spelling::message(error)), list};
  napi_value out = nullptr;
  check(env, napi_new_instance(env, constructor, args.size(), args.data(), &out));
  if (const napi_value cause = frame.kept(); cause != nullptr)
    check(env, napi_set_named_property(env, out, "cause", cause));
  return out;
}

/// One function of one environment, as data of its Node-API function.
struct Entry {
  std::shared_ptr<State> state;
  const void* item;
  std::string name;  ///< "Inventory.add"
};

template <const auto& S, class Item, class T, class Sig>
struct Run;
template <const auto& S, class Item, class T, class R, class Self, class... P>
struct Run<S, Item, T, Signature<R, Self, P...>> {
  static constexpr bool receives = !std::is_void_v<Self>;
  static constexpr bool constructs = Item::role == Role::constructor;
  using Receiver = std::conditional_t<receives, Self, int>;
  using Value = outcome_value<R>;
  using F = typename Item::function;
  using Arguments = std::tuple<std::optional<Held<S, P>>...>;
  static constexpr auto indices = std::index_sequence_for<P...>();

  /// The arguments and the receiver of one call.
  struct Operands {
    std::optional<Held<S, Receiver>> self;
    Arguments args;
  };

  static void read(Operands& operands, const Item& item, napi_value self, const napi_value* values, Frame& frame) {
    if constexpr (receives) {
      using C = std::remove_cvref_t<Self>;
      void* found = nullptr;
      if (napi_unwrap(frame.env, self, &found) != napi_ok) frame.refuse(declaration_of<S, C>().name, self);
      auto& box = *static_cast<Box<C>*>(found);
      if (!box.value) frame.say(std::string("this ") + declaration_of<S, C>().name + " is disposed or used up");
      operands.self.emplace(box, frame);
    }
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (read_one<I>(std::get<I>(operands.args), std::get<I>(item.args), values[I], frame), ...);
      frame.argument = nullptr;
      (std::get<I>(operands.args)->ready(frame), ...);
    }(indices);
    if constexpr (receives) operands.self->ready(frame);
    (void)item;
    (void)values;
  }
  template <std::size_t I, class H, class A>
  static void read_one(std::optional<H>& held, const A& arg, napi_value value, Frame& frame) {
    frame.argument = arg.name;
    if constexpr (A::has_default) {
      if (type_of(frame.env, value) == napi_undefined) {
        held.emplace(arg);
        return;
      }
    }
    held.emplace(value, frame);
  }

  static decltype(auto) invoke(Operands& operands) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
      if constexpr (receives) {
        return F::call(operands.self->get(), std::get<I>(operands.args)->get()...);
      } else {
        return F::call(std::get<I>(operands.args)->get()...);
      }
    }(indices);
  }

  /// Throws, or gives what `give` makes of the value.
  template <class V, class Give>
  static napi_value finish(V&& result, Frame& frame, Give&& give) {
    if constexpr (Outcome<std::remove_cvref_t<V>>::fails) {
      if (!result.has_value()) {
        napi_throw(frame.env, make_error<S>(result.error(), frame));
        throw Pending();
      }
      frame.throw_kept();
      if constexpr (std::is_void_v<Value>) {
        return undefined(frame.env);
      } else {
        return give(*std::forward<V>(result));
      }
    } else {
      frame.throw_kept();
      return give(std::forward<V>(result));
    }
  }

  template <class Give>
  static napi_value guarded(napi_env env, Give&& give) {
    try {
      return give();
    } catch (const Pending&) {
    } catch (const std::exception& error) {
      napi_throw_error(env, nullptr, error.what());
    } catch (...) {
      napi_throw_error(env, nullptr, "an unknown exception");
    }
    return nullptr;
  }

  struct Info {
    napi_value self = nullptr;
    std::array<napi_value, sizeof...(P) + 1> values{};
    Entry* entry = nullptr;
    Info(napi_env env, napi_callback_info info) {
      std::size_t count = sizeof...(P);
      void* data = nullptr;
      check(env, napi_get_cb_info(env, info, &count, values.data(), &self, &data));
      entry = static_cast<Entry*>(data);
    }
  };

  static napi_value sync(napi_env env, napi_callback_info callback_info) {
    return guarded(env, [&]() -> napi_value {
      const Info info(env, callback_info);
      Frame frame(env, info.entry->state, info.entry->name.c_str());
      Operands operands;
      read(operands, *static_cast<const Item*>(info.entry->item), info.self, info.values.data(), frame);
      if constexpr (std::is_void_v<R>) {
        invoke(operands);
        frame.throw_kept();
        return undefined(env);
      } else {
        decltype(auto) result = invoke(operands);
        return finish(std::forward<decltype(result)>(result), frame, [&](auto&& value) {
          napi_value out = to<S>(frame, std::forward<decltype(value)>(value));
          if constexpr (Item::role == Role::iterable) {
            napi_value symbol = nullptr;
            napi_value method = nullptr;
            check(env, napi_get_named_property(env, global(env, "Symbol"), "iterator", &symbol));
            check(env, napi_get_property(env, out, symbol, &method));
            check(env, napi_call_function(env, out, method, 0, nullptr, &out));
          }
          return out;
        });
      }
    });
  }

  /// The function on the thread pool, its end on the JavaScript thread.
  struct Work {
    using Stored = std::conditional_t<std::is_void_v<R>, bool, std::remove_cvref_t<R>>;
    Work(napi_env env, Entry& entry) : frame(env, entry.state, entry.name.c_str()) { frame.copies = true; }
    Frame frame;
    Operands operands;
    std::optional<Stored> result;
    std::string exception;
    napi_deferred deferred = nullptr;
    napi_async_work work = nullptr;

    static void execute(napi_env, void* data) {
      auto& self = *static_cast<Work*>(data);
      try {
        if constexpr (std::is_void_v<R>) {
          invoke(self.operands);
          self.result.emplace(true);
        } else {
          self.result.emplace(invoke(self.operands));
        }
      } catch (const std::exception& error) {
        self.exception = error.what();
      } catch (...) {
        self.exception = "an unknown exception";
      }
    }
    static void complete(napi_env env, napi_status status, void* data) {
      const std::unique_ptr<Work> self(static_cast<Work*>(data));
      const Scope scope(env);
      const napi_value value = guarded(env, [&]() -> napi_value {
        if (status != napi_ok || !self->result)
          self->frame.say(self->exception.empty() ? std::string("cancelled") : self->exception);
        if constexpr (std::is_void_v<R>) {
          self->frame.throw_kept();
          return undefined(env);
        } else {
          return finish(std::move(*self->result), self->frame,
                        [&](auto&& given) { return to<S>(self->frame, std::forward<decltype(given)>(given)); });
        }
      });
      settle(env, self->deferred, value);
      napi_delete_async_work(env, self->work);
    }
  };
  static void settle(napi_env env, napi_deferred deferred, napi_value value) {
    if (value != nullptr) {
      napi_resolve_deferred(env, deferred, value);
      return;
    }
    napi_value exception = nullptr;
    napi_get_and_clear_last_exception(env, &exception);
    napi_reject_deferred(env, deferred, exception);
  }

  static napi_value promise(napi_env env, napi_callback_info callback_info) {
    return guarded(env, [&]() -> napi_value {
      const Info info(env, callback_info);
      auto work = std::make_unique<Work>(env, *info.entry);
      napi_value out = nullptr;
      check(env, napi_create_promise(env, &work->deferred, &out));
      const napi_value read_all = guarded(env, [&]() -> napi_value {
        read(work->operands, *static_cast<const Item*>(info.entry->item), info.self, info.values.data(), work->frame);
        return out;
      });
      if (read_all == nullptr) {
        settle(env, work->deferred, nullptr);
        return out;
      }
      check(env, napi_create_async_work(env, nullptr, text_to(env, info.entry->name), &Work::execute, &Work::complete,
                                        work.get(), &work->work));
      check(env, napi_queue_async_work(env, work->work));
      (void)work.release();
      return out;
    });
  }

  /// `new T(…)`, and the way in for objects that C++ made.
  static napi_value construct(napi_env env, napi_callback_info callback_info) {
    return guarded(env, [&]() -> napi_value {
      const Info info(env, callback_info);
      State& state = *info.entry->state;
      if (state.incoming != nullptr) {
        wrap<T>(env, info.self, std::unique_ptr<Box<T>>(static_cast<Box<T>*>(std::exchange(state.incoming, nullptr))));
        return info.self;
      }
      Frame frame(env, info.entry->state, info.entry->name.c_str());
      napi_value target = nullptr;
      check(env, napi_get_new_target(env, callback_info, &target));
      if (target == nullptr) {
        napi_throw_type_error(env, nullptr, (info.entry->name + "(): call it with new").c_str());
        throw Pending();
      }
      Operands operands;
      read(operands, *static_cast<const Item*>(info.entry->item), info.self, info.values.data(), frame);
      decltype(auto) result = invoke(operands);
      return finish(std::forward<decltype(result)>(result), frame, [&](auto&& value) {
        using V = std::remove_cvref_t<decltype(value)>;
        if constexpr (detail::is_a<V, std::shared_ptr>) {
          wrap<T>(env, info.self, std::make_unique<Box<T>>(std::forward<decltype(value)>(value)));
        } else {
          wrap<T>(env, info.self, std::make_unique<Box<T>>(std::make_shared<T>(std::forward<decltype(value)>(value))));
        }
        return info.self;
      });
    });
  }
  template <class C>
  static void wrap(napi_env env, napi_value self, std::unique_ptr<Box<C>> box);
};

/// A class without a constructor: only C++ makes its objects.
template <class T>
napi_value adopt(napi_env env, napi_callback_info callback_info);

template <class T>
void finalize(node_api_basic_env env, void* data, void*) {
  // V8 is collecting: what dies here must not run JavaScript.
  void* instance = nullptr;
  napi_get_instance_data(env, &instance);
  auto* const state = instance == nullptr ? nullptr : static_cast<std::shared_ptr<State>*>(instance)->get();
  const bool before = state != nullptr && std::exchange(state->collecting, true);
  delete static_cast<Box<T>*>(data);
  if (state != nullptr) state->collecting = before;
}

template <class T>
void wrap_box(napi_env env, napi_value self, std::unique_ptr<Box<T>> box) {
  check(env, napi_wrap(env, self, box.get(), &finalize<T>, nullptr, nullptr));
  (void)box.release();
}
template <const auto& S, class Item, class T, class R, class Self, class... P>
template <class C>
void Run<S, Item, T, Signature<R, Self, P...>>::wrap(napi_env env, napi_value self, std::unique_ptr<Box<C>> box) {
  wrap_box<C>(env, self, std::move(box));
}

template <class T>
napi_value adopt(napi_env env, napi_callback_info callback_info) {
  napi_value self = nullptr;
  void* data = nullptr;
  std::size_t count = 0;
  napi_get_cb_info(env, callback_info, &count, nullptr, &self, &data);
  auto& entry = *static_cast<Entry*>(data);
  if (entry.state->incoming == nullptr) {
    napi_throw_type_error(env, nullptr, (entry.name + " has no constructor").c_str());
    return nullptr;
  }
  try {
    wrap_box<T>(env, self,
                std::unique_ptr<Box<T>>(static_cast<Box<T>*>(std::exchange(entry.state->incoming, nullptr))));
  } catch (const Pending&) {
    return nullptr;
  }
  return self;
}

template <class T>
Box<T>* receiver_box(napi_env env, napi_callback_info info) {
  napi_value self = nullptr;
  std::size_t count = 0;
  void* found = nullptr;
  if (napi_get_cb_info(env, info, &count, nullptr, &self, nullptr) != napi_ok ||
      napi_unwrap(env, self, &found) != napi_ok) {
    napi_throw_type_error(env, nullptr, "not an object of this class");
    return nullptr;
  }
  return static_cast<Box<T>*>(found);
}
template <class T>
napi_value dispose(napi_env env, napi_callback_info info) {
  Box<T>* const box = receiver_box<T>(env, info);
  if (box != nullptr) {
    const std::shared_ptr<T> last = std::move(box->value);  // a call that is in it holds it
  }
  return nullptr;
}
template <class T>
napi_value disposed(napi_env env, napi_callback_info info) {
  const Box<T>* const box = receiver_box<T>(env, info);
  napi_value out = nullptr;
  if (box != nullptr) napi_get_boolean(env, !box->value, &out);
  return out;
}

template <const auto& S>
class Binder {
 public:
  Binder(napi_env env, napi_value exports, std::shared_ptr<State> state)
      : env_(env), exports_(exports), state_(std::move(state)) {
    state_->classes.resize(detail::size_of_surface<std::remove_cvref_t<decltype(S)>>);
  }

  template <class E, std::size_t N>
  void operator()(const Enumeration<E, N>& item) {
    napi_value out = nullptr;
    check(env_, napi_create_object(env_, &out));
    for (const auto& value : item.values)
      check(env_, napi_set_named_property(env_, out, value.name, text_to(env_, value.name)));
    check(env_, napi_object_freeze(env_, out));
    publish(item.name, out);
  }
  template <class T, class... Fields>
  void operator()(const Record<T, Fields...>&) {}  // plain objects

  template <class E, class Spelling>
  void operator()(const Error<E, Spelling>& item) {
    const std::string name = item.name;
    const std::string script = "(class " + name +
                               " extends Error { constructor(message, errors) { super(message); this.name = '" + name +
                               "'; this.errors = errors; } })";
    napi_value out = nullptr;
    check(env_, napi_run_script(env_, text_to(env_, script), &out));
    check(env_, napi_create_reference(env_, out, 1, &state_->classes[place<S, E>]));
    publish(item.name, out);
  }

  template <class T, class... Members>
  void operator()(const Class<T, Members...>& item) {
    properties_.clear();
    constructor_ = nullptr;
    constructor_entry_ = entry(nullptr, item.name);
    for_each(item.members, [&](const auto& member) { add<T>(item.name, member); });
    properties_.push_back({"dispose", nullptr, &dispose<T>, nullptr, nullptr, nullptr, napi_default_method, nullptr});
    properties_.push_back({"disposed", nullptr, nullptr, &disposed<T>, nullptr, nullptr, napi_configurable, nullptr});
    const napi_value symbol = well_known("dispose");
    if (type_of(env_, symbol) == napi_symbol)
      properties_.push_back({nullptr, symbol, &dispose<T>, nullptr, nullptr, nullptr, napi_default_method, nullptr});
    napi_value out = nullptr;
    check(env_, napi_define_class(env_, item.name, NAPI_AUTO_LENGTH, constructor_ != nullptr ? constructor_ : &adopt<T>,
                                  constructor_entry_, properties_.size(), properties_.data(), &out));
    check(env_, napi_create_reference(env_, out, 1, &state_->classes[place<S, T>]));
    publish(item.name, out);
  }

  template <Role R, class F, class Sig, unsigned Flags, unsigned Languages, class... Args>
  void operator()(const Callable<R, F, Sig, Flags, Languages, Args...>& item) {
    using Item = Callable<R, F, Sig, Flags, Languages, Args...>;
    using Runner = Run<S, Item, void, Sig>;
    if constexpr (Item::in(Language::node)) {
      const std::string name = spell_name(Language::node, name_of(item));
      const auto define = [&](const std::string& as, napi_callback call) {
        napi_value out = nullptr;
        check(env_, napi_create_function(env_, as.c_str(), as.size(), call, entry(&item, as), &out));
        publish(as.c_str(), out);
      };
      if constexpr ((Flags & detail::flag_async) == 0) define(name, &Runner::sync);
      if constexpr ((Flags & detail::flag_async) != 0) define(name, &Runner::promise);
      if constexpr ((Flags & detail::flag_also_async) != 0) define(name + "Async", &Runner::promise);
    }
  }

 private:
  template <class Item>
  static std::string name_of(const Item& item) {
    const char* const other = item.renamed[static_cast<std::size_t>(Language::node)];
    return other != nullptr ? other : camel_case(item.name);
  }
  napi_value well_known(const char* name) {
    napi_value out = nullptr;
    check(env_, napi_get_named_property(env_, global(env_, "Symbol"), name, &out));
    return out;
  }
  void publish(const char* name, napi_value value) {
    check(env_, napi_set_named_property(env_, exports_, name, value));
  }
  /// Lives as long as the environment, whose functions point to it.
  Entry* entry(const void* item, std::string name) {
    auto* const out = new Entry{state_, item, std::move(name)};
    napi_add_env_cleanup_hook(env_, [](void* data) { delete static_cast<Entry*>(data); }, out);
    return out;
  }
  /// A name that outlives define_class.
  const char* kept(std::string name) { return names_.emplace_back(std::move(name)).c_str(); }

  template <class T, Role R, class F, class Sig, unsigned Flags, unsigned Languages, class... Args>
  void add(const char* class_name, const Callable<R, F, Sig, Flags, Languages, Args...>& item) {
    using Item = Callable<R, F, Sig, Flags, Languages, Args...>;
    using Runner = Run<S, Item, T, Sig>;
    if constexpr (Item::in(Language::node)) {
      if constexpr (R == Role::constructor) {
        constructor_ = &Runner::construct;
        constructor_entry_->item = &item;
      } else if constexpr (R == Role::iterable) {
        properties_.push_back({nullptr, well_known("iterator"), &Runner::sync, nullptr, nullptr, nullptr,
                               napi_default_method, entry(&item, std::string(class_name) + "[Symbol.iterator]")});
      } else {
        const std::string name = name_of(item);
        const auto define = [&](const std::string& as, napi_callback call) {
          const auto attributes = static_cast<napi_property_attributes>(
              napi_default_method | (R == Role::static_method ? napi_static : napi_default));
          properties_.push_back({kept(as), nullptr, call, nullptr, nullptr, nullptr, attributes,
                                 entry(&item, std::string(class_name) + "." + as)});
        };
        if constexpr ((Flags & detail::flag_async) == 0) define(name, &Runner::sync);
        if constexpr ((Flags & detail::flag_async) != 0) define(name, &Runner::promise);
        if constexpr ((Flags & detail::flag_also_async) != 0) define(name + "Async", &Runner::promise);
      }
    }
  }
  template <class T, class G, class W>
  void add(const char* class_name, const Property<G, W>& item) {
    if constexpr (G::in(Language::node)) {
      const std::string name = name_of(item.getter);
      // Getter and setter share their data: it is the property.
      napi_callback set = nullptr;
      if constexpr (!std::is_same_v<W, ReadOnly>) set = &write<T, Property<G, W>>;
      properties_.push_back({kept(name), nullptr, nullptr, &read<T, Property<G, W>>, set, nullptr, napi_configurable,
                             entry(&item, std::string(class_name) + "." + name)});
    }
  }
  // The entry of a property points to the property; that of its parts to them.
  template <class T, class Prop>
  static napi_value read(napi_env env, napi_callback_info info) {
    static_assert(offsetof_is_zero<Prop>());
    return Run<S, decltype(Prop::getter), T, typename decltype(Prop::getter)::signature>::sync(env, info);
  }
  template <class Prop>
  static consteval bool offsetof_is_zero() {
    return __builtin_offsetof(Prop, getter) == 0;
  }
  template <class T, class Prop>
  static napi_value write(napi_env env, napi_callback_info info) {
    napi_value self = nullptr;
    napi_value value = nullptr;
    std::size_t count = 1;
    void* data = nullptr;
    napi_get_cb_info(env, info, &count, &value, &self, &data);
    auto& entry = *static_cast<Entry*>(data);
    using Setter = decltype(Prop::setter);
    using Runner = Run<S, Setter, T, typename Setter::signature>;
    return Runner::guarded(env, [&]() -> napi_value {
      Frame frame(env, entry.state, entry.name.c_str());
      typename Runner::Operands operands;
      Runner::read(operands, static_cast<const Prop*>(entry.item)->setter, self, &value, frame);
      if constexpr (std::is_void_v<typename Setter::signature::result>) {
        Runner::invoke(operands);
        frame.throw_kept();
        return nullptr;
      } else {
        return Runner::finish(Runner::invoke(operands), frame, [&](auto&&) { return undefined(env); });
      }
    });
  }

  napi_env env_;
  napi_value exports_;
  std::shared_ptr<State> state_;
  std::vector<napi_property_descriptor> properties_;
  std::deque<std::string> names_;
  napi_callback constructor_ = nullptr;
  Entry* constructor_entry_ = nullptr;
};

/// Fills the exports of one environment: of the main thread, and of each worker that loads the addon.
template <const auto& S>
napi_value bind(napi_env env, napi_value exports) {
  try {
    auto state = std::make_shared<State>(env);
    check(env, napi_create_threadsafe_function(
                   env, nullptr, nullptr, text_to(env, S.name), 0, 1, nullptr, nullptr, nullptr,
                   [](napi_env here, napi_value, void*, void* data) {
                     const std::unique_ptr<Job> job(static_cast<Job*>(data));
                     job->run(here);
                   },
                   &state->queue));
    check(env, napi_unref_threadsafe_function(env, state->queue));
    check(env, napi_set_instance_data(
                   env, new std::shared_ptr<State>(state),
                   [](napi_env, void* data, void*) { delete static_cast<std::shared_ptr<State>*>(data); }, nullptr));
    Binder<S> binder(env, exports, state);
    for_each(S.items, binder);
    napi_value checksum = nullptr;
    check(env, napi_create_bigint_uint64(env, superffi::checksum<S>(), &checksum));
    check(env, napi_set_named_property(env, exports, "surfaceChecksum", checksum));
    const napi_value process = global(env, "process");
    napi_value once = nullptr;
    napi_value release = nullptr;
    check(env, napi_get_named_property(env, process, "once", &once));
    check(env, napi_create_function(
                   env, nullptr, 0,
                   [](napi_env here, napi_callback_info) -> napi_value {
                     void* instance = nullptr;
                     napi_get_instance_data(here, &instance);
                     if (instance != nullptr) (*static_cast<std::shared_ptr<State>*>(instance))->release_waiting();
                     return nullptr;
                   },
                   nullptr, &release));
    const std::array<napi_value, 2> exit{text_to(env, "exit"), release};
    check(env, napi_call_function(env, process, once, exit.size(), exit.data(), nullptr));
    // Added last, so run first: from here on nobody calls JavaScript.
    check(env, napi_add_env_cleanup_hook(
                   env,
                   [](void* data) {
                     const std::unique_ptr<std::shared_ptr<State>> held(static_cast<std::shared_ptr<State>*>(data));
                     State& ended = **held;
                     const std::lock_guard lock(ended.mutex);
                     ended.alive = false;
                     ended.ending = true;
                     napi_release_threadsafe_function(ended.queue, napi_tsfn_abort);
                   },
                   new std::shared_ptr<State>(state)));
  } catch (const Pending&) {
    return nullptr;
  }
  return exports;
}

}  // namespace superffi::node

/// Makes a shared object the addon of a surface.
#define SUPERFFI_NODE_MODULE(surface)                                                                        \
  extern "C" __attribute__((visibility("default"))) std::int32_t node_api_module_get_api_version_v1() {      \
    return NAPI_VERSION;                                                                                     \
  }                                                                                                          \
  extern "C" __attribute__((visibility("default"))) napi_value napi_register_module_v1(napi_env env,         \
                                                                                       napi_value exports) { \
    return superffi::node::bind<surface>(env, exports);                                                      \
  }
