# Runs the example PROGRAM in its FOLDER and succeeds where it does; where the folder has an expected_output.txt,
# only if it prints just that.
execute_process(COMMAND ${PROGRAM} WORKING_DIRECTORY ${FOLDER} RESULT_VARIABLE status OUTPUT_VARIABLE output
                ERROR_VARIABLE errors)
if(NOT status EQUAL 0)
  message(NOTICE "${output}${errors}")
  message(FATAL_ERROR "the example ends with ${status}")
endif()
if(EXISTS ${FOLDER}/expected_output.txt)
  file(READ ${FOLDER}/expected_output.txt expected)
  if(NOT output STREQUAL expected)
    message(NOTICE "expected:\n${expected}\nfound:\n${output}")
    message(FATAL_ERROR "the example prints something else than its expected_output.txt")
  endif()
endif()
