// The template parts of SuperConfig. Included by config.hpp.
#pragma once

#include "superconfig/config.hpp"

namespace superconfig {

template <class P>
SuperConfig SuperConfig::add(Order order, P&& provider) && {
  using Plain = std::remove_cvref_t<P>;
  if constexpr (std::same_as<Plain, SuperConfig>) {
    return std::move(*this).add_config(order, provider);
  } else if constexpr (std::derived_from<Plain, Provider>) {
    return std::move(*this).add_provider(order, std::make_shared<Plain>(std::forward<P>(provider)));
  } else if constexpr (std::convertible_to<Plain, ProviderPtr>) {
    return std::move(*this).add_provider(order, std::forward<P>(provider));
  } else {
    static_assert(std::is_invocable_v<Plain&, const Below&> || std::is_invocable_v<Plain&>,
                  "a layer is a provider, a SuperConfig, or a function: see `provide`");
    return std::move(*this).add_provider(order, provide("function", std::forward<P>(provider)));
  }
}

namespace detail {
/// Types that `read_scalar` knows.
template <class T>
concept HasScalarRead =
    requires(const Value& value, T& out) { read_scalar(value, out); } && !std::same_as<T, std::string_view>;

inline std::vector<std::string> segments_of(std::string_view path) {
  auto parsed = Path::parse(path);
  return parsed ? parsed->segments() : std::vector<std::string>{};
}
inline std::vector<std::string> segments_of(const Path& path) { return path.segments(); }
inline std::vector<std::string> segments_of(const Key& key) { return key.path().segments(); }
}  // namespace detail

template <class T, class P>
Result<T> SuperConfig::read_at(const P& path) const {
  Value keep;
  bool failed = false;
  const Found found = detail::read(top_.layer, path, keep, failed);
  if (found) [[likely]] {
    if constexpr (detail::HasScalarRead<T>) {
      T scalar{};
      if (read_scalar(*found.value, scalar)) return scalar;
    }
    auto result = extract_value<T>(found, ExtractOptions{}, detail::segments_of(path));
    if (result) return result;
    return blame(std::vector<Error>(result.error().begin(), result.error().end()));
  }
  if (failed) return detail::read_errors(top_.layer, path);
  return not_found(Path(detail::segments_of(path)));
}

template <class T, class P>
T SuperConfig::get_at(const P& path) const {
  if constexpr (detail::HasScalarRead<T>) {
    const Found found = detail::read_now(top_.layer, path);
    T scalar{};
    if (found && read_scalar(*found.value, scalar)) [[likely]]
      return scalar;
  }
  return read_at<T>(path).value_or_throw();
}

template <class T>
T SuperConfig::get_or(std::string_view path, T fallback) const {
  Value keep;
  bool failed = false;
  const Found found = detail::read(top_.layer, path, keep, failed);
  if (failed) detail::raise(detail::read_errors(top_.layer, path));
  if (!found || found.value->is_null()) return fallback;
  return get_at<T>(path);
}

template <class T>
Result<T> SuperConfig::extract_anew(std::string_view path, const ExtractOptions& asked) const {
  const auto options = strict(asked);
  Value keep;
  auto found = locate_for(shape_of<T>(), path, keep);
  if (!found) return found.error();
  auto result = extract_value<T>(*found, options, detail::segments_of(path));
  if (options.deny_unknown) [[unlikely]] {
    auto errors = with_unmatched(shape_of<T>(), path, result ? Errors() : result.error());
    if (!errors.empty()) result = Result<T>(std::move(errors));
  }
  if (result) return result;
  return blame(std::vector<Error>(result.error().begin(), result.error().end()));
}

template <class T>
Result<T> SuperConfig::try_extract_inner(std::string_view path, const ExtractOptions& options) const {
  if constexpr (std::copy_constructible<T>) {
    static const bool cacheable = detail::copies_are_independent(shape_of<T>());
    if (cacheable) {
      const detail::ExtractionKey key{&detail::extraction_token<T>, path, options};
      if (const auto* kept = detail::find_extraction(top_.layer, key)) return *static_cast<const T*>(kept->get());
      auto result = extract_anew<T>(path, options);
      if (result && detail::is_worth_keeping(top_.layer, key))
        detail::keep_extraction(top_.layer, key, std::make_shared<const T>(*result));
      return result;
    }
  }
  return extract_anew<T>(path, options);
}

template <class T>
Result<std::shared_ptr<const T>> SuperConfig::try_extract_shared(std::string_view path,
                                                                 const ExtractOptions& options) const {
  const detail::ExtractionKey key{&detail::extraction_token<T>, path, options};
  if (const auto* kept = detail::find_extraction(top_.layer, key)) return std::static_pointer_cast<const T>(*kept);
  auto result = extract_anew<T>(path, options);
  if (!result) return result.error();
  return std::static_pointer_cast<const T>(
      detail::keep_extraction(top_.layer, key, std::make_shared<const T>(std::move(*result))));
}

}  // namespace superconfig
