// Runs what might crash in a process of its own, so that a crash is a failed expectation and not the end of the tests.
#pragma once

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace superconfig::testing {

/// What a function gives, or how its process ended: "signal 11", "still running after 30 s", "exception: …".
template <class F>
std::string survive(F&& f, unsigned seconds = 30) {
  int ends[2];
  if (::pipe(ends) != 0) return "no pipe";
  std::fflush(nullptr);
  const auto child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    ::alarm(seconds);
    std::string result;
    try {
      result = f();
    } catch (const std::exception& exception) {
      result = std::string("exception: ") + exception.what();
    }
    result.resize(std::min<std::size_t>(result.size(), 4000));
    (void)!::write(ends[1], result.data(), result.size());
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string result;
  char buffer[4096];
  for (;;) {
    const auto got = ::read(ends[0], buffer, sizeof buffer);
    if (got <= 0) break;
    result.append(buffer, static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFSIGNALED(status))
    return WTERMSIG(status) == SIGALRM ? "still running after " + std::to_string(seconds) + " s"
                                       : "signal " + std::to_string(WTERMSIG(status));
  if (WEXITSTATUS(status) != 0) return "exit " + std::to_string(WEXITSTATUS(status));
  return result;
}

}  // namespace superconfig::testing
