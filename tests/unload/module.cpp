// A plugin with the library linked in, as unload_test.cpp loads and unloads it.
#include <thread>

#include "superconfig/superconfig.hpp"

extern "C" int use_handles() {
  auto handle = superconfig::SuperConfig::new_handled().with_value("a", 1);
  auto live = handle.live<int>("a");
  std::thread([&] { handle.update([](const auto& config) { return config.with_value("a", 2); }); }).join();
  return *live + handle.with_value_ref("b", 3).get<int>("b");
}
