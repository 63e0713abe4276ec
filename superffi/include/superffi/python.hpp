// The Python binder: a surface becomes the content of an extension module.
//
//   NB_MODULE(inventory, module) { superffi::python::bind<shop::surface>(module); }
//
// nanobind makes the types and calls us; values are converted here, straight from and to Python objects, so that every
// language has the same rules and the same words for what does not fit. Only the limited C API is used: a module may
// be built for the stable ABI.
//
// Threads: all of this runs with the GIL. A function tagged releases_gil runs without; callbacks take it again. An
// object that is closed or used up while another thread is in a call on it lives until that call returns.
// Exceptions of callbacks: those of the call that is running are raised when it returns (or are the cause of the error
// it raises); those that nobody waits for go to sys.unraisablehook.
#pragma once

#include <nanobind/nanobind.h>

#include <cmath>
#include <cstring>
#include <deque>
#include <limits>
#include <memory>
#include <new>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "superffi/checksum.hpp"
#include "superffi/declare.hpp"
#include "superffi/spell.hpp"

namespace superffi::python {

namespace nb = nanobind;

/// A class's instance: the C++ object, how many calls are in it, and whether it is closed.
template <class T>
struct Box {
  std::shared_ptr<T> value;
  unsigned uses = 0;
};

/// The Python sides of what a surface declares; set once, when the module is made.
template <const auto& S, class T>
inline PyObject* type_object = nullptr;
template <const auto& S, class E>
inline std::vector<PyObject*> enum_members;

/// What is imported from datetime.
struct DateTime {
  nb::object date, datetime, timedelta, utc, epoch;
  static DateTime& get() {
    static DateTime* const made = [] {  // lives as long as the process: the interpreter may end before us
      const nb::module_ module = nb::module_::import_("datetime");
      auto* out = new DateTime{module.attr("date"), module.attr("datetime"), module.attr("timedelta"),
                               module.attr("timezone").attr("utc"), nb::object()};
      out->epoch = out->datetime(1970, 1, 1, nb::arg("tzinfo") = out->utc);
      return out;
    }();
    return *made;
  }
};

class Frame;

/// A Python function in a std::function. Shared by its copies; may die on any thread.
class Callback {
 public:
  Callback(PyObject* function, Frame* frame) : function_(function), frame_(frame) { Py_INCREF(function); }
  Callback(const Callback&) = delete;
  Callback& operator=(const Callback&) = delete;
  ~Callback() {
    if (!nb::is_alive()) return;  // the interpreter is gone, and the function with it
    const nb::gil_scoped_acquire gil;
    Py_DECREF(function_);
  }
  [[nodiscard]] PyObject* function() const { return function_; }
  /// Keeps the exception that is set for the call that waits for us; without one it is only reported.
  void failed();
  void left() { frame_ = nullptr; }

 private:
  PyObject* function_;
  Frame* frame_;
};

/// One call from Python: where we are, for messages, and what has to outlive it.
class Frame {
 public:
  explicit Frame(const char* function) : function_(function) {}
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;
  ~Frame() {
    for (const auto& callback : callbacks_) callback->left();
    for (PyObject* object : kept_) Py_DECREF(object);
  }

  const char* argument = nullptr;

  /// Raises a TypeError: "add(): argument `count`: expected an integer, found 'x'".
  [[noreturn]] void expected(const std::string& what, PyObject* found) const { raise(PyExc_TypeError, what, found); }
  [[noreturn]] void out_of_range(const std::string& what, PyObject* found) const {
    raise(PyExc_OverflowError, what, found);
  }
  [[noreturn]] void invalid(const std::string& what, PyObject* found) const { raise(PyExc_ValueError, what, found); }
  [[noreturn]] void say(PyObject* type, const std::string& text) const {
    PyErr_SetString(type, (where() + text).c_str());
    throw nb::python_error();
  }
  [[nodiscard]] const char* function() const { return function_; }

  void keep(PyObject* object) {
    Py_INCREF(object);
    kept_.push_back(object);
  }
  std::shared_ptr<Callback> callback(PyObject* function) {
    callbacks_.push_back(std::make_shared<Callback>(function, this));
    return callbacks_.back();
  }
  /// Takes the exception that is set; the first of several counts.
  void keep_exception() {
    nb::python_error caught;
    if (!pending_) pending_ = std::make_unique<nb::python_error>(std::move(caught));
  }
  void raise_kept() {
    if (!pending_) return;
    const std::unique_ptr<nb::python_error> exception = std::move(pending_);
    throw nb::python_error(std::move(*exception));
  }
  [[nodiscard]] nb::object kept_exception() const { return pending_ ? nb::borrow(pending_->value()) : nb::object(); }

 private:
  [[nodiscard]] std::string where() const {
    std::string out = std::string(function_) + "(): ";
    if (argument != nullptr) out += "argument `" + spell_name(Language::python, argument) + "`: ";
    return out;
  }
  [[noreturn]] void raise(PyObject* type, const std::string& what, PyObject* found) const {
    std::string text = where() + "expected " + what + ", found ";
    const nb::object repr = nb::steal(PyObject_Repr(found));
    const char* words = repr.is_valid() ? PyUnicode_AsUTF8AndSize(repr.ptr(), nullptr) : nullptr;
    if (words == nullptr || std::strlen(words) > 80) {
      PyErr_Clear();
      const nb::object name = nb::handle(reinterpret_cast<PyObject*>(Py_TYPE(found))).attr("__name__");
      words = PyUnicode_AsUTF8AndSize(name.ptr(), nullptr);
      text += "a value of type ";
    }
    text += words;
    PyErr_SetString(type, text.c_str());
    throw nb::python_error();
  }

  const char* function_;
  std::vector<PyObject*> kept_;
  std::vector<std::shared_ptr<Callback>> callbacks_;
  std::unique_ptr<nb::python_error> pending_;
};

inline void Callback::failed() {
  if (frame_ != nullptr) {
    frame_->keep_exception();
  } else {
    PyErr_WriteUnraisable(function_);
  }
}

inline nb::object checked(PyObject* object) {
  if (object == nullptr) throw nb::python_error();
  return nb::steal(object);
}

// From C++ to Python. Each gives a new reference or throws.

inline nb::object text_to(std::string_view text) {
  // Text that is not UTF-8 loses what cannot be shown, as in JavaScript.
  return checked(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
}
inline nb::object bytes_to(const void* data, std::size_t size) {
  return checked(PyBytes_FromStringAndSize(static_cast<const char*>(data), static_cast<Py_ssize_t>(size)));
}

template <const auto& S, class T>
nb::object to(T&& value);

/// Builds the Python value of a tree.
class TreeSink {
 public:
  void null() { put(nb::none()); }
  void boolean(bool value) { put(nb::borrow(value ? Py_True : Py_False)); }
  void integer(std::int64_t value) { put(checked(PyLong_FromLongLong(value))); }
  void natural(std::uint64_t value) { put(checked(PyLong_FromUnsignedLongLong(value))); }
  void number(double value) { put(checked(PyFloat_FromDouble(value))); }
  void text(std::string_view value) { put(text_to(value)); }
  void bytes(std::span<const std::byte> value) { put(bytes_to(value.data(), value.size())); }
  /// What has no event of its own: a date, say.
  template <const auto& S, class T>
  void value(const T& value) {
    put(to<S>(value));
  }
  void begin_list(std::size_t) { open_.push_back({checked(PyList_New(0)), nb::object()}); }
  void end_list() { close(); }
  void begin_map(std::size_t) { open_.push_back({checked(PyDict_New()), nb::object()}); }
  void key(std::string_view key) { open_.back().key = text_to(key); }
  void end_map() { close(); }
  nb::object take() { return std::move(done_); }

 private:
  struct Level {
    nb::object container;
    nb::object key;
  };
  void put(nb::object value) {
    if (open_.empty()) {
      done_ = std::move(value);
      return;
    }
    Level& level = open_.back();
    const int status = level.key.is_valid() ? PyDict_SetItem(level.container.ptr(), level.key.ptr(), value.ptr())
                                            : PyList_Append(level.container.ptr(), value.ptr());
    if (status != 0) throw nb::python_error();
  }
  void close() {
    nb::object done = std::move(open_.back().container);
    open_.pop_back();
    put(std::move(done));
  }
  std::vector<Level> open_;
  nb::object done_;
};

template <const auto& S, class T>
nb::object new_object(std::shared_ptr<T> value) {
  if (!value) return nb::none();
  const nb::handle type(type_object<S, T>);
  nb::object out = nb::inst_alloc(type);
  new (nb::inst_ptr<Box<T>>(out)) Box<T>{std::move(value)};
  nb::inst_mark_ready(out);
  return out;
}

template <const auto& S, class V>
nb::object to(V&& value) {
  using T = std::remove_cvref_t<V>;
  constexpr Kind kind = kind_of<T>;
  if constexpr (kind == Kind::boolean) {
    return nb::borrow(value ? Py_True : Py_False);
  } else if constexpr (kind == Kind::integer) {
    if constexpr (std::is_signed_v<T>) return checked(PyLong_FromLongLong(value));
    return checked(PyLong_FromUnsignedLongLong(static_cast<unsigned long long>(value)));
  } else if constexpr (kind == Kind::number) {
    return checked(PyFloat_FromDouble(static_cast<double>(value)));
  } else if constexpr (kind == Kind::text) {
    return text_to(value);
  } else if constexpr (kind == Kind::bytes) {
    return bytes_to(value.data(), value.size());
  } else if constexpr (kind == Kind::date) {
    return DateTime::get().date(static_cast<int>(value.year()), static_cast<unsigned>(value.month()),
                                static_cast<unsigned>(value.day()));
  } else if constexpr (kind == Kind::instant) {
    return DateTime::get().epoch + to<S>(value.time_since_epoch());
  } else if constexpr (kind == Kind::duration) {
    const auto whole = std::chrono::floor<std::chrono::days>(value);
    const auto rest = std::chrono::floor<std::chrono::microseconds>(value - whole);
    return DateTime::get().timedelta(static_cast<std::int64_t>(whole.count()), 0,
                                     static_cast<std::int64_t>(rest.count()));
  } else if constexpr (kind == Kind::optional) {
    if (!value) return nb::none();
    return to<S>(*std::forward<V>(value));
  } else if constexpr (kind == Kind::list) {
    nb::object out = checked(PyList_New(static_cast<Py_ssize_t>(value.size())));
    Py_ssize_t i = 0;
    for (auto&& item : value) {
      nb::object made = to<S>(static_cast<const item_of<T>&>(item));
      if (PyList_SetItem(out.ptr(), i++, made.release().ptr()) != 0) throw nb::python_error();
    }
    return out;
  } else if constexpr (kind == Kind::map) {
    nb::object out = checked(PyDict_New());
    for (const auto& [key, item] : value)
      if (PyDict_SetItem(out.ptr(), text_to(key).ptr(), to<S>(item).ptr()) != 0) throw nb::python_error();
    return out;
  } else if constexpr (kind == Kind::enumeration) {
    std::size_t i = 0;
    for (const auto& candidate : declaration_of<S, T>().values) {
      if (candidate.value == value) return nb::borrow(enum_members<S, T>[i]);
      ++i;
    }
    return checked(PyLong_FromLongLong(static_cast<long long>(value)));
  } else if constexpr (kind == Kind::record) {
    nb::object out = nb::inst_alloc(type_object<S, T>);
    new (nb::inst_ptr<T>(out)) T(std::forward<V>(value));
    nb::inst_mark_ready(out);
    return out;
  } else if constexpr (kind == Kind::object && detail::is_a<T, std::shared_ptr>) {
    static_assert(!std::is_const_v<typename T::element_type>,
                  "superffi: Python knows no const: give std::shared_ptr<T>, or a copy");
    return new_object<S>(value);
  } else if constexpr (kind == Kind::object) {
    return new_object<S>(std::make_shared<T>(std::forward<V>(value)));
  } else if constexpr (kind == Kind::tree) {
    TreeSink sink;
    Tree<T>::write(value, sink);
    return sink.take();
  } else {
    static_assert(detail::always_false<T>, "superffi: C++ gives no callbacks to Python");
    return {};
  }
}

// From Python to C++. Each gives a T or throws with the frame's words. What is viewed stays alive with the frame.

template <const auto& S, class T>
T from(PyObject* object, Frame& frame);

template <class T>
T integer_from(PyObject* object, Frame& frame) {
  if (PyBool_Check(object) || !PyIndex_Check(object)) frame.expected("an integer", object);
  const nb::object index = PyLong_Check(object) ? nb::borrow(object) : checked(PyNumber_Index(object));
  const auto refuse = [&] {
    PyErr_Clear();
    frame.out_of_range("an integer from " + std::to_string(std::numeric_limits<T>::min()) + " to " +
                           std::to_string(std::numeric_limits<T>::max()),
                       object);
  };
  if constexpr (std::is_signed_v<T>) {
    const long long value = PyLong_AsLongLong(index.ptr());
    if ((value == -1 && PyErr_Occurred()) || !std::in_range<T>(value)) refuse();
    return static_cast<T>(value);
  } else {
    const unsigned long long value = PyLong_AsUnsignedLongLong(index.ptr());
    if ((value == ~0ULL && PyErr_Occurred()) || !std::in_range<T>(value)) refuse();
    return static_cast<T>(value);
  }
}

inline std::string_view text_from(PyObject* object, Frame& frame) {
  if (!PyUnicode_Check(object)) frame.expected("a str", object);
  Py_ssize_t size = 0;
  const char* data = PyUnicode_AsUTF8AndSize(object, &size);
  if (data == nullptr) {
    PyErr_Clear();
    frame.invalid("text without lone surrogates", object);
  }
  return {data, static_cast<std::size_t>(size)};
}

/// The bytes of a buffer, held while the call runs.
class BufferView {
 public:
  BufferView(PyObject* object, Frame& frame) {
    if (PyUnicode_Check(object) || PyObject_GetBuffer(object, &view_, PyBUF_SIMPLE) != 0) {
      PyErr_Clear();
      frame.expected("bytes", object);
    }
  }
  BufferView(const BufferView&) = delete;
  BufferView& operator=(const BufferView&) = delete;
  ~BufferView() { PyBuffer_Release(&view_); }
  template <class Byte>
  [[nodiscard]] std::span<const Byte> as() const {
    return {static_cast<const Byte*>(view_.buf), static_cast<std::size_t>(view_.len)};
  }

 private:
  Py_buffer view_{};
};

/// The receiver or an object argument, kept from dying while a call is in it.
template <class T>
class Use {
 public:
  Use(PyObject* object, PyObject* type, const char* name, Frame& frame) {
    if (!nb::isinstance(object, type)) frame.expected(name, object);
    if (!nb::inst_ready(object)) frame.say(PyExc_ValueError, std::string("this ") + name + " was never made");
    box_ = nb::inst_ptr<Box<T>>(object);
    if (!box_->value) frame.say(PyExc_ValueError, std::string("this ") + name + " is closed or used up");
    object_ = object;
    Py_INCREF(object_);
    value_ = box_->value.get();
    ++box_->uses;
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use() {
    --box_->uses;
    consumed_.reset();
    Py_DECREF(object_);
  }
  [[nodiscard]] T& value() const { return *value_; }
  [[nodiscard]] std::shared_ptr<T> shared() const { return box_->value; }
  /// Ends it for Python; the caller moves from value(). Only when every argument was read.
  void consume(const char* name, Frame& frame) {
    if (box_->uses > 1)
      frame.say(PyExc_ValueError, std::string("this ") + name + " is used by another call and cannot be used up");
    if (box_->value.use_count() > 1)
      frame.say(PyExc_ValueError, std::string("this ") + name + " is held by others and cannot be used up");
    consumed_ = std::move(box_->value);
  }

 private:
  Box<T>* box_ = nullptr;
  PyObject* object_ = nullptr;
  T* value_ = nullptr;
  std::shared_ptr<T> consumed_;
};

/// Walks a Python value into a tree.
template <const auto& S, class Builder>
void build_tree(PyObject* object, Builder& builder, Frame& frame) {
  if (object == Py_None) return builder.null();
  if (PyBool_Check(object)) return builder.boolean(object == Py_True);
  if (PyLong_Check(object)) {
    int overflow = 0;
    const long long value = PyLong_AsLongLongAndOverflow(object, &overflow);
    if (overflow == 0) return builder.integer(value);
    const unsigned long long natural = overflow > 0 ? PyLong_AsUnsignedLongLong(object) : 0;
    if (overflow < 0 || PyErr_Occurred()) {
      PyErr_Clear();
      frame.out_of_range("an integer of 64 bits", object);
    }
    return builder.natural(natural);
  }
  if (PyFloat_Check(object)) return builder.number(PyFloat_AsDouble(object));
  if (PyUnicode_Check(object)) return builder.text(text_from(object, frame));
  if constexpr (requires { builder.bytes(std::span<const std::byte>()); }) {
    if (PyBytes_Check(object)) return builder.bytes(BufferView(object, frame).as<std::byte>());
  }
  if (Py_EnterRecursiveCall(" in a nested value")) throw nb::python_error();
  struct Leave {
    ~Leave() { Py_LeaveRecursiveCall(); }
  } leave;
  if (PyList_Check(object) || PyTuple_Check(object)) {
    const nb::object items = checked(PySequence_Tuple(object));
    const Py_ssize_t size = PyTuple_Size(items.ptr());
    builder.begin_list(static_cast<std::size_t>(size));
    for (Py_ssize_t i = 0; i < size; ++i) build_tree<S>(PyTuple_GetItem(items.ptr(), i), builder, frame);
    return builder.end_list();
  }
  if (!nb::hasattr(object, "items")) frame.expected("None, bool, int, float, str, a list or a mapping", object);
  const nb::object items = checked(PySequence_Tuple(nb::handle(object).attr("items")().ptr()));
  const Py_ssize_t size = PyTuple_Size(items.ptr());
  builder.begin_map(static_cast<std::size_t>(size));
  for (Py_ssize_t i = 0; i < size; ++i) {
    const nb::object pair = checked(PySequence_Tuple(PyTuple_GetItem(items.ptr(), i)));
    if (PyTuple_Size(pair.ptr()) != 2) frame.expected("a mapping", object);
    builder.key(text_from(PyTuple_GetItem(pair.ptr(), 0), frame));
    build_tree<S>(PyTuple_GetItem(pair.ptr(), 1), builder, frame);
  }
  builder.end_map();
}

template <const auto& S, class F>
struct MakeFunction;
template <const auto& S, class R, class... A>
struct MakeFunction<S, std::function<R(A...)>> {
  using Value = outcome_value<R>;
  static constexpr bool fails = Outcome<std::remove_cvref_t<R>>::fails;
  static_assert(std::is_void_v<Value> || !std::is_same_v<Value, std::string_view>,
                "superffi: a callback gives std::string: nobody would own the view");
  static_assert(fails || std::is_void_v<Value> || std::is_default_constructible_v<Value>,
                "superffi: a callback that throws gives an empty result, so its result can be made empty; or let it "
                "give a result that may fail");

  static R failed(Callback& callback) {
    if constexpr (fails) {
      using E = typename Outcome<std::remove_cvref_t<R>>::error;
      using Spelling = typename std::remove_cvref_t<decltype(declaration_of<S, E>())>::spelling;
      nb::python_error caught;
      std::string message = caught.what();
      if (const auto last = message.find_last_not_of('\n'); last != std::string::npos) message.resize(last + 1);
      if (const auto line = message.rfind('\n'); line != std::string::npos) message.erase(0, line + 1);
      caught.restore();
      callback.failed();
      return Spelling::from_callback(message);
    } else {
      callback.failed();
      if constexpr (!std::is_void_v<Value>) return Value();
    }
  }

  static std::function<R(A...)> make(PyObject* object, Frame& frame) {
    if (!PyCallable_Check(object)) frame.expected("a callable", object);
    return [callback = frame.callback(object)](A... args) -> R {
      if (!nb::is_alive()) {
        if constexpr (fails) {
          using E = typename Outcome<std::remove_cvref_t<R>>::error;
          return std::remove_cvref_t<decltype(declaration_of<S, E>())>::spelling::from_callback("Python has ended");
        } else if constexpr (std::is_void_v<Value>) {
          return;
        } else {
          return Value();
        }
      }
      const nb::gil_scoped_acquire gil;
      try {
        const nb::object tuple = checked(PyTuple_New(sizeof...(A)));
        Py_ssize_t i = 0;
        (void)i;
        (PyTuple_SetItem(tuple.ptr(), i++, to<S>(std::forward<A>(args)).release().ptr()), ...);
        const nb::object result = checked(PyObject_Call(callback->function(), tuple.ptr(), nullptr));
        if constexpr (std::is_void_v<Value>) {
          return R();
        } else {
          Frame inner("callback");
          inner.argument = "result";
          return from<S, Value>(result.ptr(), inner);
        }
      } catch (nb::python_error& error) {
        error.restore();
        return failed(*callback);
      }
    };
  }
};

template <const auto& S, class T>
T from(PyObject* object, Frame& frame) {
  constexpr Kind kind = kind_of<T>;
  if constexpr (kind == Kind::boolean) {
    if (!PyBool_Check(object)) frame.expected("True or False", object);
    return object == Py_True;
  } else if constexpr (kind == Kind::integer) {
    return integer_from<T>(object, frame);
  } else if constexpr (kind == Kind::number) {
    if (PyBool_Check(object) ||
        !(PyFloat_Check(object) || PyLong_Check(object) || PyIndex_Check(object) || nb::hasattr(object, "__float__")))
      frame.expected("a number", object);
    const double value = PyFloat_AsDouble(object);
    if (value == -1 && PyErr_Occurred()) throw nb::python_error();
    return static_cast<T>(value);
  } else if constexpr (kind == Kind::text) {
    const std::string_view text = text_from(object, frame);
    if constexpr (std::is_same_v<T, std::string_view>) frame.keep(object);
    return T(text);
  } else if constexpr (kind == Kind::bytes) {
    static_assert(!detail::is_span<T>, "superffi: bytes within other values are std::vector<std::byte>");
    const BufferView view(object, frame);
    const auto bytes = view.as<typename T::value_type>();
    return T(bytes.begin(), bytes.end());
  } else if constexpr (kind == Kind::date) {
    const DateTime& module = DateTime::get();
    if (!nb::isinstance(object, module.date) || nb::isinstance(object, module.datetime))
      frame.expected("a datetime.date", object);
    const nb::handle date(object);
    return std::chrono::year(nb::cast<int>(date.attr("year"))) / nb::cast<int>(date.attr("month")) /
           nb::cast<int>(date.attr("day"));
  } else if constexpr (kind == Kind::instant) {
    const DateTime& module = DateTime::get();
    if (!nb::isinstance(object, module.datetime)) frame.expected("a datetime.datetime", object);
    if (nb::handle(object).attr("tzinfo").is_none()) frame.invalid("a datetime that says its time zone", object);
    const nb::object since = nb::borrow(object) - module.epoch;
    return T(from<S, typename T::duration>(since.ptr(), frame));
  } else if constexpr (kind == Kind::duration) {
    if (!nb::isinstance(object, DateTime::get().timedelta)) frame.expected("a datetime.timedelta", object);
    const nb::handle delta(object);
    const std::chrono::microseconds micros(nb::cast<std::int64_t>(delta.attr("microseconds")));
    const std::chrono::seconds seconds(nb::cast<std::int64_t>(delta.attr("seconds")));
    const std::chrono::days days(nb::cast<int>(delta.attr("days")));
    // 64 bits of nanoseconds are 292 years; a timedelta has more.
    const double limit = std::chrono::duration<double>(T::max()).count();
    if (std::abs(std::chrono::duration<double>(days).count()) >= limit) frame.out_of_range("a shorter time", object);
    return std::chrono::duration_cast<T>(days) + std::chrono::duration_cast<T>(seconds + micros);
  } else if constexpr (kind == Kind::optional) {
    if (object == Py_None) return std::nullopt;
    return T(from<S, item_of<T>>(object, frame));
  } else if constexpr (kind == Kind::list) {
    if (PyUnicode_Check(object) || PyBytes_Check(object) || PyDict_Check(object)) frame.expected("a list", object);
    const nb::object items = nb::steal(PySequence_Tuple(object));
    if (!items.is_valid()) {
      if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw nb::python_error();
      PyErr_Clear();
      frame.expected("a list", object);
    }
    const Py_ssize_t size = PyTuple_Size(items.ptr());
    T out;
    out.reserve(static_cast<std::size_t>(size));
    for (Py_ssize_t i = 0; i < size; ++i) out.push_back(from<S, item_of<T>>(PyTuple_GetItem(items.ptr(), i), frame));
    return out;
  } else if constexpr (kind == Kind::map) {
    if (!nb::hasattr(object, "items")) frame.expected("a mapping", object);
    const nb::object items = checked(PySequence_Tuple(nb::handle(object).attr("items")().ptr()));
    const Py_ssize_t size = PyTuple_Size(items.ptr());
    T out;
    for (Py_ssize_t i = 0; i < size; ++i) {
      const nb::object pair = checked(PySequence_Tuple(PyTuple_GetItem(items.ptr(), i)));
      if (PyTuple_Size(pair.ptr()) != 2) frame.expected("a mapping", object);
      out.insert(out.end(), typename T::value_type(std::string(text_from(PyTuple_GetItem(pair.ptr(), 0), frame)),
                                                   from<S, item_of<T>>(PyTuple_GetItem(pair.ptr(), 1), frame)));
    }
    return out;
  } else if constexpr (kind == Kind::enumeration) {
    const auto& declaration = declaration_of<S, T>();
    std::string names;
    for (std::size_t i = 0; i < declaration.values.size(); ++i) {
      if (object == enum_members<S, T>[i]) return declaration.values[i].value;
      names += (i > 0 ? ", " : "") + detail::quoted(declaration.values[i].name);
    }
    if (PyUnicode_Check(object)) {
      const std::string_view text = text_from(object, frame);
      for (const auto& value : declaration.values)
        if (text == value.name) return value.value;
      frame.invalid("one of " + names, object);
    }
    frame.expected(std::string("a ") + declaration.name + " (" + names + ")", object);
  } else if constexpr (kind == Kind::record) {
    if (!nb::isinstance(object, type_object<S, T>))
      frame.expected(std::string("a ") + declaration_of<S, T>().name, object);
    if (!nb::inst_ready(object)) frame.say(PyExc_ValueError, "this record was never made");
    return *nb::inst_ptr<T>(object);
  } else if constexpr (kind == Kind::object) {
    using C = object_of<T>;
    const Use<C> use(object, type_object<S, C>, declaration_of<S, C>().name, frame);
    if constexpr (detail::is_a<T, std::shared_ptr>) {
      return use.shared();
    } else {
      return use.value();
    }
  } else if constexpr (kind == Kind::tree) {
    typename Tree<T>::Builder builder;
    build_tree<S>(object, builder, frame);
    return builder.take();
  } else if constexpr (kind == Kind::callback) {
    return MakeFunction<S, T>::make(object, frame);
  }
}

/// Holds an argument while the function runs; get() hands it over as the function wants it.
template <const auto& S, class P>
class Held {
 public:
  Held(PyObject* object, Frame& frame) : value_(from<S, detail::stored_as<P>>(object, frame)) {}
  void ready(Frame&) {}
  P get() { return static_cast<P>(std::move(value_)); }

 private:
  detail::stored_as<P> value_;
};
template <const auto& S, class P>
  requires(!std::is_rvalue_reference_v<P> && std::is_reference_v<P> && kind_of<P> != Kind::object)
class Held<S, P> {
 public:
  Held(PyObject* object, Frame& frame) : value_(from<S, detail::stored_as<P>>(object, frame)) {}
  void ready(Frame&) {}
  P get() { return value_; }

 private:
  detail::stored_as<P> value_;
};
template <const auto& S, class P>
  requires(std::is_same_v<std::remove_cvref_t<P>, std::string_view>)
class Held<S, P> {
 public:
  Held(PyObject* object, Frame& frame) : value_(text_from(object, frame)) {}
  void ready(Frame&) {}
  std::string_view get() { return value_; }

 private:
  std::string_view value_;  // the caller holds the str
};
template <const auto& S, class P>
  requires(kind_of<P> == Kind::bytes && detail::is_span<std::remove_cvref_t<P>>)
class Held<S, P> {
 public:
  Held(PyObject* object, Frame& frame) : view_(object, frame) {}
  void ready(Frame&) {}
  std::remove_cvref_t<P> get() {
    return view_.as<std::remove_const_t<typename std::remove_cvref_t<P>::element_type>>();
  }

 private:
  BufferView view_;
};
template <const auto& S, class P>
  requires(kind_of<P> == Kind::object && !detail::is_a<std::remove_cvref_t<P>, std::shared_ptr>)
class Held<S, P> {
  using T = std::remove_cvref_t<P>;

 public:
  Held(PyObject* object, Frame& frame) : use_(object, type_object<S, T>, declaration_of<S, T>().name, frame) {}
  void ready(Frame& frame) {
    if constexpr (std::is_rvalue_reference_v<P>) use_.consume(declaration_of<S, T>().name, frame);
  }
  P get() { return static_cast<P>(use_.value()); }

 private:
  Use<T> use_;
};

template <const auto& S, class E>
[[noreturn]] void raise_error(const E& error, Frame& frame) {
  using Spelling = typename std::remove_cvref_t<decltype(declaration_of<S, E>())>::spelling;
  const nb::handle type(type_object<S, E>);
  const nb::object exception = type(text_to(Spelling::message(error)));
  nb::object list = checked(PyList_New(0));
  for (const auto& problem : Spelling::problems(error))
    if (PyList_Append(list.ptr(), to<S>(problem).ptr()) != 0) throw nb::python_error();
  exception.attr("errors") = list;
  if (const nb::object cause = frame.kept_exception(); cause.is_valid())
    PyException_SetCause(exception.ptr(), nb::object(cause).release().ptr());
  PyErr_SetObject(type.ptr(), exception.ptr());
  throw nb::python_error();
}

/// One bound function: what nanobind calls, by its number of arguments only, so that few templates of its are made.
struct Entry {
  PyObject* (*run)(const Entry&, PyObject* const* args);
  const void* item;
  std::string name;  ///< "Inventory.add"
  std::string signature;
};

template <const auto& S, class Item, class T, class Sig>
struct Run;
template <const auto& S, class Item, class T, class R, class Self, class... P>
struct Run<S, Item, T, Signature<R, Self, P...>> {
  static constexpr bool receives = !std::is_void_v<Self>;
  static constexpr bool constructs = Item::role == Role::constructor;
  using Receiver = std::conditional_t<receives, Self, int>;
  using F = typename Item::function;

  static PyObject* run(const Entry& entry, PyObject* const* args) {
    Frame frame(entry.name.c_str());
    if constexpr (receives) {
      Held<S, Receiver> self(args[0], frame);
      return with_args(entry, args + 1, frame, &self, std::index_sequence_for<P...>());
    } else {
      return with_args(entry, args + constructs, frame, args, std::index_sequence_for<P...>());
    }
  }

  template <class First, std::size_t... I>
  static PyObject* with_args(const Entry& entry, PyObject* const* args, Frame& frame, First* self,
                             std::index_sequence<I...>) {
    const Item& item = *static_cast<const Item*>(entry.item);
    (void)item;
    (void)args;
    std::tuple<std::optional<Held<S, P>>...> held;
    ((frame.argument = std::get<I>(item.args).name, std::get<I>(held).emplace(args[I], frame)), ...);
    frame.argument = nullptr;
    (std::get<I>(held)->ready(frame), ...);
    if constexpr (receives) self->ready(frame);
    const auto call = [&]() -> decltype(auto) {
      if constexpr (receives) {
        return F::call(self->get(), std::get<I>(held)->get()...);
      } else {
        return F::call(std::get<I>(held)->get()...);
      }
    };
    const auto unlocked = [&]() -> R {
      if constexpr ((Item::flags & detail::flag_releases_gil) != 0) {
        const nb::gil_scoped_release release;
        return call();
      } else {
        return call();
      }
    };
    if constexpr (std::is_void_v<R>) {
      unlocked();
      frame.raise_kept();
      Py_RETURN_NONE;
    } else {
      decltype(auto) result = unlocked();
      if constexpr (Outcome<std::remove_cvref_t<R>>::fails) {
        if (!result.has_value()) raise_error<S>(result.error(), frame);
        frame.raise_kept();
        if constexpr (std::is_void_v<outcome_value<R>>) {
          Py_RETURN_NONE;
        } else if constexpr (constructs) {
          return made(args[-1], *std::forward<decltype(result)>(result));
        } else {
          return to<S>(*std::forward<decltype(result)>(result)).release().ptr();
        }
      } else {
        frame.raise_kept();
        if constexpr (constructs) {
          return made(args[-1], std::forward<decltype(result)>(result));
        } else if constexpr (Item::role == Role::iterable) {
          return PyObject_GetIter(to<S>(std::forward<decltype(result)>(result)).ptr());
        } else {
          return to<S>(std::forward<decltype(result)>(result)).release().ptr();
        }
      }
    }
  }

  template <class V>
  static PyObject* made(PyObject* self, V&& value) {
    auto* const place = reinterpret_cast<Box<T>*>(self);  // see init_trampoline
    if constexpr (detail::is_a<std::remove_cvref_t<V>, std::shared_ptr>) {
      new (place) Box<T>{std::forward<V>(value)};
    } else {
      new (place) Box<T>{std::make_shared<T>(std::forward<V>(value))};
    }
    Py_RETURN_NONE;
  }
};

template <std::size_t>
using Any = nb::handle;

template <std::size_t N>
auto trampoline(const Entry* entry) {
  return [entry]<std::size_t... I>(std::index_sequence<I...>) {
    return [entry](Any<I>... args) -> nb::object {
      PyObject* const objects[] = {args.ptr()..., nullptr};
      PyObject* const result = entry->run(*entry, objects);
      if (result == nullptr) throw nb::python_error();
      return nb::steal(result);
    };
  }(std::make_index_sequence<N>());
}

/// nanobind knows a constructor by the type of its first argument: the raw place of the new object, which we hand on
/// where other functions have their receiver.
template <class T, std::size_t N>
auto init_trampoline(const Entry* entry) {
  return [entry]<std::size_t... I>(std::index_sequence<I...>) {
    return [entry](Box<T>* place, Any<I>... args) {
      PyObject* const objects[] = {reinterpret_cast<PyObject*>(place), args.ptr()..., nullptr};
      PyObject* const result = entry->run(*entry, objects);
      if (result == nullptr) throw nb::python_error();
      Py_DECREF(result);
    };
  }(std::make_index_sequence<N>());
}

/// Lives as long as the process, as the functions that point to it.
inline Entry* new_entry(Entry entry) {
  static std::deque<Entry> entries;
  return &entries.emplace_back(std::move(entry));
}
inline const char* lasting(std::string text) {
  return new_entry({nullptr, nullptr, std::move(text), {}})->name.c_str();
}

template <const auto& S, class P, class A>
auto nb_arg(const A& arg) {
  const char* const name = lasting(spell_name(Language::python, arg.name));
  if constexpr (!A::has_default) {
    return nb::arg(name).none();  // what does not fit is told by us
  } else {
    using D = typename A::default_type;
    nb::object value;
    if constexpr (std::is_same_v<D, std::nullopt_t>) {
      value = nb::none();
    } else if constexpr (kind_of<P> == Kind::optional) {
      value = to<S>(std::optional<item_of<P>>(arg.value));
    } else if constexpr (std::is_same_v<D, Empty>) {
      if constexpr (kind_of<P> == Kind::list) {
        value = checked(PyTuple_New(0));
      } else if constexpr (kind_of<P> == Kind::callback || kind_of<P> == Kind::object) {
        static_assert(detail::always_false<D>, "superffi: an object or callback has no empty default");
      } else {
        value = to<S>(detail::stored_as<P>());
      }
    } else {
      value = to<S>(detail::stored_as<P>(arg.value));
    }
    return nb::arg(name).none() = value;
  }
}

template <const auto& S, class Item, class Sig>
struct Define;
template <const auto& S, class Item, class R, class Self, class... P>
struct Define<S, Item, Signature<R, Self, P...>> {
  /// Calls define(function, nb::sig, doc, nb::arg…).
  template <class T, class F>
  static void as(const Item& item, const char* name, const std::string& full_name, F&& define) {
    constexpr bool on_class = Item::role != Role::static_method && Item::role != Role::function;
    const CallModel model = detail::call_model<S>(item);
    Entry* const entry =
        new_entry({&Run<S, Item, T, Signature<R, Self, P...>>::run, &item, full_name, python_signature(model, name)});
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      const auto function = [entry] {
        if constexpr (Item::role == Role::constructor) {
          return init_trampoline<T, sizeof...(P)>(entry);
        } else {
          return trampoline<sizeof...(P) + on_class>(entry);
        }
      }();
      define(function, nb::sig(entry->signature.c_str()), item.doc, nb_arg<S, P>(std::get<I>(item.args))...);
    }(std::index_sequence_for<P...>());
  }
};

template <class Item>
std::string python_name(const Item& item) {
  const char* const other = item.renamed[static_cast<std::size_t>(Language::python)];
  if (other != nullptr) return other;
  return spell_member(Language::python, item.name);
}

template <const auto& S>
class Binder {
 public:
  explicit Binder(nb::module_& module) : module_(module) {}

  template <class E, std::size_t N>
  void operator()(const Enumeration<E, N>& item) {
    nb::list values;
    for (const auto& value : item.values) values.append(nb::make_tuple(upper_case(value.name).c_str(), value.name));
    const nb::object type =
        nb::module_::import_("enum").attr("Enum")(item.name, values, nb::arg("module") = module_.attr("__name__"),
                                                  nb::arg("type") = nb::handle((PyObject*)&PyUnicode_Type));
    type.attr("__doc__") = item.doc;
    for (const auto& value : item.values)
      enum_members<S, E>.push_back(nb::object(type.attr(upper_case(value.name).c_str())).release().ptr());
    publish<E>(item.name, type);
  }

  template <class T, class... Fields>
  void operator()(const Record<T, Fields...>& item) {
    // The fields, one by one, as arguments by name; what is left out is as in an empty record.
    nb::class_<T> type(module_, item.name, item.doc);
    publish<T>(item.name, type);
    nb::list names;
    std::string signature = "def __init__(self, *";
    for_each(item.fields, [&]<class Field>(const Field& field) {
      const char* const name = lasting(spell_name(Language::python, field.name));
      names.append(name);
      signature += std::string(", ") + name + ": " +
                   python_type(detail::type_model<S, typename Field::type>(), Flow::in) + " = ...";
      type.def_prop_rw(
          name, [](const T& self) { return to<S>(self.*Field::member); },
          [name](T& self, nb::handle value) {
            Frame frame(name);
            self.*Field::member = from<S, typename Field::type>(value.ptr(), frame);
          },
          nb::for_getter(nb::sig(lasting(std::string("def ") + name + "(self) -> " +
                                         python_type(detail::type_model<S, typename Field::type>(), Flow::out)))),
          nb::for_setter(
              nb::sig(lasting(std::string("def ") + name + "(self, value: " +
                              python_type(detail::type_model<S, typename Field::type>(), Flow::in) + ") -> None"))),
          nb::for_setter(nb::arg("value").none()), field.doc);
    });
    type.def(
        "__init__",
        [&item](T* self, const nb::kwargs& given) {
          new (self) T();
          for (const auto& [key, value] : given) {
            const std::string_view name = nb::cast<const char*>(key);
            bool known = false;
            for_each(item.fields, [&]<class Field>(const Field& field) {
              if (known || name != spell_name(Language::python, field.name)) return;
              known = true;
              Frame frame(item.name);
              frame.argument = field.name;
              self->*Field::member = from<S, typename Field::type>(value.ptr(), frame);
            });
            if (!known) Frame(item.name).say(PyExc_TypeError, "there is no field `" + std::string(name) + "`");
          }
        },
        nb::sig(lasting(signature + ") -> None")), nb::arg("given"));
    type.attr("__match_args__") = nb::tuple(names);
    type.def(
        "__eq__",
        [](nb::handle self, nb::handle other) -> nb::object {
          if (!nb::isinstance(other, self.type())) return nb::borrow(Py_NotImplemented);
          for (nb::handle name : self.attr("__match_args__"))
            if (!self.attr(name).equal(other.attr(name))) return nb::borrow(Py_False);
          return nb::borrow(Py_True);
        },
        nb::arg("other").none(), nb::sig("def __eq__(self, other: object) -> bool"));
    type.attr("__hash__") = nb::none();
    type.def(
        "__repr__",
        [&item](nb::handle self) {
          std::string out = std::string(item.name) + "(";
          const char* separator = "";
          for (nb::handle name : self.attr("__match_args__")) {
            out += separator + std::string(nb::str(name).c_str()) + "=" + nb::repr(self.attr(name)).c_str();
            separator = ", ";
          }
          return nb::str((out + ")").c_str());
        },
        nb::sig("def __repr__(self) -> str"));
  }

  template <class E, class Spelling>
  void operator()(const Error<E, Spelling>& item) {
    const std::string name = std::string(nb::cast<const char*>(module_.attr("__name__"))) + "." + item.name;
    const nb::object base = nb::module_::import_("builtins").attr(item.python_base);
    publish<E>(item.name, checked(PyErr_NewExceptionWithDoc(name.c_str(), item.doc, base.ptr(), nullptr)));
  }

  template <class T, class... Members>
  void operator()(const Class<T, Members...>& item) {
    nb::class_<Box<T>> type(module_, item.name, item.doc, nb::is_weak_referenceable());
    publish<T>(item.name, type);
    const auto name = item.name;
    type.def(
        "close", [](Box<T>& self) { close(self); }, "Ends it; what was begun on it goes on to its end.",
        nb::sig("def close(self) -> None"));
    type.def(
        "__enter__", [](nb::handle self) { return nb::borrow(self); },
        nb::sig(lasting("def __enter__(self) -> " + std::string(name))));
    type.def(
        "__exit__", [](Box<T>& self, const nb::args&) { close(self); },
        nb::sig("def __exit__(self, *exception: object) -> None"));
    type.def_prop_ro(
        "closed", [](const Box<T>& self) { return !self.value; }, "Whether it is closed or used up.",
        nb::for_getter(nb::sig("def closed(self) -> bool")));
    for_each(item.members, [&](const auto& member) { add<T>(type, item.name, member); });
  }

  template <Role R, class F, class Sig, unsigned Flags, unsigned Languages, class... Args>
  void operator()(const Callable<R, F, Sig, Flags, Languages, Args...>& item) {
    using Item = Callable<R, F, Sig, Flags, Languages, Args...>;
    if constexpr (Item::in(Language::python)) {
      const char* const name = lasting(spell_name(Language::python, python_name(item)));
      Define<S, Item, Sig>::template as<void>(
          item, name, name, [&](auto function, auto... extra) { module_.def(name, function, extra...); });
    }
  }

 private:
  template <class T>
  static void close(Box<T>& self) {
    // A call that is in it holds its own share: see Use.
    if (self.uses > 0) {
      PyErr_SetString(PyExc_ValueError, "close(): another call is using it");
      throw nb::python_error();
    }
    const std::shared_ptr<T> last = std::move(self.value);
  }

  template <class T>
  void publish(const char* name, nb::handle type) {
    module_.attr(name) = type;
    type_object<S, T> = nb::borrow(type).release().ptr();
  }

  template <class T, class Type, Role R, class F, class Sig, unsigned Flags, unsigned Languages, class... Args>
  void add(Type& type, const char* class_name, const Callable<R, F, Sig, Flags, Languages, Args...>& item) {
    using Item = Callable<R, F, Sig, Flags, Languages, Args...>;
    if constexpr (Item::in(Language::python)) {
      const char* const name = lasting(R == Role::constructor ? "__init__"
                                       : R == Role::iterable  ? "__iter__"
                                                              : python_name(item));
      const std::string full = R == Role::constructor ? class_name : std::string(class_name) + "." + name;
      Define<S, Item, Sig>::template as<T>(item, name, full, [&](auto function, auto... extra) {
        if constexpr (R == Role::static_method) {
          type.def_static(name, function, extra...);
        } else {
          type.def(name, function, extra...);
        }
      });
    }
  }
  template <class T, class Type, class G, class W>
  void add(Type& type, const char* class_name, const Property<G, W>& item) {
    if constexpr (G::in(Language::python)) {
      const std::string name = python_name(item.getter);
      if (name.starts_with("__")) return add<T>(type, class_name, item.getter);  // __len__ and its like are methods
      const std::string full = std::string(class_name) + "." + name;
      const CallModel model = detail::call_model<S>(item.getter);
      Entry* const get =
          new_entry({&Run<S, G, T, typename G::signature>::run, &item.getter, full, python_signature(model, name)});
      const auto sig = nb::for_getter(nb::sig(get->signature.c_str()));
      if constexpr (std::is_same_v<W, ReadOnly>) {
        type.def_prop_ro(lasting(name), trampoline<1>(get), sig, item.getter.doc);
      } else {
        Entry* const set = new_entry({&Run<S, W, T, typename W::signature>::run, &item.setter, full, {}});
        set->signature = python_signature(detail::call_model<S>(item.setter), name);
        type.def_prop_rw(lasting(name), trampoline<1>(get), trampoline<2>(set), sig,
                         nb::for_setter(nb::sig(set->signature.c_str())), nb::for_setter(nb::arg("value").none()),
                         item.getter.doc);
      }
    }
  }

  nb::module_& module_;
};

/// Fills a module with a surface. Once per process: subinterpreters are refused by nanobind.
template <const auto& S>
void bind(nb::module_& module) {
  module.attr("__doc__") = S.doc;
  Binder<S> binder(module);
  for_each(S.items, binder);
  module.attr("__surface_checksum__") = checksum<S>();
}

}  // namespace superffi::python
