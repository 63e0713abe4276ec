#include <stdio.h>

#include <stdexcept>
#include <superconfig/superconfig.hpp>

#include "clone_vs_figment/clone_vs_figment.hpp"

namespace bench {

using superconfig::Json;
using superconfig::SuperConfig;

std::map<std::pair<std::string, std::string>, Said> run_figment(const std::string& program, const Files& files) {
  const auto command = "'" + program + "' '" + files.directory() + "'";
  auto* const pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + program);
  std::string text;
  char buffer[4096];
  while (const auto size = ::fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, size);
  if (::pclose(pipe) != 0) throw std::runtime_error(program + " failed");

  const auto rows = SuperConfig().merge(Json::string("{\"rows\": " + text + "}"));
  std::map<std::pair<std::string, std::string>, Said> said;
  for (std::size_t i = 0; rows.has_key("rows." + std::to_string(i)); ++i) {
    const auto row = "rows." + std::to_string(i);
    said[{rows.get_string(row + ".size"), rows.get_string(row + ".name")}] = {rows.get<double>(row + ".ns"),
                                                                              rows.get<std::uint64_t>(row + ".answer")};
  }
  return said;
}

}  // namespace bench
