// Types of your own.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "extract/reading.hpp"

namespace superconfig::testing {

class Colour {  // from text
 public:
  Colour() = default;
  explicit Colour(unsigned rgb) : rgb_(rgb) {}
  [[nodiscard]] unsigned rgb() const { return rgb_; }
  friend bool operator<(const Colour& a, const Colour& b) { return a.rgb_ < b.rgb_; }

 private:
  unsigned rgb_ = 0;
};
class Ratio {  // from any value, with its own errors
 public:
  Ratio() = default;
  explicit Ratio(double ratio) : ratio_(ratio) {}
  [[nodiscard]] double get() const { return ratio_; }

 private:
  double ratio_ = 0;
};
struct Endpoint {
  std::string host;
  int port = 0;
};
class Address {  // from a type that is known
 public:
  Address() = default;
  explicit Address(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace superconfig::testing

template <>
struct superconfig::Convert<superconfig::testing::Colour> {
  static constexpr std::string_view expected = "a colour such as #ff8000";
  static std::optional<superconfig::testing::Colour> from(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') return std::nullopt;
    return superconfig::testing::Colour(static_cast<unsigned>(std::stoul(std::string(text.substr(1)), nullptr, 16)));
  }
  static std::string to(const superconfig::testing::Colour& colour) { return "#" + std::to_string(colour.rgb()); }
};
template <>
struct superconfig::Convert<superconfig::testing::Ratio> {
  static superconfig::Result<superconfig::testing::Ratio> from(const superconfig::Value& value) {
    if (auto i = value.as_i64()) return superconfig::testing::Ratio(static_cast<double>(*i) / 100);
    superconfig::Error error;
    error.code = superconfig::ErrorCode::invalid_type;
    error.path = {"percent"};
    error.expected = "percent";
    return error;
  }
};
template <>
struct superconfig::Convert<superconfig::testing::Address> {
  static superconfig::testing::Address from(superconfig::testing::Endpoint e) {
    return superconfig::testing::Address(e.host + ":" + std::to_string(e.port));
  }
};

namespace superconfig::testing {
namespace {

TEST(Convert, from_text) {
  EXPECT_EQ(read_value<Colour>("\"#000010\"").value().rgb(), 16U);
  EXPECT_EQ(read_text<Colour>("#000010").value().rgb(), 16U);
  EXPECT_EQ(brief(read_value<Colour>("\"red\"")),
            "invalid_value v: expected a colour such as #ff8000, found the string \"red\"");
  EXPECT_EQ(brief(read_value<Colour>("1")), "invalid_type v: expected a colour such as #ff8000, found the integer 1");
  EXPECT_EQ((read_value<std::map<Colour, int>>(R"({"#000001":1})").value().begin()->first.rgb()), 1U);
  EXPECT_EQ(codes(read_value<std::vector<Colour>>(R"(["#000001","x"])")), "invalid_value v.1");
}

TEST(Convert, from_a_value_with_errors_placed_at_it) {
  EXPECT_EQ(read_value<Ratio>("50").value().get(), 0.5);
  auto r = read_value<Ratio>("\"x\"");
  EXPECT_EQ(brief(r), "invalid_type v.percent: expected percent, found the string \"x\"");
  EXPECT_EQ(r.errors()[0].origin.name, "test.json");
}

TEST(Convert, from_another_type) {
  EXPECT_EQ(read_value<Address>(R"({"host":"h","port":1})").value().text(), "h:1");
  EXPECT_EQ(codes(read_value<Address>(R"({"host":1,"port":"x"})")), "invalid_type v.host, invalid_type v.port");
  EXPECT_EQ(codes(read_value<Address>("1")), "invalid_type v");
}

TEST(Convert, to_a_value) {
  EXPECT_EQ(to_value(Colour(7)), Value("#7"));
  struct Both {
    Colour colour{1};
    Ratio ratio;
  };
  EXPECT_EQ(to_value(Both{}), Value::dict({{"colour", "#1"}}));  // Ratio knows no way back
}

}  // namespace
}  // namespace superconfig::testing
