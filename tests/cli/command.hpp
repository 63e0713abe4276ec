// Runs the built command as a shell would: in a folder of its own, with the environment it is given and no other.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace superconfig::test {

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Ran {
  int status = -1;
  std::string out, err;  // on a terminal everything is in `out`
};

using Words = std::vector<std::string>;

struct Call {
  std::string program;
  Words arguments;
  Words environment;  // "NAME=value"
  std::string input;
  std::filesystem::path folder;
  bool terminal = false;
};

namespace detail {

inline std::vector<char*> pointers(Words& words) {
  std::vector<char*> all;
  for (auto& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

[[noreturn]] inline void become(Call& call) {
  // In clone mode the command works so too.
  if (const char* mode = std::getenv("SUPERCONFIG_MODE"))
    call.environment.push_back(std::string("SUPERCONFIG_MODE=") + mode);
  Words arguments{call.program};
  arguments.insert(arguments.end(), call.arguments.begin(), call.arguments.end());
  if (chdir(call.folder.c_str()) == 0)
    execve(call.program.c_str(), pointers(arguments).data(), pointers(call.environment).data());
  _exit(127);
}

inline int status_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace detail

inline Ran run(Call call) {
  Ran ran;
  if (call.terminal) {
    int terminal = -1;
    const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) detail::become(call);
    char buffer[4096];
    for (ssize_t count; (count = read(terminal, buffer, sizeof buffer)) > 0;)
      ran.out.append(buffer, static_cast<std::size_t>(count));
    close(terminal);
    std::erase(ran.out, '\r');
    ran.status = detail::status_of(child);
    return ran;
  }
  char name[] = "/tmp/superconfig-run-XXXXXX";
  const std::filesystem::path streams = mkdtemp(name);
  std::ofstream(streams / "in", std::ios::binary) << call.input;
  const pid_t child = fork();
  if (child == 0) {
    const auto redirect = [&](const char* file, int flags, int stream) {
      dup2(open((streams / file).c_str(), flags, 0600), stream);
    };
    redirect("in", O_RDONLY, STDIN_FILENO);
    redirect("out", O_WRONLY | O_CREAT, STDOUT_FILENO);
    redirect("err", O_WRONLY | O_CREAT, STDERR_FILENO);
    detail::become(call);
  }
  ran.status = detail::status_of(child);
  ran.out = read_text(streams / "out");
  ran.err = read_text(streams / "err");
  std::filesystem::remove_all(streams);
  return ran;
}

// A folder with the files of one test, and the command run in it.
class CommandTest : public testing::Test {
 protected:
  CommandTest() {
    char name[] = "/tmp/superconfig-test-XXXXXX";
    folder = std::filesystem::canonical(mkdtemp(name));
  }
  ~CommandTest() override { std::filesystem::remove_all(folder); }

  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  Ran superconfig(Words arguments, Words environment = {}, std::string input = {}) {
    return run({SUPERCONFIG_COMMAND, std::move(arguments), std::move(environment), std::move(input), folder});
  }
  Ran on_terminal(Words arguments, Words environment = {"TERM=xterm"}) {
    return run({SUPERCONFIG_COMMAND, std::move(arguments), std::move(environment), {}, folder, true});
  }
  // Succeeds, prints just this and complains about nothing.
  void prints(Words arguments, const std::string& expected, Words environment = {}) {
    const auto ran = superconfig(std::move(arguments), std::move(environment));
    EXPECT_EQ(ran.out, expected);
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(ran.status, 0);
  }
  // Fails with this status and one line an error, and prints nothing else.
  void fails(Words arguments, int status, const std::string& errors, Words environment = {}, std::string input = {}) {
    const auto ran = superconfig(std::move(arguments), std::move(environment), std::move(input));
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, errors);
    EXPECT_EQ(ran.status, status);
  }

  std::filesystem::path folder;
};

}  // namespace superconfig::test
