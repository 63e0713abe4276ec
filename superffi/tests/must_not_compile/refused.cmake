# Compiles SOURCE and succeeds where the compiler refuses it with a message that matches the regular
# expression on its first line: `// expect: REGEX`.
file(STRINGS ${SOURCE} first LIMIT_COUNT 1)
if(NOT first MATCHES "^// expect: (.+)$")
  message(FATAL_ERROR "${SOURCE}: the first line should be // expect: REGEX")
endif()
set(expected "${CMAKE_MATCH_1}")
list(TRANSFORM INCLUDES PREPEND -I)
execute_process(COMMAND ${COMPILER} -std=c++20 -fsyntax-only ${INCLUDES} ${SOURCE}
                RESULT_VARIABLE status ERROR_VARIABLE message OUTPUT_VARIABLE message)
if(status EQUAL 0)
  message(FATAL_ERROR "${SOURCE} compiles and should not")
elseif(NOT message MATCHES "${expected}")
  message(NOTICE "${message}")
  message(FATAL_ERROR "${SOURCE} is refused, but not with \"${expected}\"")
endif()
