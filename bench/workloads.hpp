// The workloads, in the order in which they run. Each is in the folder of its name.
#pragma once

#include "data/files.hpp"
#include "harness.hpp"

namespace bench {

Workload read(const Files& files);
Workload derive(const Files& files);
Workload memory(const Files& files);
Workload load_small(const Files& files);
Workload load_medium(const Files& files);
Workload load_large(const Files& files);
Workload reload(const Files& files);
Workload stack(const Files& files);

}  // namespace bench
