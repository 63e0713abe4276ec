#include "text/accidents.hpp"

#include <algorithm>

namespace superconfig::detail {

namespace {

bool is_digits(std::string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_service_link(std::string_view text) noexcept {
  for (const std::string_view scheme : {"tcp://", "udp://", "sctp://"}) {
    if (!text.starts_with(scheme)) continue;
    const auto colon = text.rfind(':');
    return colon > scheme.size() && is_digits(text.substr(colon + 1)) &&
           text.substr(scheme.size()).find_first_of("/@?#") == std::string_view::npos;
  }
  return false;
}

std::string linked_service(std::string_view variable) {
  auto name = variable;
  for (const std::string_view protocol : {"_TCP", "_UDP", "_SCTP"}) {  // REDIS_PORT_6379_TCP
    if (!name.ends_with(protocol)) continue;
    name.remove_suffix(protocol.size());
    const auto before = name.rfind('_');
    if (before == std::string_view::npos || !is_digits(name.substr(before + 1))) return {};
    name = name.substr(0, before);
    break;
  }
  if (!name.ends_with("_PORT") || name.size() == 5) return {};
  std::string service(name.substr(0, name.size() - 5));
  for (auto& c : service) c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return service;
}

bool stands_in_quotes(std::string_view text) noexcept {
  if (text.size() < 2 || (text[0] != '"' && text[0] != '\'') || text.back() != text[0]) return false;
  return text.substr(1, text.size() - 2).find(text[0]) == std::string_view::npos;
}

}  // namespace superconfig::detail
