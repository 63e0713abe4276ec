// Errors that several providers report.
#pragma once

#include <string>
#include <utility>

#include "superconfig/error.hpp"
#include "value/nodes.hpp"

namespace superconfig::detail {

inline Error problem_at(ErrorCode code, std::string message, Mark mark) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.origin = origin_of(mark);
  return error;
}
inline Error too_deep(Mark mark) {
  return problem_at(ErrorCode::unsupported, "more than " + std::to_string(most_levels) + " levels of nesting", mark);
}
inline Error not_utf8(Mark mark) { return problem_at(ErrorCode::parse, "the variable is not valid UTF-8", mark); }
inline Error file_problem(ErrorCode code, std::string path, std::string message) {
  Error error = problem_at(code, std::move(message), {});
  error.origin.kind = SourceKind::file;
  error.origin.name = std::move(path);
  return error;
}

}  // namespace superconfig::detail
