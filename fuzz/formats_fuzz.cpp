// Every format: whatever the bytes are, there is a tree or an error with a place; what a writer prints, every reader
// that can reads back equal (datetimes outside TOML are compared as their text).

#include "formats/formats.hpp"
#include "target.hpp"

namespace superconfig::fuzz {
namespace {

// The tree as the other formats can hold it.
Value with_text_dates(const Value& value) {
  if (const auto datetime = value.as_datetime()) return Value(datetime->to_string());
  if (value.is_dict()) {
    std::vector<Entry> entries;
    for (const auto& entry : value.entries()) entries.push_back({entry.name, with_text_dates(entry.value), {}});
    return Value::dict(std::span<Entry>(entries));
  }
  if (value.is_array()) {
    std::vector<Item> items;
    for (const auto& item : value.items()) items.push_back({with_text_dates(item.value), {}});
    return Value::array(std::span<Item>(items));
  }
  return value;
}

void marks_lie_inside(const Value& value, std::uint32_t source, std::size_t size) {
  for (const auto& entry : value.entries()) {
    must(entry.mark.source == source && entry.mark.offset <= size, "marks lie inside the text");
    marks_lie_inside(entry.value, source, size);
  }
  for (const auto& item : value.items()) {
    must(item.mark.source == source && item.mark.offset <= size, "marks lie inside the text");
    marks_lie_inside(item.value, source, size);
  }
}

void reads_back(const Result<std::string>& text, Format format, const Value& tree) {
  if (!text) {
    must(text.error()[0].code == ErrorCode::unsupported, "a writer refuses only what its format cannot hold",
         text.error().to_string());
    return;
  }
  const auto again = parse(format, Source::text("written", *text));
  must(again.ok(), "what was written can be read", again ? *text : *text + "\n" + again.error().to_string());
  must(*again == (format == Format::toml ? tree : with_text_dates(tree)), "what was written reads back equal",
       *text + "\n" + again->to_string() + "\n" + tree.to_string());
}

}  // namespace
}  // namespace superconfig::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace superconfig;
  if (size == 0) return 0;
  constexpr Format formats[] = {Format::toml, Format::yaml, Format::json, Format::jsonc};
  const auto format = formats[data[0] % 4];
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto source = Source::text("input", bytes);
  const auto tree = data[0] % 5 == 4 ? parse_detected(source) : parse(format, source);
  if (!tree) {
    fuzz::must(!tree.error().empty() && tree.error()[0].code == ErrorCode::parse,
               "a text that is none is a parse error", tree.error().to_string());
    fuzz::must(!tree.error().to_string().empty(), "an error says something");
    return 0;
  }
  fuzz::must(tree->is_dict(), "the root is a dict");
  fuzz::marks_lie_inside(*tree, source.id(), bytes.size());
  fuzz::reads_back(write_toml(*tree), Format::toml, *tree);
  fuzz::reads_back(write_yaml(*tree), Format::yaml, *tree);
  fuzz::reads_back(write_json(*tree), Format::json, *tree);
  fuzz::reads_back(write_json(*tree, JsonStyle::compact), Format::jsonc, *tree);
  return 0;
}
