#include "formats/yaml_repairs.hpp"

#include <algorithm>
#include <iterator>

#include "formats/yaml_parser.hpp"

namespace superconfig {

namespace {

constexpr std::size_t most_read_again = 100'000'000;

// Of what a text of nothing but empty items means.
constexpr std::string_view null = " ~";

}  // namespace

std::size_t YamlRepairs::original_offset(std::size_t offset) const noexcept {
  offset = std::min(offset, text_.size());
  const auto before = static_cast<std::size_t>(std::ranges::lower_bound(insertions_, offset) - insertions_.begin());
  // What was put in stands for the `-` before it.
  if (before > 0 && offset <= insertions_[before - 1] + null.size()) return nulls_[before - 1] - 1;
  return offset - null.size() * before;
}

std::optional<std::size_t> YamlRepairs::empty_block_at(std::size_t original_offset) const noexcept {
  const auto found = std::ranges::lower_bound(empty_blocks_, original_offset, {}, &YamlMisreading::offset);
  if (found == empty_blocks_.end() || found->offset != original_offset) return std::nullopt;
  return found->line_breaks;
}

bool YamlRepairs::repair(const YamlMisreading& misreading) {
  read_again_ += text_.size();
  if (read_again_ > most_read_again) return false;
  if (misreading.kind == YamlMisreading::Kind::node_expected) {
    if (!find_nulls()) return false;
  } else {
    if (empty_block_at(misreading.offset)) return false;
    empty_blocks_.insert(std::ranges::lower_bound(empty_blocks_, misreading.offset, {}, &YamlMisreading::offset),
                         misreading);
  }
  make();
  return true;
}

// All at once: a `-` before another `-`, a key or an end.
bool YamlRepairs::find_nulls() {
  YamlParser tokens(text_);
  std::vector<std::size_t> found;
  std::size_t behind_dash = 0;  // 0 if the last token was none
  while (auto* const token = tokens.next_token()) {
    const auto type = fy_token_get_type(token);
    const auto start = YamlParser::start_of(token);
    tokens.give_back(token);
    if (behind_dash != 0 && (type == FYTT_BLOCK_ENTRY || type == FYTT_BLOCK_END || type == FYTT_KEY ||
                             type == FYTT_STREAM_END || type == FYTT_DOCUMENT_START || type == FYTT_DOCUMENT_END))
      found.push_back(original_offset(behind_dash));
    behind_dash = type == FYTT_BLOCK_ENTRY && start ? *start + 1 : 0;
    if (type == FYTT_STREAM_END) break;
  }
  std::vector<std::size_t> all;
  std::ranges::set_union(nulls_, found, std::back_inserter(all));
  const bool is_new = all.size() > nulls_.size();
  nulls_ = std::move(all);
  return is_new;
}

void YamlRepairs::make() {
  std::string changed(original_);
  for (const auto& block : empty_blocks_) {
    auto at = block.offset;
    changed[at] = '~';
    while (++at < changed.size() && std::string_view("+-123456789").find(changed[at]) != std::string_view::npos)
      changed[at] = ' ';
  }
  made_.clear();
  insertions_.clear();
  std::size_t copied = 0;
  for (const auto at : nulls_) {
    made_.append(changed, copied, at - copied);
    insertions_.push_back(made_.size());
    made_ += null;
    copied = at;
  }
  made_.append(changed, copied);
  text_ = made_;
}

}  // namespace superconfig
