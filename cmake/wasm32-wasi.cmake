# WebAssembly with Debian's clang, wasi-libc and libc++. There are no C++ exceptions, threads or files here.
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})  # for Platform/WASI.cmake

set(CMAKE_C_COMPILER clang-22)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_CXX_COMPILER clang++-22)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_AR ar CACHE FILEPATH "")
set(CMAKE_RANLIB ranlib CACHE FILEPATH "")
# A module does not end: what would run at its end, or at a thread's, is left out.
set(CMAKE_CXX_FLAGS_INIT "-fno-exceptions -fno-c++-static-destructors -Wno-deprecated")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-mexec-model=reactor -Wl,-s")
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
