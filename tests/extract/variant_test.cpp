// Enums by name, and the three forms of variants.
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "extract/reading.hpp"

namespace superconfig::testing {

enum class Level { debug, info, very_low, far = 1000 };

struct Memory {};
struct Disk {
  std::string path;
  int size = 0;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(required(), called("disk"));
  }
};
struct Net {
  std::string url;
};
using Store = std::variant<Memory, Disk, Net>;
using Mode = std::variant<std::monostate, std::uint16_t, std::pair<int, int>, Net, std::optional<int>>;

}  // namespace superconfig::testing

template <>
struct superconfig::Annotations<superconfig::testing::Level> {
  static constexpr auto value = annotate(enumerator(superconfig::testing::Level::very_low, "very-low").alias("lowest"),
                                         enumerator(superconfig::testing::Level::far, "far"));
};
template <>
struct superconfig::Annotations<superconfig::testing::Store> {
  static constexpr auto value =
      annotate(internal("type"), alternative<superconfig::testing::Memory>("memory").alias("ram"));
};
template <>
struct superconfig::Annotations<superconfig::testing::Mode> {
  static constexpr auto value =
      annotate(external(), alternative<std::monostate>("Fast"), alternative<std::uint16_t>("Custom"),
               alternative<std::pair<int, int>>("Range"), alternative<std::optional<int>>("Maybe"));
};

namespace superconfig::testing {
namespace {

TEST(Enum, by_name) {
  EXPECT_EQ(read_value<Level>("\"info\"").value(), Level::info);
  EXPECT_EQ(read_value<Level>("\"very-low\"").value(), Level::very_low);
  EXPECT_EQ(read_value<Level>("\"lowest\"").value(), Level::very_low);
  EXPECT_EQ(read_value<Level>("\"far\"").value(), Level::far);
  for (auto other : {"1", "true", "null", "{\"info\":null}"})
    EXPECT_EQ(codes(read_value<Level>(other)), "invalid_type v");
}

TEST(Enum, an_unknown_name_gets_the_nearest) {
  auto r = read_value<Level>("\"INFO\"");
  EXPECT_EQ(brief(r),
            "unknown_variant v: expected one of debug, info, very-low, far, found the string \"INFO\"; "
            "did you mean `info`?");
  EXPECT_EQ(r.errors()[0].expected_one_of, (std::vector<std::string>{"debug", "info", "very-low", "far"}));
  EXPECT_EQ(codes(read_value<Level>("\"\"")), "unknown_variant v");
}

TEST(External, one_key_names_the_alternative) {
  EXPECT_EQ(read_value<Mode>("\"Fast\"").value().index(), 0U);
  EXPECT_EQ(read_value<Mode>("{\"Fast\":null}").value().index(), 0U);
  EXPECT_EQ(std::get<1>(read_value<Mode>("{\"Custom\":5}").value()), 5);
  EXPECT_EQ(std::get<2>(read_value<Mode>("{\"Range\":[1,2]}").value()), (std::pair{1, 2}));
  EXPECT_EQ(std::get<3>(read_value<Mode>("{\"Net\":{\"url\":\"u\"}}").value()).url, "u");
  EXPECT_EQ(std::get<4>(read_value<Mode>("{\"Maybe\":null}").value()), std::nullopt);
}

TEST(External, what_is_wrong) {
  EXPECT_EQ(codes(read_value<Mode>("\"Custom\"")), "invalid_type v");  // it has content
  EXPECT_EQ(codes(read_value<Mode>("\"Maybe\"")), "invalid_type v");
  EXPECT_EQ(codes(read_value<Mode>("{\"Fast\":1}")), "invalid_type v.Fast");
  EXPECT_EQ(codes(read_value<Mode>("{\"Custom\":70000}")), "invalid_value v.Custom");
  EXPECT_EQ(codes(read_value<Mode>("{\"Range\":[1]}")), "invalid_length v.Range");
  EXPECT_EQ(codes(read_value<Mode>("{\"Costum\":1}")), "unknown_variant v.Costum");
  EXPECT_EQ(codes(read_value<Mode>("\"fast\"")), "unknown_variant v");
  EXPECT_EQ(codes(read_value<Mode>("{}")), "invalid_type v");
  EXPECT_EQ(codes(read_value<Mode>("{\"Custom\":1,\"Fast\":null}")), "invalid_type v");
  EXPECT_EQ(codes(read_value<Mode>("0")), "invalid_type v");
}

TEST(Internal, a_tag_field_names_the_alternative) {
  EXPECT_EQ(read_value<Store>(R"({"type":"memory"})").value().index(), 0U);
  EXPECT_EQ(read_value<Store>(R"({"type":"ram","x":1})").value().index(), 0U);
  auto disk = std::get<Disk>(read_value<Store>(R"({"path":"/x","type":"disk","size":3})").value());
  EXPECT_EQ(disk.path, "/x");
  EXPECT_EQ(disk.size, 3);
  EXPECT_EQ(std::get<Net>(read_value<Store>(R"({"type":"Net","url":"u"})").value()).url, "u");
}

TEST(Internal, what_is_wrong) {
  EXPECT_EQ(codes(read_value<Store>(R"({"type":"disk","path":"/x"})")), "missing_field v#size");
  EXPECT_EQ(codes(read_value<Store>(R"({"type":"disk","path":1,"size":"x"})")),
            "invalid_type v.path, invalid_type v.size");
  EXPECT_EQ(codes(read_value<Store>(R"({"path":"/x"})")), "missing_field v#type");
  EXPECT_EQ(
      brief(read_value<Store>(R"({"type":"disc"})")),
      "unknown_variant v.type: expected one of memory, disk, Net, found the string \"disc\"; did you mean `disk`?");
  EXPECT_EQ(codes(read_value<Store>(R"({"type":1})")), "invalid_type v.type");
  EXPECT_EQ(codes(read_value<Store>("\"memory\"")), "invalid_type v");
}

TEST(Internal, the_tag_is_no_unknown_field) {
  ExtractOptions options{.deny_unknown = true};
  EXPECT_TRUE(read_value<Store>(R"({"type":"Net","url":"u"})", options));
  EXPECT_EQ(codes(read_value<Store>(R"({"type":"Net","uri":"u"})", options)), "unknown_field v.uri");
  EXPECT_EQ(codes(read_value<Store>(R"({"type":"memory","x":1})", options)), "unknown_field v.x");
}

TEST(Untagged, the_first_alternative_that_fits) {
  using Any = std::variant<std::uint16_t, bool, std::string, std::vector<int>, Disk>;
  EXPECT_EQ(read_value<Any>("1").value().index(), 0U);
  EXPECT_EQ(read_value<Any>("true").value().index(), 1U);
  EXPECT_EQ(read_value<Any>("\"1\"").value().index(), 2U);
  EXPECT_EQ(read_value<Any>("[1]").value().index(), 3U);
  EXPECT_EQ(read_value<Any>(R"({"path":"p","size":1})").value().index(), 4U);
  auto r = read_value<Any>("70000");
  EXPECT_EQ(brief(r),
            "message v: no alternative fits: expected an integer from 0 to 65535, or a bool, or a string, or a list, "
            "or a dict (disk), found the integer 70000");
  EXPECT_EQ(codes(read_value<std::vector<Any>>("[1,null]")), "message v.1");
  EXPECT_EQ((read_value<std::variant<int, std::monostate>>("null").value().index()), 1U);
}

struct Forms {
  std::variant<Disk, Net> tagged;
  std::vector<std::variant<Disk, Net>> list;
  std::map<std::string, std::variant<int, bool>> named;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Forms::tagged).internal("kind"), field(&Forms::list).external(),
                    field(&Forms::named).external());
  }
};
TEST(Form, may_be_told_by_the_field) {
  auto forms = read<Forms>(
      R"({"tagged":{"kind":"Net","url":"a"},"list":[{"Net":{"url":"b"}}],"named":{"x":{"int":1},"y":{"bool":true}}})");
  ASSERT_TRUE(forms) << brief(forms);
  EXPECT_EQ(std::get<Net>(forms->tagged).url, "a");
  EXPECT_EQ(std::get<Net>(forms->list[0]).url, "b");
  EXPECT_EQ(std::get<bool>(forms->named.at("y")), true);
}

struct Job {
  std::string name;
  Store store;
  static constexpr auto superconfig() {
    using namespace superconfig;
    return annotate(field(&Job::store).flatten(), deny_unknown());
  }
};
TEST(Flattened, variants_lie_beside_the_other_fields) {
  auto job = read<Job>(R"({"name":"n","type":"disk","path":"p","size":1})");
  ASSERT_TRUE(job) << brief(job);
  EXPECT_EQ(std::get<Disk>(job->store).path, "p");
  EXPECT_EQ(codes(read<Job>(R"({"name":"n","type":"disk","path":"p","size":1,"x":1})")), "unknown_field x");
  EXPECT_EQ(codes(read<Job>(R"({"name":"n"})")), "missing_field #type");
}

}  // namespace
}  // namespace superconfig::testing
