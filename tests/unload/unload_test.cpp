// A library that holds ours may be unloaded: by its threads' ends nothing of it is called any more, and a later fork
// finds no handler that is gone.

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace {

TEST(Unload, a_library_is_unloaded_while_threads_that_used_it_live_on) {
  std::atomic<int> used{0};
  std::atomic<bool> end{false};
  for (int round = 0; round < 3; ++round) {
    void* library = dlopen(SUPERCONFIG_UNLOAD_MODULE, RTLD_NOW | RTLD_LOCAL);
    ASSERT_NE(library, nullptr) << dlerror();
    const auto use = reinterpret_cast<int (*)()>(dlsym(library, "use_handles"));
    ASSERT_NE(use, nullptr);
    EXPECT_EQ(use(), 5);
    end = false;
    used = 0;
    std::thread other([&] {
      EXPECT_EQ(use(), 5);
      used = 1;
      while (!end) std::this_thread::yield();
    });
    while (used == 0) std::this_thread::yield();
    EXPECT_EQ(dlclose(library), 0);
    const auto child = fork();
    if (child == 0) _exit(0);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    end = true;
    other.join();
  }
}

}  // namespace
