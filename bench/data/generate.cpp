#include "data/generate.hpp"

#include <cstdio>
#include <string_view>

namespace bench {

namespace {

// splitmix64: the same numbers everywhere.
class Random {
 public:
  std::uint64_t next() noexcept {
    auto z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  std::int64_t between(std::int64_t least, std::int64_t most) noexcept {
    return least + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
  }

 private:
  std::uint64_t state_ = 1;
};

// Writes leaves and tables in both formats at once.
class Writer {
 public:
  void open(const std::string& name) {
    prefix_ += (prefix_.empty() ? "" : ".") + name;
    text_.toml += "\n[" + prefix_ + "]\n";
    json_key(name);
    text_.json += '{';
    first_ = true;
    ++levels_;
  }
  void close() {
    prefix_.erase(levels_ == 1 ? 0 : prefix_.rfind('.'));
    text_.json += '\n' + std::string(--levels_ * 2 + 2, ' ') + '}';
    first_ = false;
  }
  /// In TOML; in JSON too unless another text is given.
  void leaf(std::string_view name, const std::string& toml, const std::string& json = {}) {
    text_.toml += std::string(name) + " = " + toml + '\n';
    json_key(name);
    text_.json += json.empty() ? toml : json;
    ++text_.leaves;
  }
  void number(std::string_view name, std::int64_t value) {
    leaf(name, std::to_string(value));
    text_.numbers.push_back({prefix_ + '.' + std::string(name), levels_ + 1, value});
  }
  void string(std::string_view name, const std::string& text) { leaf(name, '"' + text + '"'); }
  void comment(const std::string& text) { text_.toml += "\n# " + text; }

  Text finish() {
    text_.json = '{' + text_.json + "\n}\n";
    text_.toml.erase(0, 1);
    return std::move(text_);
  }

 private:
  void json_key(std::string_view name) {
    text_.json += (first_ ? "\n" : ",\n") + std::string(levels_ * 2 + 2, ' ') + '"' + std::string(name) + "\": ";
    first_ = false;
  }

  Text text_;
  std::string prefix_;
  std::size_t levels_ = 0;
  bool first_ = true;
};

std::string digits(std::size_t number, int width) {
  char text[24];
  std::snprintf(text, sizeof text, "%0*zu", width, number);
  return text;
}

}  // namespace

Text generate(std::size_t services) {
  static constexpr const char* regions[] = {"eu-north-1", "eu-west-1", "us-east-2", "us-west-1"};
  static constexpr const char* levels[] = {"debug", "info", "warning"};
  Random random;
  Writer writer;
  for (std::size_t i = 0; i < services; ++i) {
    const auto id = digits(i, 4);
    writer.comment("service " + std::to_string(i + 1));
    writer.open("service_" + id);
    writer.string("host", "node-" + id + ".example.net");
    writer.number("port", random.between(1024, 65535));
    writer.leaf("enabled", random.next() % 4 ? "true" : "false");
    writer.leaf("weight", "0." + std::to_string(random.between(11, 99)));
    writer.number("workers", random.between(1, 64));
    writer.string("region", regions[random.next() % 4]);
    writer.number("timeout_ms", random.between(100, 9999));
    writer.number("retries", random.between(0, 9));
    writer.leaf("tags", R"(["web", "edge", "canary"])");
    writer.number("quota", random.between(1000, 999999));
    writer.string("level", levels[random.next() % 3]);
    const auto since = "20" + digits(random.next() % 25, 2) + "-0" + digits(1 + random.next() % 9, 1) + "-17";
    writer.leaf("since", since, '"' + since + '"');
    writer.open("pool");
    writer.number("min", random.between(1, 8));
    writer.number("max", random.between(9, 256));
    writer.leaf("idle_s", std::to_string(random.between(1, 90)) + ".5");
    writer.leaf("grow", random.next() % 2 ? "true" : "false");
    writer.open("burst");
    writer.number("soft", random.between(100, 999));
    writer.number("hard", random.between(1000, 9999));
    writer.close();
    writer.close();
    writer.open("cache");
    writer.number("ttl_s", random.between(10, 3600));
    writer.string("key", "svc:" + id);
    writer.close();
    writer.close();
  }
  return writer.finish();
}

}  // namespace bench
