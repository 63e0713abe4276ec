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
Workload clone_vs_handle_simple(const Files& files);
Workload clone_vs_handle_complex(const Files& files);
Workload provider_intensive_ops(const Files& files);
Workload memory_usage_patterns(const Files& files);
Workload handle_lifecycle(const Files& files);
Workload concurrent_reads(const Files& files);
/// `program`: bench/figment_clone, built.
Workload clone_vs_figment(const Files& files, const std::string& program);

}  // namespace bench
