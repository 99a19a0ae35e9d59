# cmake -D WAY=package|subdirectory ... -P try_stranger.cmake: configures, builds and runs the stranger's
# project in WORK, from nothing.

set(project "${CMAKE_CURRENT_LIST_DIR}/stranger")
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# configure(FOLDER arguments...); with ALLOWED_TO_FAIL, what it said is left in `said`.
function(configure folder)
  cmake_parse_arguments(PARSE_ARGV 1 it "ALLOWED_TO_FAIL" "" "")
  execute_process(
    COMMAND ${CMAKE_COMMAND} -G ${GENERATOR} -S "${project}" -B "${WORK}/${folder}"
      -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
      -D CMAKE_BUILD_TYPE=${BUILD_TYPE} -D CMAKE_MESSAGE_LOG_LEVEL=NOTICE ${it_UNPARSED_ARGUMENTS}
    RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said COMMAND_ECHO STDOUT)
  if(it_ALLOWED_TO_FAIL)
    set(said "${said}" PARENT_SCOPE)
    set(failed ${status} PARENT_SCOPE)
  elseif(status)
    message(FATAL_ERROR "the stranger's project cannot be configured:\n${said}")
  endif()
endfunction()

function(run_program program)
  if(EXISTS "${WORK}/build/${program}")
    run("${WORK}/build/${program}")
  elseif(ARGN)
    message(FATAL_ERROR "the stranger's project did not build ${program}")
  endif()
endfunction()

# No file of the package may say where it was built.
function(check_relocatable prefix)
  file(GLOB_RECURSE files "${prefix}/*.cmake")
  if(NOT files)
    message(FATAL_ERROR "nothing was installed for find_package")
  endif()
  foreach(file IN LISTS files)
    file(READ "${file}" text)
    foreach(place "${MYSTIC_SOURCE}" "${MYSTIC_BUILD}" "${prefix}")
      string(FIND "${text}" "${place}/" at)
      if(NOT at EQUAL -1)
        message(FATAL_ERROR "${file} names ${place}")
      endif()
    endforeach()
  endforeach()
endfunction()

# What was not built is refused with the names of packages; what is not known, by its name.
function(check_refusal prefix component expected)
  configure(refused-${component} ALLOWED_TO_FAIL -D CMAKE_PREFIX_PATH=${prefix} -D STRANGER_COMPONENTS=${component})
  if(NOT failed)
    message(FATAL_ERROR "the component '${component}' was granted")
  endif()
  string(REGEX REPLACE "[ \n]+" " " said "${said}")
  if(NOT said MATCHES "${expected}")
    message(FATAL_ERROR "refusing '${component}', find_package did not say '${expected}' but:\n${said}")
  endif()
endfunction()

if(WAY STREQUAL "package")
  run(${CMAKE_COMMAND} --install "${MYSTIC_BUILD}" --prefix "${WORK}/first")
  file(RENAME "${WORK}/first" "${WORK}/prefix")  # a package may be moved
  check_relocatable("${WORK}/prefix")
  set(wanted "")
  if(MYSTIC_WITH_MPI)
    list(APPEND wanted mpi)
  else()
    check_refusal("${WORK}/prefix" mpi "built without 'mpi'; install openmpi-bin libopenmpi-dev libboost-mpi-dev")
  endif()
  if(MYSTIC_WITH_STUDY)
    list(APPEND wanted study)
    run("${WORK}/prefix/bin/mystic" --version)
  else()
    check_refusal("${WORK}/prefix" study "built without 'study'")
  endif()
  check_refusal("${WORK}/prefix" crystal "built without 'crystal'")
  configure(build -D CMAKE_PREFIX_PATH=${WORK}/prefix "-DSTRANGER_COMPONENTS=${wanted}")
else()
  # The library alone. The flags are those of the build around, so that a compiler cache knows the objects.
  set(wanted "")
  configure(build -D MYSTIC_FOLDER=${MYSTIC_SOURCE} -D MYSTIC_MPI=OFF -D MYSTIC_WARNINGS_ARE_ERRORS=${ERRORS})
endif()

run(${CMAKE_COMMAND} --build "${WORK}/build")
run_program(stranger REQUIRED)
run_program(stranger_avx2)
foreach(component IN LISTS wanted)
  run_program(stranger_${component} REQUIRED)
endforeach()
