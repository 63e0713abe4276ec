// The value grammar of `Env`, which is figment's:
//
//   value  = ws ( "true" | "false" | array | dict | string | char | plain ) ws        ws: ASCII white space
//   array  = "[" [ value { "," value } [ "," ] ] "]"
//   dict   = "{" [ key "=" value { "," key "=" value } [ "," ] ] "}"
//   key    = ws ( string | one or more of A-Z a-z 0-9 _ - ) ws
//   string = '"' … '"' with \b \t \n \f \r \" \\ \uXXXX \UXXXXXXXX and no raw control character but tab
//   char   = "'" one code point "'"
//   plain  = all up to one of , { } [ ] — trimmed (Unicode): with a `.` a float, else an integer, else a string
//
// A closing bracket ends an empty list, or follows a comma, only with no space before it: `[ ]` is `[""]`.
// A text that does not match as a whole is a string, unchanged.
#pragma once

#include <string_view>

#include "superconfig/value.hpp"

namespace superconfig::detail {

/// Text whose guess is what the grammar says. The characters of a quoted value are its content, those of a plain one
/// are trimmed.
Value env_text(std::string_view text, Mark mark);

}  // namespace superconfig::detail
