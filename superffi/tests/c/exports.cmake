# Succeeds where LIBRARY exports functions that begin with PREFIX, and nothing else.
execute_process(COMMAND ${NM} -D --defined-only ${LIBRARY} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX REPLACE "\n" ";" symbols "${symbols}")
set(count 0)
foreach(symbol IN LISTS symbols)
  if(symbol MATCHES " T ${PREFIX}")
    math(EXPR count "${count} + 1")
  elseif(symbol AND NOT symbol MATCHES " A ")  # A: the version itself
    message(SEND_ERROR "exported, but not of the C interface: ${symbol}")
  endif()
endforeach()
if(count LESS 40)
  message(SEND_ERROR "only ${count} functions are exported")
endif()
