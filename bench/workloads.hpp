// The workloads, in the order in which they run. Each is in the folder of its name.
#pragma once

#include "data/files.hpp"
#include "harness.hpp"

namespace bench {

void read(const Files& files, Report& report);
void derive(const Files& files, Report& report);
void memory(const Files& files, Report& report);
void load_small(const Files& files, Report& report);
void load_medium(const Files& files, Report& report);
void load_large(const Files& files, Report& report);
void stack(const Files& files, Report& report);

}  // namespace bench
