// A surface as plain run-time data, for code that need not be a template: the emitter, and the binders' texts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "superffi/checksum.hpp"
#include "superffi/declare.hpp"

namespace superffi {

struct TypeModel {
  Kind kind = Kind::nothing;
  unsigned bits = 0;          ///< integer, number
  bool is_signed = false;     ///< integer
  std::string name;           ///< enumeration, record, object: the declared name
  Pass pass = Pass::value;    ///< arguments that are objects
  bool fails = false;         ///< the result of a callback that may fail
  bool numbered = false;      ///< object: C has a number for it, not a pointer
  std::vector<TypeModel> of;  ///< optional, list, map: the item; callback: the result, then the arguments
  bool operator==(const TypeModel&) const = default;
};

struct EmptyLiteral {};
using Literal =
    std::variant<std::monostate, std::nullopt_t, EmptyLiteral, bool, std::int64_t, std::uint64_t, double, std::string>;

struct ArgModel {
  std::string name;
  TypeModel type;
  Literal default_value;  ///< monostate: none. Of an enumeration: the name of the enumerator
  [[nodiscard]] bool has_default() const { return default_value.index() != 0; }
};

struct CallModel {
  Role role = Role::function;
  std::string name;
  std::string doc;
  TypeModel result;
  std::vector<ArgModel> args;
  bool fails = false;
  bool consumes = false;  ///< the receiver is used up
  unsigned flags = 0;
  unsigned languages = 0;
  std::array<std::string, 4> renamed;
  std::size_t member = 0;  ///< its place in the tuple of its class
  bool setter_of_property = false;

  [[nodiscard]] bool in(Language language) const { return (languages & detail::bit(language)) != 0; }
  [[nodiscard]] bool is_async() const { return (flags & detail::flag_async) != 0; }
  [[nodiscard]] bool also_async() const { return (flags & detail::flag_also_async) != 0; }
  [[nodiscard]] bool has_receiver() const {
    return role == Role::method || role == Role::iterable || role == Role::getter || role == Role::setter;
  }
  /// The name of a member or free function in a language.
  [[nodiscard]] std::string name_in(Language language) const {
    const std::string& other = renamed[static_cast<std::size_t>(language)];
    if (!other.empty()) return other;
    return role == Role::function ? spell_name(language, name) : spell_member(language, name);
  }
};

struct EnumeratorModel {
  std::string name;
  std::string doc;
  std::int64_t value = 0;
};
struct EnumerationModel {
  std::string name;
  std::string doc;
  std::vector<EnumeratorModel> values;
};
struct FieldModel {
  std::string name;
  std::string doc;
  TypeModel type;
  Literal default_value;  ///< what an empty record has; of lists, optionals and their like it is empty
};
struct RecordModel {
  std::string name;
  std::string doc;
  std::size_t item = 0;  ///< its place in the surface
  std::vector<FieldModel> fields;
};
struct ErrorModel {
  std::string name;
  std::string doc;
  std::string problem;  ///< the name of its record
  std::string python_base;
  std::size_t item = 0;  ///< its place in the surface
};
struct ClassModel {
  std::string name;
  std::string doc;
  std::size_t item = 0;   ///< its place in the surface
  bool numbered = false;  ///< C has numbers for its objects, not pointers
  std::vector<CallModel> calls;
};
struct Model {
  std::string name;
  std::string prefix;
  std::string doc;
  std::uint64_t checksum = 0;
  std::vector<EnumerationModel> enumerations;
  std::vector<RecordModel> records;
  std::vector<ErrorModel> errors;
  std::vector<ClassModel> classes;
  std::vector<CallModel> functions;
};

namespace detail {

template <const auto& S, class T>
TypeModel type_model();

template <const auto& S, class F>
struct CallbackModel;
template <const auto& S, class R, class... A>
struct CallbackModel<S, std::function<R(A...)>> {
  static void fill(TypeModel& model) {
    model.fails = Outcome<std::remove_cvref_t<R>>::fails;
    model.of.push_back(type_model<S, outcome_value<R>>());
    (model.of.push_back(type_model<S, A>()), ...);
  }
};

template <const auto& S, class P>
TypeModel type_model() {
  using T = std::remove_cvref_t<P>;
  TypeModel model;
  model.kind = kind_of<T>;
  if constexpr (kind_of<T> == Kind::integer) {
    model.bits = sizeof(T) * 8;
    model.is_signed = std::is_signed_v<T>;
  } else if constexpr (kind_of<T> == Kind::number) {
    model.bits = sizeof(T) * 8;
  } else if constexpr (kind_of<T> == Kind::enumeration || kind_of<T> == Kind::record || kind_of<T> == Kind::object) {
    model.name = declaration_of<S, object_of<T>>().name;
    model.pass = pass_of<P>();
    if constexpr (kind_of<T> == Kind::object) model.numbered = numbered<object_of<T>>;
  } else if constexpr (kind_of<T> == Kind::optional || kind_of<T> == Kind::list || kind_of<T> == Kind::map) {
    model.of.push_back(type_model<S, item_of<T>>());
  } else if constexpr (kind_of<T> == Kind::callback) {
    CallbackModel<S, T>::fill(model);
  }
  return model;
}

template <const auto& S, class P, class D>
Literal literal(const Arg<D>& arg) {
  using T = std::remove_cvref_t<P>;
  if constexpr (std::is_same_v<D, NoDefault>) {
    return {};
  } else if constexpr (std::is_same_v<D, Empty>) {
    return EmptyLiteral();
  } else if constexpr (std::is_same_v<D, std::nullopt_t>) {
    return std::nullopt;
  } else if constexpr (std::is_enum_v<D>) {
    for (const auto& value : declaration_of<S, D>().values)
      if (value.value == arg.value) return std::string(value.name);
    return {};
  } else if constexpr (std::is_same_v<D, bool>) {
    return arg.value;
  } else if constexpr (kind_of<T> == Kind::number || std::is_floating_point_v<D>) {
    return static_cast<double>(arg.value);
  } else if constexpr (std::is_unsigned_v<D>) {
    return static_cast<std::uint64_t>(arg.value);
  } else if constexpr (std::is_integral_v<D>) {
    return static_cast<std::int64_t>(arg.value);
  } else {
    return std::string(arg.value);
  }
}

/// What a field of an empty record holds.
template <const auto& S, class T>
Literal literal_of(const T& value) {
  if constexpr (kind_of<T> == Kind::boolean) {
    return value;
  } else if constexpr (kind_of<T> == Kind::integer) {
    if constexpr (std::is_signed_v<T>) return static_cast<std::int64_t>(value);
    return static_cast<std::uint64_t>(value);
  } else if constexpr (kind_of<T> == Kind::number) {
    return static_cast<double>(value);
  } else if constexpr (kind_of<T> == Kind::text) {
    return std::string(value);
  } else if constexpr (kind_of<T> == Kind::enumeration) {
    for (const auto& candidate : declaration_of<S, T>().values)
      if (candidate.value == value) return std::string(candidate.name);
    return std::string(declaration_of<S, T>().values[0].name);
  } else if constexpr (kind_of<T> == Kind::optional) {
    return std::nullopt;
  } else {
    return EmptyLiteral();
  }
}

template <const auto& S, class Sig>
struct SignatureModel;
template <const auto& S, class R, class Self, class... P>
struct SignatureModel<S, Signature<R, Self, P...>> {
  template <class... Args>
  static void fill(CallModel& model, const std::tuple<Args...>& args) {
    model.result = type_model<S, outcome_value<R>>();
    model.fails = Outcome<std::remove_cvref_t<R>>::fails;
    model.consumes = std::is_rvalue_reference_v<Self>;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (model.args.push_back({std::get<I>(args).name, type_model<S, P>(), literal<S, P>(std::get<I>(args))}), ...);
    }(std::index_sequence_for<P...>());
  }
};

template <const auto& S, Role R, class F, class Sig, unsigned Flags, unsigned Languages, class... Args>
CallModel call_model(const Callable<R, F, Sig, Flags, Languages, Args...>& item, std::size_t member = 0) {
  CallModel model;
  model.role = R;
  model.name = item.name;
  model.doc = item.doc;
  model.flags = Flags;
  model.languages = Languages;
  model.member = member;
  for (std::size_t i = 0; i < model.renamed.size(); ++i)
    if (item.renamed[i] != nullptr) model.renamed[i] = item.renamed[i];
  SignatureModel<S, Sig>::fill(model, item.args);
  return model;
}

template <const auto& S>
struct Describe {
  Model& model;
  std::size_t index = 0;

  template <class E, std::size_t N>
  void operator()(const Enumeration<E, N>& item) {
    EnumerationModel out{item.name, item.doc, {}};
    for (const auto& value : item.values)
      out.values.push_back({value.name, value.doc, static_cast<std::int64_t>(value.value)});
    model.enumerations.push_back(std::move(out));
    ++index;
  }
  template <class T, class... Fields>
  void operator()(const Record<T, Fields...>& item) {
    RecordModel out{item.name, item.doc, index, {}};
    for_each(item.fields, [&]<class F>(const F& field) {
      out.fields.push_back({field.name, field.doc, type_model<S, typename F::type>(), literal_of<S>(T{}.*F::member)});
    });
    model.records.push_back(std::move(out));
    ++index;
  }
  template <class E, class Spelling>
  void operator()(const Error<E, Spelling>& item) {
    model.errors.push_back(
        {item.name, item.doc, declaration_of<S, typename Error<E, Spelling>::problem>().name, item.python_base, index});
    ++index;
  }
  template <class T, class... Members>
  void operator()(const Class<T, Members...>& item) {
    ClassModel out{item.name, item.doc, index, numbered<T>, {}};
    std::size_t member = 0;
    for_each(item.members, [&](const auto& call) { add(out, call, member++); });
    model.classes.push_back(std::move(out));
    ++index;
  }
  template <Role R, class F, class Sig, unsigned Flags, unsigned Languages, class... Args>
  void operator()(const Callable<R, F, Sig, Flags, Languages, Args...>& item) {
    model.functions.push_back(call_model<S>(item, index));
    ++index;
  }

 private:
  template <Role R, class F, class Sig, unsigned Flags, unsigned Languages, class... Args>
  void add(ClassModel& out, const Callable<R, F, Sig, Flags, Languages, Args...>& item, std::size_t member) {
    out.calls.push_back(call_model<S>(item, member));
  }
  template <class G, class T>
  void add(ClassModel& out, const Property<G, T>& item, std::size_t member) {
    out.calls.push_back(call_model<S>(item.getter, member));
    if constexpr (!std::is_same_v<T, ReadOnly>) {
      out.calls.back().setter_of_property = true;
      out.calls.push_back(call_model<S>(item.setter, member));
    }
  }
};

}  // namespace detail

template <const auto& S>
Model describe() {
  Model model{S.name, S.prefix, S.doc, checksum<S>(), {}, {}, {}, {}, {}};
  detail::Describe<S> visitor{model};
  for_each(S.items, visitor);
  return model;
}

}  // namespace superffi
