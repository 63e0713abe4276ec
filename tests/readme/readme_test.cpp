// The documents do what they say. README.md and docs/*.md are read from top to bottom, each page in a folder of its
// own. A comment before a block of code says what the block is:
//
//   <!-- file: NAME -->        the block is written to the page's folder
//   <!-- source: PATH -->      the block is a part of that file of the repository, which is compiled and run
//   <!-- run -->               `$ commands` with what they print, run in the page's folder,
//   <!-- run: PATH -->         or in that folder of the repository
//   <!-- not run: REASON -->
//
// C++ and console blocks must have one. The folder is called /srv/app where its name is printed.
// After a change: SUPERCONFIG_UPDATE_DOCS=1 build/dev/tests/test_readme writes what the commands print into the pages.
#include <algorithm>
#include <fstream>
#include <sstream>

#include "cli/command.hpp"

namespace {

namespace fs = std::filesystem;
using superconfig::test::read_text;
using superconfig::test::run;

const fs::path root = SUPERCONFIG_SOURCE_DIR;
constexpr std::string_view shown_folder = "/srv/app";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + '\n';
  return text;
}

void replace_all(std::string& text, const std::string& from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

// Without the indentation that all lines share.
std::vector<std::string> dedented(std::vector<std::string> lines) {
  std::size_t indent = std::string::npos;
  for (const auto& line : lines)
    if (const auto first = line.find_first_not_of(' '); first != std::string::npos) indent = std::min(indent, first);
  if (indent != std::string::npos)
    for (auto& line : lines) line.erase(0, std::min(indent, line.size()));
  return lines;
}

bool contains(const std::vector<std::string>& file, const std::vector<std::string>& block) {
  for (std::size_t at = 0; at + block.size() <= file.size(); ++at) {
    const auto begin = file.begin() + static_cast<std::ptrdiff_t>(at);
    if (dedented({begin, begin + static_cast<std::ptrdiff_t>(block.size())}) == dedented(block)) return true;
  }
  return false;
}

class Page : public superconfig::test::CommandTest, public testing::WithParamInterface<std::string> {
 protected:
  // What the commands of a console block print, with the commands.
  std::vector<std::string> played(const std::vector<std::string>& block, const fs::path& where) {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (!block[i].starts_with("$ ")) continue;
      std::string command = block[i].substr(2);
      result.push_back(block[i]);
      while (command.ends_with('\\') && i + 1 < block.size()) {
        result.push_back(block[++i]);
        command += '\n' + block[i];
      }
      const auto programs = fs::path(SUPERCONFIG_COMMAND).parent_path();
      const auto ran = run({"/bin/sh",
                            {"-c", "exec 2>&1\n" + command},
                            {"PATH=" + programs.string() + ":" + (programs / "examples").string() + ":/usr/bin:/bin",
                             "LC_ALL=C", "TERM=dumb"},
                            {},
                            where});
      auto text = ran.out;
      replace_all(text, where.string(), shown_folder);
      for (auto& line : lines_of(text)) result.push_back(line);
    }
    return result;
  }

  void check_block(const std::string& directive, const std::string& language, std::vector<std::string>& block) {
    const auto after = [&](std::string_view word) { return directive.substr(std::min(word.size(), directive.size())); };
    if (directive.starts_with("file: ")) {
      write(after("file: "), joined(block));
    } else if (directive.starts_with("source: ")) {
      const auto path = root / after("source: ");
      ASSERT_TRUE(fs::exists(path)) << path;
      EXPECT_TRUE(contains(lines_of(read_text(path)), block)) << "is not in " << path << ":\n" << joined(block);
    } else if (directive == "run" || directive.starts_with("run: ")) {
      const auto real = played(block, directive == "run" ? folder : root / after("run: "));
      EXPECT_EQ(joined(real), joined(block));
      block = real;
    } else if (!directive.starts_with("not run: ")) {
      EXPECT_TRUE(language != "cpp" && language != "console") << "nothing says what this block is:\n" << joined(block);
    }
  }
};

TEST_P(Page, DoesWhatItSays) {
  std::vector<std::string> page;
  std::string directive, language;
  std::vector<std::string> block;
  bool inside = false;
  for (const auto& line : lines_of(read_text(root / GetParam()))) {
    if (inside && line == "```") {
      check_block(directive, language, block);
      page.insert(page.end(), block.begin(), block.end());
      page.push_back(line);
      inside = false;
      directive.clear();
    } else if (inside) {
      block.push_back(line);
    } else {
      page.push_back(line);
      if (line.starts_with("```")) {
        inside = true;
        language = line.substr(3);
        block.clear();
      } else if (line.starts_with("<!-- ") && line.ends_with(" -->")) {
        directive = line.substr(5, line.size() - 9);
      } else if (!line.empty()) {
        directive.clear();
      }
    }
  }
  EXPECT_FALSE(inside) << "a block of code does not end";
  if (std::getenv("SUPERCONFIG_UPDATE_DOCS")) std::ofstream(root / GetParam(), std::ios::binary) << joined(page);
}

// Without the blocks of code.
std::string prose_of(const std::string& page) {
  std::string prose;
  bool inside = false;
  for (const auto& line : lines_of(page)) {
    if (line.starts_with("```")) {
      inside = !inside;
    } else if (!inside) {
      prose += line + '\n';
    }
  }
  return prose;
}

// Links to files of the repository lead somewhere.
TEST_P(Page, ItsLinksLeadSomewhere) {
  const auto text = prose_of(read_text(root / GetParam()));
  for (std::size_t at = 0; (at = text.find("](", at)) != std::string::npos;) {
    at += 2;
    auto link = text.substr(at, text.find(')', at) - at);
    link = link.substr(0, link.find('#'));
    if (link.empty() || link.find(':') != std::string::npos) continue;
    EXPECT_TRUE(fs::exists((root / GetParam()).parent_path() / link)) << link;
  }
}

std::vector<std::string> pages() {
  std::vector<std::string> all{"README.md"};
  for (const auto& file : fs::directory_iterator(root / "docs"))
    if (file.path().extension() == ".md") all.push_back("docs/" + file.path().filename().string());
  std::sort(all.begin(), all.end());
  return all;
}

INSTANTIATE_TEST_SUITE_P(Documents, Page, testing::ValuesIn(pages()), [](const auto& page) {
  std::string name;
  for (const char c : page.param)
    if (std::isalnum(static_cast<unsigned char>(c))) name += c;
  return name;
});

}  // namespace
