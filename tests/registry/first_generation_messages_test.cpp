// What the first generation promised of its messages, asked of every form a configuration has now: seven tests of the
// same intent as its own. Where it was broken, what is right stands here: a silent configuration makes no messages,
// and nothing is printed that nobody asked for.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "config/building.hpp"
#include "registry/forms.hpp"

namespace superconfig {
namespace {

struct Scanner {
  std::string mode = "none";
  unsigned timeout = 0;
};
struct Log {
  std::string level = "none";
};
struct Settings {
  Scanner scanner;
  Log log;
};

constexpr std::string_view defaults = "[scanner]\nmode = \"standard\"\ntimeout = 30\n\n[log]\nlevel = \"info\"\n";

bool has_provider(const std::vector<Message>& messages, std::string_view part) {
  return std::any_of(messages.begin(), messages.end(),
                     [&](const Message& m) { return m.provider.find(part) != std::string::npos; });
}

std::string texts_of(const std::vector<Message>& messages) {
  std::string text;
  for (const auto& message : messages) text += message.to_string() + "\n";
  return text;
}

class FirstGenerationMessages : public testing::EveryForm {
 protected:
  FirstGenerationMessages() { ::testing::internal::CaptureStderr(); }
  ~FirstGenerationMessages() override {
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << "nothing prints by itself";
  }
};
INSTANTIATE_TEST_SUITE_P(All, FirstGenerationMessages, testing::every_form(), testing::form_and_mode);

TEST_P(FirstGenerationMessages, constants) {
  EXPECT_EQ(static_cast<int>(Verbosity::silent), 0);
  EXPECT_EQ(static_cast<int>(Verbosity::info), 1);
  EXPECT_EQ(static_cast<int>(Verbosity::debug), 2);
  EXPECT_EQ(static_cast<int>(Verbosity::trace), 3);
  EXPECT_EQ(start().verbosity(), Verbosity::silent);
}

TEST_P(FirstGenerationMessages, builders) {
  EXPECT_EQ(start().with_info_verbosity().with_defaults_string(defaults).verbosity(), Verbosity::info);
  EXPECT_EQ(start().with_debug_verbosity().with_defaults_string(defaults).verbosity(), Verbosity::debug);
  EXPECT_EQ(start().with_trace_verbosity().with_defaults_string(defaults).verbosity(), Verbosity::trace);
  EXPECT_EQ(start().with_verbosity(Verbosity::trace).with_verbosity(Verbosity::silent).verbosity(), Verbosity::silent);
  // The last call counts, for all layers, wherever it stands.
  const auto config = start().with_defaults_string(defaults).with_trace_verbosity().with_info_verbosity();
  EXPECT_EQ(config.verbosity(), Verbosity::info);
  ASSERT_EQ(config.debug_messages().size(), 1U);
  EXPECT_EQ(config.debug_messages()[0].level, Verbosity::info);
}

TEST_P(FirstGenerationMessages, loading) {
  for (const auto level : {Verbosity::silent, Verbosity::info, Verbosity::debug, Verbosity::trace}) {
    const auto settings = start().with_verbosity(level).with_defaults_string(defaults).extract<Settings>();
    EXPECT_EQ(settings.scanner.mode, "standard");
    EXPECT_EQ(settings.scanner.timeout, 30U);
    EXPECT_EQ(settings.log.level, "info");
  }
}

TEST_P(FirstGenerationMessages, collection) {
  auto config =
      start().with_trace_verbosity().with_defaults_string(defaults).with_env_ignore_empty("FIRSTGEN_NOTHING_");
  EXPECT_EQ(config.extract<Settings>().scanner.timeout, 30U);
  const auto messages = config.debug_messages();
  EXPECT_TRUE(has_provider(messages, "text")) << texts_of(messages);
  EXPECT_TRUE(has_provider(messages, "FIRSTGEN_NOTHING_")) << texts_of(messages);
  // In the order of the layers, with the layer's index, level by level.
  EXPECT_TRUE(std::is_sorted(messages.begin(), messages.end(), [](auto& a, auto& b) { return a.step < b.step; }));
  std::size_t count = 0;
  for (const auto level : {Verbosity::info, Verbosity::debug, Verbosity::trace}) {
    const auto some = config.debug_messages_at_level(level);
    EXPECT_FALSE(some.empty()) << name_of(level);
    for (const auto& message : some) EXPECT_EQ(message.level, level);
    count += some.size();
  }
  EXPECT_EQ(count, messages.size());
  EXPECT_NE(texts_of(messages).find("scanner.timeout = 30"), std::string::npos) << texts_of(messages);

  config.clear_debug_messages();
  EXPECT_TRUE(config.debug_messages().empty());
  EXPECT_EQ(config.extract<Settings>().log.level, "info");
}

TEST_P(FirstGenerationMessages, with_environment) {
  const auto config =
      start().with_debug_verbosity().with_defaults_string(defaults).with_env_ignore_empty("FIRSTGEN_NOTHING_");
  const auto settings = config.extract<Settings>();
  EXPECT_EQ(settings.scanner.mode, "standard");
  EXPECT_EQ(settings.log.level, "info");
  std::vector<Message> of_variables;
  for (const auto& message : config.debug_messages())
    if (message.provider.find("FIRSTGEN_NOTHING_") != std::string::npos) of_variables.push_back(message);
  ASSERT_FALSE(of_variables.empty());
  EXPECT_EQ(of_variables[0].text, "0 values");
  EXPECT_EQ(of_variables[0].step, 1U);

  const auto some = start().with_trace_verbosity().with_env(
      "APP_", Environment{{"APP_LOG_LEVEL", "debug"}, {"APP_LOG_PASSWORD", "hush"}});
  const auto texts = texts_of(some.debug_messages());
  EXPECT_NE(texts.find("2 values"), std::string::npos) << texts;
  EXPECT_NE(texts.find("env APP_LOG_LEVEL"), std::string::npos) << texts;
  EXPECT_EQ(texts.find("hush"), std::string::npos) << "secrets are masked: " << texts;
}

TEST_P(FirstGenerationMessages, silence) {
  const auto config = start()
                          .with_verbosity(Verbosity::silent)
                          .with_defaults_string(defaults)
                          .with_file_opt("/nowhere/at/all.toml")
                          .with_env("FIRSTGEN_NOTHING_");
  EXPECT_EQ(config.extract<Settings>().scanner.mode, "standard");
  EXPECT_TRUE(config.debug_messages().empty());
  EXPECT_FALSE(config.has_warnings());
}

TEST_P(FirstGenerationMessages, hierarchy) {
  const testing::Scratch scratch;
  const auto config = start().with_debug_verbosity().with_defaults_string(defaults).with_hierarchical_config(
      "firstgen-nonexistent-app");
  EXPECT_EQ(config.extract<Settings>().log.level, "info");
  const auto messages = config.debug_messages();
  EXPECT_TRUE(has_provider(messages, "files of firstgen-nonexistent-app")) << texts_of(messages);
  EXPECT_NE(texts_of(messages).find("there are no such files"), std::string::npos) << texts_of(messages);

  scratch.write("firstgen-app.toml", "[log]\nlevel = 'debug'\n");
  const auto found = start().with_debug_verbosity().with_hierarchical_config("firstgen-app");
  EXPECT_EQ(found.extract<Settings>().log.level, "debug");
  EXPECT_NE(texts_of(found.debug_messages()).find("read " + scratch.path("firstgen-app.toml")), std::string::npos)
      << texts_of(found.debug_messages());
}

}  // namespace
}  // namespace superconfig
